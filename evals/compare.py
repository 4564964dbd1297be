"""Two reports side by side: how far each figure moved, how sure that is, and which cases changed.

Intervals are by the paired bootstrap (Efron and Tibshirani 1993; for system comparison Koehn 2004): cases are drawn
with replacement, each with both of its scores, and the middle 95 % of the differences of the means are given.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from evals.errors import RunError
from evals.report.document import FORMAT
from evals.report.table import in_columns

DRAWS: Final = 2000
_NOT_COMPARED: Final = frozenset({"latency_ms", "tokens", "cost"})


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of one score over the ``count`` cases that both have, before and after; the difference's interval."""

    metric: str
    count: int
    before: float
    after: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Changed:
    """A case whose outcome is another."""

    case: str
    question: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different; ``only`` are the ids of cases that one report alone has."""

    differences: tuple[Difference, ...]
    changed: tuple[Changed, ...]
    only: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def compare(before: Path, after: Path, *, seed: int = 1) -> Comparison:
    """Compare two ``report.json``. Raises RunError when one cannot be read, or they share no case."""
    old, new = _cases(before), _cases(after)
    shared = [id for id in old if id in new]
    if not shared:
        raise RunError(f"{before} and {after} have no case in common.", hint="Compare runs of the same cases.")
    names = dict.fromkeys(name for id in shared for name in new[id]["scores"] if name not in _NOT_COMPARED)
    differences = (_difference(name, [(old[id], new[id]) for id in shared], seed) for name in names)
    return Comparison(
        differences=tuple(each for each in differences if each),
        changed=tuple(
            Changed(id, new[id]["question"], old[id]["outcome"], new[id]["outcome"])
            for id in shared
            if old[id]["outcome"] != new[id]["outcome"]
        ),
        only=tuple(sorted(old.keys() ^ new.keys())),
    )


def comparison_table(comparison: Comparison) -> str:
    """The comparison as text."""
    head = ["%", "cases", "before", "after", "difference", "95 % interval", ""]
    rows = [
        [
            each.metric,
            str(each.count),
            f"{100 * each.before:.1f}",
            f"{100 * each.after:.1f}",
            f"{100 * (each.after - each.before):+.1f}",
            f"{100 * each.low:+.1f} to {100 * each.high:+.1f}",
            "*" if each.sure else "",
        ]
        for each in comparison.differences
    ]
    changed = [f"{each.before} → {each.after}: {each.case}  {each.question}" for each in comparison.changed]
    parts = [in_columns([head, *rows]), f"{len(changed)} cases changed", "\n".join(changed)]
    if comparison.only:
        parts.append(f"{len(comparison.only)} cases are in one report only")
    return "\n\n".join(part for part in parts if part)


def _difference(metric: str, pairs: list[tuple[Mapping[str, Any], Mapping[str, Any]]], seed: int) -> Difference | None:
    values = [(_value(old, metric), _value(new, metric)) for old, new in pairs]
    both = np.array([pair for pair in values if None not in pair], dtype=float)
    if not len(both):
        return None
    moved = both[:, 1] - both[:, 0]
    drawn = np.random.default_rng(seed).integers(len(moved), size=(DRAWS, len(moved)))
    low, high = np.quantile(moved[drawn].mean(axis=1), [0.025, 0.975])
    before, after = both.mean(axis=0)
    return Difference(metric, len(both), float(before), float(after), float(low), float(high))


def _value(case: Mapping[str, Any], metric: str) -> float | None:
    value: float | None = case["scores"].get(metric, {}).get("value")
    return value


def _cases(path: Path) -> dict[str, Mapping[str, Any]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT:
            raise RunError(f"{path} is of format {document['format']}, not {FORMAT}.", hint="Run the eval again.")
        return {case["id"]: case for case in document["cases"]}
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise RunError(f"{path} is no report: {error}.", hint="Give the report.json of two runs.") from error

"""The gate: no figure may fall below its floor. Floors stand in a file beside the hash of what they were measured on.

Floors are raised by a command and lowered only when that is said aloud. All that is held is better when larger.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.datasets.own import explain
from evals.errors import RunError
from qa.resources import ROOT

BASELINE: Final = ROOT / "evals" / "baseline.json"
HELD: Final = (
    "right",
    "fa.right",
    "ar.right",
    "en.right",
    "hit@1",
    "hit@5",
    "mrr@10",
    "ndcg@10",
    "citation_validity",
    "citation_recall",
    "citation_precision",
    "contains",
    "f1",
    "refusal_recall",
    "refusal_precision",
    "refusal_auc",
    "mutations.caught",
    "mutations.true_passed",
    "poison.stopped",
    "poison.honest_shown",
)
INVARIANT: Final = frozenset({"citation_validity"})  # gets no margin
_PLACES: Final = 4


class Baseline(BaseModel):
    """The floors of one set of cases; ``digest`` is that of the set, its library included."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dataset: str
    digest: str
    floors: dict[str, float]


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure below its floor; ``value`` is None when it was not measured at all."""

    metric: str
    floor: float
    value: float | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says. ``stale`` tells why the floors cannot be compared with, if they cannot."""

    passed: bool
    falls: tuple[Fall, ...]
    floors: Mapping[str, float]
    stale: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def read_baseline(path: Path) -> Baseline | None:
    """The floors in a file, None when there is no file. Raises RunError when it is damaged."""
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise RunError(f"{path}: {explain(error)}.", hint="Mend it, or make it anew with --raise-baseline.") from error


def judge(baseline: Baseline, dataset: str, digest: str, metrics: Mapping[str, float]) -> Verdict:
    """Compare every floor with what was measured."""
    if (baseline.dataset, baseline.digest) != (dataset, digest):
        stale = f"the floors were measured on other cases or articles ({baseline.dataset}, {baseline.digest[:12]})"
        return Verdict(False, (), baseline.floors, stale)
    falls = tuple(
        Fall(name, floor, metrics.get(name))
        for name, floor in baseline.floors.items()
        if metrics.get(name, -math.inf) < floor
    )
    return Verdict(not falls, falls, baseline.floors)


def raise_baseline(
    path: Path,
    dataset: str,
    digest: str,
    metrics: Mapping[str, float],
    *,
    margin: float = 0.0,
    allow_regression: bool = False,
) -> list[str]:
    """Write what was measured, less a margin, as the new floors; what has changed, a line each.

    The margin alone lowers no floor. Raises RunError when a floor would sink, or would no longer be measured, unless
    that is allowed.
    """
    before = read_baseline(path)
    old = before.floors if before else {}
    measured = {name: math.floor(metrics[name] * 10**_PLACES) / 10**_PLACES for name in HELD if name in metrics}
    new = {name: _floor(name, value, margin, old.get(name)) for name, value in measured.items()}
    sunk = [name for name, floor in old.items() if new.get(name, -math.inf) < floor]
    if sunk and not allow_regression:
        told = ", ".join(f"{name} {old[name]:.4f} → {_shown(new.get(name))}" for name in sunk)
        raise RunError(f"These floors would sink: {told}.", hint="--allow-regression lowers them.")
    made = Baseline(dataset=dataset, digest=digest, floors=new)
    path.write_text(json.dumps(made.model_dump(), indent=2) + "\n", encoding="utf-8")
    names = dict.fromkeys([*new, *old])
    return [
        f"{name} {_shown(old.get(name))} → {_shown(new.get(name))}" for name in names if old.get(name) != new.get(name)
    ]


def _floor(name: str, value: float, margin: float, old: float | None) -> float:
    low = value if name in INVARIANT else round(max(0.0, value - margin), _PLACES)
    return old if old is not None and low < old <= value else low


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:.4f}"

"""How far a judge can be trusted: its verdicts beside those of people, on labelled pairs.

``pairs.jsonl`` holds statements over ``corpus/`` with the quotes they rest on and whether these support them, written
and labelled by hand. Kappa is Cohen's (1960): agreement beyond what two who guess at their rates would reach.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.datasets.own import explain
from evals.datasets.values import Progress
from evals.errors import DatasetError
from evals.judges.values import Judge
from evals.scorers.refusal import auc

_Kind = TypeVar("_Kind", bound=BaseModel)
PAIRS: Final = Path(__file__).parent / "pairs.jsonl"


class Pair(BaseModel):
    """A statement, the quotes it cites, and whether these support it; ``kind`` is what the pair tries."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    language: str
    kind: str
    supported: bool
    statement: str = Field(min_length=1)
    quotes: tuple[str, ...] = Field(min_length=1)


class _Inference(BaseModel):
    premise: str = Field(min_length=1)
    hypothesis: str = Field(min_length=1)
    label: Literal["entailment", "contradiction", "neutral"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with a judge's verdict."""

    pair: Pair
    supported: bool
    score: float
    reason: str

    @property
    def agrees(self) -> bool:
        """Whether the judge says what the label says."""
        return self.supported == self.pair.supported


@dataclass(frozen=True, slots=True)
class Agreement:
    """A judge on labelled pairs."""

    judge: str
    judged: tuple[Judged, ...]

    @property
    def share(self) -> float:
        """The share of the pairs on which judge and label agree."""
        return sum(each.agrees for each in self.judged) / len(self.judged)

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa; None when chance alone would agree always."""
        said = sum(each.supported for each in self.judged) / len(self.judged)
        true = sum(each.pair.supported for each in self.judged) / len(self.judged)
        chance = said * true + (1 - said) * (1 - true)
        return (self.share - chance) / (1 - chance) if chance < 1 else None

    @property
    def auc(self) -> float | None:
        """The chance that a supported pair scores above one that is not."""
        return auc(
            [each.score for each in self.judged if each.pair.supported],
            [each.score for each in self.judged if not each.pair.supported],
        )

    def by_kind(self) -> dict[str, tuple[int, int]]:
        """kind -> (judged supported, all)."""
        rows: dict[str, tuple[int, int]] = {}
        for each in self.judged:
            supported, count = rows.get(each.pair.kind, (0, 0))
            rows[each.pair.kind] = (supported + each.supported, count + 1)
        return rows

    def to_dict(self) -> dict[str, Any]:
        """Plain values: the figures, and the pairs on which they disagree."""
        return {
            "judge": self.judge,
            "pairs": len(self.judged),
            "agreement": self.share,
            "kappa": self.kappa,
            "auc": self.auc,
            "supported_by_kind": {kind: list(row) for kind, row in self.by_kind().items()},
            "disagreements": [
                {**each.pair.model_dump(mode="json"), "judged": each.supported, "reason": each.reason}
                for each in self.judged
                if not each.agrees
            ],
        }


def measure_agreement(judge: Judge, pairs: Sequence[Pair], progress: Progress | None = None) -> Agreement:
    """Let a judge judge every pair."""
    judged = []
    for number, pair in enumerate(pairs, start=1):
        found = judge.judge(pair.statement, pair.quotes, language=pair.language)
        judged.append(Judged(pair, found.supported, found.score, found.reason))
        if progress:
            progress(number, len(pairs))
    return Agreement(judge.name, tuple(judged))


def agreement_line(agreement: Agreement) -> str:
    """What stands beside a judge's verdicts."""
    kappa = "" if agreement.kappa is None else f", kappa {agreement.kappa:.2f}"
    return (
        f"judge: {agreement.judge}, agrees with people on {100 * agreement.share:.0f} % "
        f"of {len(agreement.judged)} labelled pairs{kappa}"
    )


def agreement_table(agreement: Agreement) -> str:
    """The figures, and what each kind of pair was judged."""
    rows = [
        f"  {kind:14} {supported:5} of {count:5} judged supported ({100 * supported / count:.1f} %)"
        for kind, (supported, count) in sorted(agreement.by_kind().items())
    ]
    area = "" if agreement.auc is None else f"AUC {100 * agreement.auc:.1f}"
    return "\n".join([agreement_line(agreement), area, *rows])


def read_pairs(path: Path = PAIRS) -> tuple[Pair, ...]:
    """The labelled pairs of a file of our own form. Raises DatasetError, which names the line."""
    return tuple(_parsed(place, data, Pair) for place, data in _lines(path))


def read_inferences(path: Path) -> tuple[Pair, ...]:
    """Premises as quotes, hypotheses as statements; only an entailed one is supported. Raises DatasetError."""
    language = path.name.split(".")[-2] if path.name.count(".") > 1 else "en"
    pairs = []
    for place, data in _lines(path):
        known = {name: data.get(name) for name in ("premise", "hypothesis", "label")}
        each = _parsed(place, known, _Inference)
        pairs.append(
            Pair(
                id=str(data.get("id", place)),
                language=language,
                kind=each.label,
                supported=each.label == "entailment",
                statement=each.hypothesis,
                quotes=(each.premise,),
            )
        )
    if not pairs:
        raise DatasetError(f"{path} is empty.", hint="A line is {premise, hypothesis, label}.")
    return tuple(pairs)


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield f"{path}:{number}", json.loads(line)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DatasetError(f"{path} cannot be read: {error}.", hint="Give JSON Lines.") from error


def _parsed(place: str, data: Any, kind: type[_Kind]) -> _Kind:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise DatasetError(f"{place}: {explain(error)}.") from error

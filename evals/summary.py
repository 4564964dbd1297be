"""Scores of many cases as figures: of all, of each language, of each tag."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evals.scorers.refusal import auc, refusal_summary
from evals.scorers.values import Sample, Score

BINS: Final = 10
_PERCENTILES: Final = {"latency_p50_ms": 0.5, "latency_p95_ms": 0.95}
_SUMS: Final = ("tokens", "cost")


@dataclass(frozen=True, slots=True)
class Scored:
    """A sample with its scores, by name."""

    sample: Sample
    scores: dict[str, Score]

    @property
    def right(self) -> bool:
        """Whether it came out as it should; of a search, whether something relevant is in the first ten."""
        deciding = self.scores.get("right") or self.scores.get("hit@10")
        return bool(deciding and deciding.value)

    @property
    def outcome(self) -> str:
        """``right``, ``wrong``, ``refused`` (wrongly) or ``failed``."""
        if self.sample.error:
            return "failed"
        if self.right:
            return "right"
        return "refused" if self.sample.answer is not None and self.sample.answer.refused else "wrong"


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of some cases: shares in [0, 1] unless the name says otherwise; None where nothing bears on it."""

    name: str
    count: int
    metrics: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers with a confidence in [low, high): how many, their mean confidence, and the share that is right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def summarise(scored: Sequence[Scored]) -> list[Group]:
    """``all``, then each language, then each tag, by how many cases they have."""
    groups = [_group("all", scored)]
    groups += _groups(scored, "language", lambda each: (each.sample.case.language,))
    groups += _groups(scored, "tag", lambda each: each.sample.case.tags)
    return groups


def calibration(scored: Iterable[Scored]) -> list[Bin]:
    """Confidence against being right, in ten bins of [0, 1], empty ones left out; of what was answered."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for each in scored:
        answer = each.sample.answer
        if answer is not None and answer.confidence is not None and not answer.refused:
            place = min(BINS - 1, int(answer.confidence * BINS))
            bins[place].append((answer.confidence, each.right))
    return [
        Bin(
            place / BINS,
            (place + 1) / BINS,
            len(held),
            statistics.fmean(confidence for confidence, _ in held),
            statistics.fmean(right for _, right in held),
        )
        for place, held in enumerate(bins)
        if held
    ]


def _groups(scored: Sequence[Scored], kind: str, keys: Callable[[Scored], Iterable[str]]) -> Iterator[Group]:
    members: dict[str, list[Scored]] = {}
    for each in scored:
        for key in keys(each):
            members.setdefault(key, []).append(each)
    for key, held in sorted(members.items(), key=lambda item: (-len(item[1]), item[0])):
        yield _group(f"{kind}:{key}", held)


def _group(name: str, scored: Sequence[Scored]) -> Group:
    values: dict[str, list[float]] = {}
    for each in scored:
        for score in each.scores.values():
            values.setdefault(score.name, [])
            if score.value is not None:
                values[score.name].append(score.value)
    metrics: dict[str, float | None] = {}
    for metric, held in values.items():
        if metric == "latency_ms":
            metrics |= {named: percentile(held, share) for named, share in _PERCENTILES.items()}
        elif metric in _SUMS:
            metrics[metric] = sum(held) if held else None
        else:
            metrics[metric] = statistics.fmean(held) if held else None
    if "right" in values:
        metrics |= refusal_summary([each.sample for each in scored])
        metrics["confidence_auc"] = _confidence_auc(scored)
    metrics["failed"] = statistics.fmean(each.sample.error is not None for each in scored) if scored else None
    return Group(name, len(scored), metrics)


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value that ``share`` of the values do not exceed; None of none."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else None


def _confidence_auc(scored: Sequence[Scored]) -> float | None:
    """The chance that a right answer is surer than a wrong one; of what was answered."""
    sure: dict[bool, list[float]] = {True: [], False: []}
    for each in scored:
        answer = each.sample.answer
        if answer is not None and answer.confidence is not None and not answer.refused:
            sure[each.right].append(answer.confidence)
    return auc(sure[True], sure[False])

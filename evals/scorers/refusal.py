"""Is it refused where nothing answers, and only there? Precision, recall, F1, and AUC of the confidence.

To refuse is the positive class. An answer to an unanswerable question that cites what contradicts it is as right as a
refusal and counts as one. A case that failed is no refusal. AUC is the chance that an answerable question gets a
higher confidence than an unanswerable one (Mann-Whitney, ties half); 0.5 is blind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from evals.scorers.correctness import cited_gold
from evals.scorers.values import Sample, Score


def refusal(sample: Sample) -> Iterator[Score]:
    """Whether the case was refused or answered as it should be."""
    refused = _refused(sample)
    right = sample.answer is not None and refused != sample.case.answerable
    done = "failed" if sample.answer is None else "refused" if refused else "answered"
    yield Score(
        "refusal_accuracy", float(right), f"{done}, {'answerable' if sample.case.answerable else 'unanswerable'}"
    )


def refusal_summary(samples: Sequence[Sample]) -> dict[str, float | None]:
    """``refusal_precision``, ``_recall``, ``_f1`` and ``_auc`` over many cases, None where a kind is missing."""
    unanswerable = [sample for sample in samples if not sample.case.answerable]
    given = [sample for sample in samples if _refused(sample)]
    right = sum(not sample.case.answerable for sample in given)
    precision = right / len(given) if given else (0.0 if unanswerable else None)
    recall = right / len(unanswerable) if unanswerable else None
    f1 = None
    if precision is not None and recall is not None:
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "refusal_precision": precision,
        "refusal_recall": recall,
        "refusal_f1": f1,
        "refusal_auc": auc(_confidences(samples, answerable=True), _confidences(samples, answerable=False)),
    }


def auc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """The chance that a value of ``positive`` is above one of ``negative``, ties half; None without both."""
    if not positive or not negative:
        return None
    ranked = np.sort(np.array(negative))
    below = np.searchsorted(ranked, positive, "left") + np.searchsorted(ranked, positive, "right")
    return float(below.mean() / 2 / len(ranked))


def _refused(sample: Sample) -> bool:
    if sample.answer is None:
        return False
    return sample.answer.refused or (not sample.case.answerable and bool(cited_gold(sample)))


def _confidences(samples: Sequence[Sample], *, answerable: bool) -> list[float]:
    return [
        each.answer.confidence
        for each in samples
        if each.answer is not None and each.answer.confidence is not None and each.case.answerable == answerable
    ]

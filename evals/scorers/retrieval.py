"""Are the passages that answer found, and how early? hit@k, MRR@10, nDCG@10.

A passage is relevant when it holds an expected sentence. Where any one of several is enough, as for two copies of a
story, the first found counts and an ideal list has just one; where all are needed, or documents are graded, each
counts. nDCG is that of Järvelin and Kekäläinen 2002 with the grade itself as gain, as trec_eval has it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from evals.scorers.values import Sample, Score

DEPTHS: Final = (1, 3, 5, 10)
DEPTH: Final = 10


def retrieval(sample: Sample) -> Iterator[Score]:
    """hit@1, 3, 5, 10, mrr@10 and ndcg@10, each in [0, 1]; none for cases that nothing answers."""
    names = [*(f"hit@{depth}" for depth in DEPTHS), f"mrr@{DEPTH}", f"ndcg@{DEPTH}"]
    if not sample.case.answerable:
        yield from (Score(name, None, "nothing answers it") for name in names)
        return
    gains = list(_gains(sample))[:DEPTH]
    first = next((rank for rank, gain in enumerate(gains, start=1) if gain), None)
    where = f"first at rank {first}" if first else f"not among {len(sample.ranked)} passages"
    for depth in DEPTHS:
        yield Score(f"hit@{depth}", float(first is not None and first <= depth), where)
    yield Score(f"mrr@{DEPTH}", 1 / first if first else 0.0, where)
    best = sorted((gold.expected.grade for gold in sample.gold), reverse=True)
    ideal = best[:DEPTH] if _counts_each(sample) else best[:1]
    yield Score(f"ndcg@{DEPTH}", _discounted(gains) / _discounted(ideal) if ideal else 0.0, where)


def _gains(sample: Sample) -> Iterator[int]:
    """The gain at each rank: the grade of what is found there for the first time."""
    left = list(sample.gold)
    for passage in sample.ranked:
        found = [gold for gold in left if gold.overlaps(passage.article_id, passage.start, passage.end)]
        left = [gold for gold in left if gold not in found] if _counts_each(sample) or not found else []
        yield max((gold.expected.grade for gold in found), default=0)


def _counts_each(sample: Sample) -> bool:
    return sample.case.match == "all" or sample.case.tags == ("query",)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))

"""How the words of a question stand in a sentence: near each other, in their order, in the same phrases."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence

_NEAR = 4  # tokens between which two stems count as neighbours


def pairs_near(asked: Sequence[str], where: Mapping[str, Sequence[int]]) -> float:
    """Of the question's neighbouring stems, the share that stand within a few tokens in the sentence, in any order."""
    pairs = list(itertools.pairwise(asked))
    near = sum(
        any(abs(one - other) <= _NEAR for one in where.get(left, ()) for other in where.get(right, ()))
        for left, right in pairs
    )
    return near / len(pairs) if pairs else 0.0


def density(matched: Collection[str], where: Mapping[str, Sequence[int]]) -> float:
    """Distinct matched stems for each token of the stretch that spans their first mentions."""
    firsts = [where[each][0] for each in matched]
    return len(firsts) / (max(firsts) - min(firsts) + 1) if len(firsts) > 1 else 0.0


def in_order(asked: Sequence[str], where: Mapping[str, Sequence[int]]) -> float:
    """The longest run of the question's stems that come in their order in the sentence, as a share of them all.

    By first mentions, so it is the longest increasing subsequence of their places.
    """
    tops: list[int] = []
    for each in asked:
        if each in where:
            place = where[each][0]
            at = bisect_left(tops, place)
            tops[at : at + 1] = [place]
    return len(tops) / len(asked) if asked else 0.0


def phrases_shared(asked: Sequence[tuple[str, str]], phrases: Collection[tuple[str, str]]) -> float:
    """Of the question's neighbouring words, the share that are neighbours in the sentence too, in that order."""
    return sum(each in phrases for each in asked) / len(asked) if asked else 0.0

"""Of a report that several outlets print, one copy counts: what the others say too is taken from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from qa.library.terms import tokens
from qa.retrieve.scoring import scored
from qa.values import Passage

# Share of a passage's word pairs that the copy that counts must have for the passage to be told there already; a
# paragraph that only this outlet has shares next to none.
TOLD: Final = 0.6
# Less than this share of another copy's score is a worse fit: a longer version of a text, say, of which ARCD has many.
AS_GOOD: Final = 0.97


def counted_once(
    passages_of: Callable[[str], Sequence[Passage]],
    ranked: Iterable[Passage],
    scores: Mapping[str, float],
    passes: Callable[[Passage], bool],
) -> Iterator[Passage]:
    """The ranked passages; for one of a copy, the passage that tells the same in the article that counts, once.

    Where that article does not pass the filters, the first of its copies that was met counts. Of copies that no date
    tells apart the one that fits the question better, by ``scores``, does. What only a copy tells stays. Reads no
    further than it is asked to. ``passages_of`` gives the passages of an article, none when it is gone.
    """
    voices: dict[str, _Voice] = {}
    told: set[str] = set()
    for passage in ranked:
        counted = passage
        if passage.counts_as:
            if passage.counts_as not in voices:
                voices[passage.counts_as] = _Voice(passage, passages_of, passes)
            counted = voices[passage.counts_as].instead_of(passage)
        if told.isdisjoint((passage.id, counted.id)):
            told |= {passage.id, counted.id}
            less = scores.get(counted.id, passage.score) < AS_GOOD * passage.score
            yield passage if less and passage.published == counted.published else counted


class _Voice:
    """The article of a group that counts; nothing of it is read before a passage of another one is met."""

    def __init__(
        self,
        met: Passage,
        passages_of: Callable[[str], Sequence[Passage]],
        passes: Callable[[Passage], bool],
    ) -> None:
        self._met = met
        self._passages_of = passages_of
        self._passes = passes

    def instead_of(self, passage: Passage) -> Passage:
        """The passage that tells the same here, with the other's score; the other itself if none does."""
        if passage.article_id == passage.counts_as or not self._passages:
            return passage
        if passage.article_id == self._passages[0].article_id:
            return passage
        said = _pairs(passage)
        shared = [len(said & pairs) for pairs in self._pairs]
        if len(said & frozenset().union(*self._pairs)) < TOLD * len(said):
            return passage
        return scored(self._passages[shared.index(max(shared))], passage.score)

    @cached_property
    def _passages(self) -> Sequence[Passage]:
        """Of the article that counts, or of the one that was met first where that does not pass the filters."""
        first = self._passages_of(self._met.counts_as or self._met.article_id)
        return first if first and self._passes(first[0]) else self._passages_of(self._met.article_id)

    @cached_property
    def _pairs(self) -> list[frozenset[tuple[str, str]]]:
        return [_pairs(each) for each in self._passages]


def _pairs(passage: Passage) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(tokens(passage.text)))

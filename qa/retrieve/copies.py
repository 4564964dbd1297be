"""Of a report that several outlets print, one copy counts: what the others say too is taken from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from qa.library import Library
from qa.library.terms import tokens
from qa.values import Passage

# Share of a passage's word pairs that the copy that counts must have for the passage to be told there already; a
# paragraph that only this outlet has shares next to none.
TOLD: Final = 0.6
# Less than this share of another copy's score is a worse fit: a longer version of a text, say, of which ARCD has many.
AS_GOOD: Final = 0.97


def counted_once(
    library: Library,
    ranked: Iterable[Passage],
    scores: Mapping[str, float],
    passes: Callable[[Passage], bool],
) -> Iterator[Passage]:
    """The ranked passages; for one of a copy, the passage that tells the same in the article that counts, once.

    Where that article does not pass the filters, the first of its copies that was met counts. Of copies that no date
    tells apart the one that fits the question better, by ``scores``, does. What only a copy tells stays. Reads no
    further than it is asked to.
    """
    voices: dict[str, _Voice] = {}
    told: set[str] = set()
    for passage in ranked:
        counted = passage
        if passage.counts_as:
            if passage.counts_as not in voices:
                voices[passage.counts_as] = _voice(library, passage, passes)
            counted = voices[passage.counts_as].instead_of(passage)
        if told.isdisjoint((passage.id, counted.id)):
            told |= {passage.id, counted.id}
            less = scores.get(counted.id, passage.score) < AS_GOOD * passage.score
            yield passage if less and passage.published == counted.published else counted


@dataclass(frozen=True)
class _Voice:
    """The article of a group that counts: its passages, each with its word pairs."""

    passages: tuple[Passage, ...]
    pairs: tuple[frozenset[tuple[str, str]], ...]

    def instead_of(self, passage: Passage) -> Passage:
        """The passage that tells the same here, with the other's score; the other itself if none does."""
        if passage.article_id == self.passages[0].article_id:
            return passage
        said = _pairs(passage)
        shared = [len(said & pairs) for pairs in self.pairs]
        if len(said & frozenset().union(*self.pairs)) < TOLD * len(said):
            return passage
        return replace(self.passages[shared.index(max(shared))], score=passage.score)


def _voice(library: Library, met: Passage, passes: Callable[[Passage], bool]) -> _Voice:
    first = library.passages_of(met.counts_as or met.article_id)
    passages = first if first and passes(first[0]) else library.passages_of(met.article_id)
    return _Voice(tuple(passages), tuple(map(_pairs, passages)))


def _pairs(passage: Passage) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(tokens(passage.text)))

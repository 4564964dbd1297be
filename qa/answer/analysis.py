"""A sentence taken apart once, for all the questions it will be ranked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from qa.answer.mentions import Mentions
from qa.text import ngrams, stem, stopwords, words
from qa.text.concepts import SKELETON_MARK, concepts_of

_CACHED_SENTENCES = 1 << 10  # those of some twenty questions; few come again later
GRAM = 4  # length of the character n-grams that survive lost half-spaces and unknown endings
_SHORTEST_SKELETON = 4  # consonants of a name that may meet in another spelling; shorter ones meet by chance


class Token(NamedTuple):
    """A folded part of a word; ``start`` and ``end`` are those of the whole word in the sentence."""

    folded: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, eq=False)
class Analysis:
    """``stems[i]`` is the stem of ``tokens[i]``, or "" for a stop word; ``content`` are the stems without "".

    Two analyses are equal when they are the same object: :func:`analyse` makes one for a text and language.
    """

    text: str
    language: str
    tokens: tuple[Token, ...]
    stems: tuple[str, ...]
    content: frozenset[str]
    grams: frozenset[str]
    mentions: Mentions

    @cached_property
    def where(self) -> Mapping[str, tuple[int, ...]]:
        """Stem to the places of its tokens."""
        found: dict[str, tuple[int, ...]] = {}
        for place, each in enumerate(self.stems):
            if each:
                found[each] = (*found.get(each, ()), place)
        return found

    @cached_property
    def phrases(self) -> frozenset[tuple[str, str]]:
        """Neighbouring tokens, stop words included."""
        return frozenset(pairwise(token.folded for token in self.tokens))

    @cached_property
    def numerals(self) -> tuple[str, ...]:
        """The tokens that are written in digits."""
        return tuple(token.folded for token in self.tokens if token.folded[0].isdecimal())

    @cached_property
    def capitals(self) -> tuple[str, ...]:
        """The stems of content words with a capital, the first word of the sentence left out."""
        return tuple(own for token, own in zip(self.tokens[1:], self.stems[1:], strict=True) if own and token.capital)

    def meanings(self, asked: Collection[str]) -> Mapping[str, float]:
        """Those of some concepts that a content word has, with the greatest weight; a short skeleton is none."""
        found: dict[str, float] = {}
        wanted = frozenset(asked)
        for word in {token.folded for token, own in zip(self.tokens, self.stems, strict=True) if own}:
            meant = meanings_of(word, self.language)
            if not wanted.isdisjoint(meant):
                for concept in wanted & meant.keys():
                    found[concept] = max(meant[concept], found.get(concept, 0.0))
        return found


@lru_cache(maxsize=1 << 15)
def meanings_of(word: str, language: str) -> Mapping[str, float]:
    """The concepts of a folded word, without skeletons that meet by chance."""
    found = concepts_of(word, language)
    return {
        concept: weight
        for concept, weight in found.items()
        if not concept.startswith(SKELETON_MARK) or len(concept) > _SHORTEST_SKELETON
    }


def tokenise(text: str) -> list[Token]:
    """The words of a text, those with a half-space cut there, as stop words and stems expect them."""
    return [Token(part, word.start, word.end, word.text[:1].isupper()) for word in words(text) for part in word.parts]


@lru_cache(maxsize=_CACHED_SENTENCES)
def analyse(text: str, language: str) -> Analysis:
    """Take a sentence apart. ``language`` is that of its article."""
    tokens = tokenise(text)
    stops = stopwords(language)
    stems = tuple("" if token.folded in stops else stem(token.folded, language) for token in tokens)
    content = frozenset(each for each in stems if each)
    spoken = " ".join(token.folded for token, each in zip(tokens, stems, strict=True) if each)
    grams = frozenset(ngrams(spoken, GRAM, GRAM))
    return Analysis(text, language, tuple(tokens), stems, content, grams, Mentions(text, language))

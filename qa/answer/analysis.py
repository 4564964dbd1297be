"""A sentence taken apart once, for all the questions it will be ranked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from qa.answer.mentions import Mentions
from qa.text import ngrams, stem, stopwords, words
from qa.text.concepts import SKELETON_MARK, concepts_of

_CACHED_SENTENCES = 1 << 10  # those of some twenty questions; few come again later
GRAM = 4  # length of the character n-grams that survive lost half-spaces and unknown endings
_SHORTEST_SKELETON = 4  # consonants of a name that may meet in another spelling; shorter ones meet by chance


@dataclass(frozen=True, slots=True)
class Token:
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
    def meanings(self) -> Mapping[str, float]:
        """Concept to its greatest weight in a content word; a short skeleton is none."""
        found: dict[str, float] = {}
        for token, own in zip(self.tokens, self.stems, strict=True):
            if own:
                for concept, weight in meanings_of(token.folded, self.language).items():
                    if weight > found.get(concept, 0.0):
                        found[concept] = weight
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

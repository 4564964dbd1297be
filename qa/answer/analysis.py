"""A sentence taken apart once, for all the questions it will be ranked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from qa.text import ngrams, stem, stopwords, words

_CACHED_SENTENCES = 1 << 14
GRAM = 4  # length of the character n-grams that survive lost half-spaces and unknown endings


@dataclass(frozen=True, slots=True)
class Token:
    """A folded part of a word; ``start`` and ``end`` are those of the whole word in the sentence."""

    folded: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """``stems[i]`` is the stem of ``tokens[i]``, or "" for a stop word; ``content`` are the stems without ""."""

    text: str
    language: str
    tokens: tuple[Token, ...]
    stems: tuple[str, ...]
    content: frozenset[str]
    grams: frozenset[str]


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
    return Analysis(text, language, tuple(tokens), stems, content, frozenset(ngrams(spoken, GRAM, GRAM)))

"""Words and character n-grams."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.text.folding import fold
from qa.text.stopwords import stopwords

_MARK = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
_WORD = re.compile(rf"\d+(?:[.,٫٬]\d+)*[%٪]?|(?:(?!\d)\w)(?:\w|[{_MARK}]|['’\u200c](?=\w))*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: ``source[start:end] == text``."""

    text: str
    folded: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text; half-space words and numbers are whole."""
    return [
        Word(match[0], fold(match[0].replace("\u200c", "")).text, match.start(), match.end())
        for match in _WORD.finditer(text)
    ]


def ngrams(text: str, low: int = 3, high: int = 5) -> list[str]:
    """Character n-grams of the folded words of a text, each word padded by one space."""
    grams = []
    for word in words(text):
        padded = f" {word.folded} "
        for size in range(low, high + 1):
            grams += [padded[place : place + size] for place in range(len(padded) - size + 1)]
    return grams


def content_words(text: str, language: str) -> list[str]:
    """Folded words without stop words."""
    stops = stopwords(language)
    return [word.folded for word in words(text) if word.folded not in stops]

"""Words and character n-grams.

How «می‌رود», «می رود» and «میرود» meet: ``words`` keeps the first one whole, for whoever shows or counts words;
``content_words`` cuts it at the half-space, as folding does, so it meets the second; ``stem`` takes the glued «می»
and the glued endings off, so both meet the third; and for the compounds that remain (نخست‌وزیر, نخستوزیر) most
character n-grams are the same. Hit@1 of BM25 over words cut at the half-space and kept whole: PQuAD 92.5 and 91.9,
ParsiNLU 67.7 and 62.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from qa.text.folding import fold
from qa.text.scripts import ARABIC_LETTERS, HALF_SPACES, MARKS, STRAY_HALF_SPACES, TATWEEL
from qa.text.stopwords import stopwords

_CACHED_WORDS = 1 << 15
_CACHED_SENTENCES = 128
_SENTENCE = 1_000  # characters of a sentence, seldom more

_ARABIC = rf"[{ARABIC_LETTERS}][{ARABIC_LETTERS}{MARKS}{TATWEEL}\u200d]*+"
_LETTER = rf"[^\W\d_{ARABIC_LETTERS}]"
_LETTERS_OR_DIGITS = rf"[^\W_{ARABIC_LETTERS}]"
_INSIDE = rf"[{MARKS}\u0900-\u0963\u0970-\u0dff\u00ad\u200d]"  # vowel signs of India are no letters to ``re``
_WORD = re.compile(
    rf"{_ARABIC}(?:[{HALF_SPACES}{STRAY_HALF_SPACES}]+{_ARABIC})*"
    rf"|\d++(?:(?:[.٫]\d+|[,٬،]\d\d\d(?!\d))++[%٪]?|[%٪]|(?!{_LETTER}))"
    rf"|{_LETTER}(?:\.{_LETTER})+(?!\w)\.?"
    rf"|{_LETTERS_OR_DIGITS}++(?:{_INSIDE}+{_LETTERS_OR_DIGITS}*|['’](?={_LETTER}){_LETTERS_OR_DIGITS}+)*"
)
_FOLDED_WORD = re.compile(r"[^\W_]+")


class Word(NamedTuple):
    """A word of a text: ``source[start:end] == text``.

    ``folded`` holds no space: a half-space is left out, as are the thousands separators of a number and the
    dots of an initialism (U.S., us).
    """

    text: str
    folded: str
    start: int
    end: int

    @property
    def parts(self) -> tuple[str, ...]:
        """The folded word cut at its half-spaces: ("می", "رود")."""
        return _folded_parts(self.text)


@lru_cache(_CACHED_WORDS)
def _folded_parts(word: str) -> tuple[str, ...]:
    folded = fold(word).text
    if folded[:1].isdecimal():
        folded = folded.replace(",", "")
    elif folded[1:2] == ".":
        folded = folded.replace(".", "")
    return tuple(folded.split())


@lru_cache(_CACHED_WORDS)
def _folded_word(word: str) -> str:
    return "".join(_folded_parts(word))


def words(text: str) -> list[Word]:
    """The words of a text in order. Whole are half-space words, 3.5, 1,234 and 50%, U.S., don't, B2B.

    A number written on to a word of the Arabic script (سال۱۴۰۴) is a word of its own; symbols and emoji are none.
    """
    return list(_words_of_sentence(text) if len(text) <= _SENTENCE else _words(text))


@lru_cache(_CACHED_SENTENCES)  # each is asked for by whoever looks for stems, names, places
def _words_of_sentence(text: str) -> tuple[Word, ...]:
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        word = match[0]
        if folded := _folded_word(word):
            yield Word(word, folded, match.start(), match.end())


def content_words(text: str, language: str) -> list[str]:
    """The folded words of a text without the stop words of ``language``, in order, repetitions kept.

    Half-space words are cut into their parts, so that «کتاب‌ها» and «کتاب ها» give the same; «50%» gives «50».
    """
    stops = stopwords(language)
    return [part.rstrip("%") for word in _WORD.findall(text) for part in _folded_parts(word) if part not in stops]


@lru_cache(_CACHED_WORDS)
def _word_ngrams(word: str, low: int, high: int) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(
        padded[place : place + size] for size in range(low, high + 1) for place in range(len(padded) - size + 1)
    )


def ngrams(text: str, low: int = 3, high: int = 5) -> list[str]:
    """Character n-grams of ``low`` to ``high`` code points of each folded word with a space before and after.

    The same for a text and for its folded form. Hit@1 of BM25 over them, 3–5 and 3–4: PQuAD 92.2 92.2, ParsiNLU
    67.5 69.2, MLQA 65.8 66.7, ARCD 72.0 72.8, KaifLematha 95.6 95.8, TyDi QA 83.6 85.2; without the spaces 3 to 9
    points less.
    """
    grams: list[str] = []
    for word in _FOLDED_WORD.findall(fold(text).text):
        grams += _word_ngrams(word, low, high)
    return grams

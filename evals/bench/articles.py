"""Invented articles in any number, the same ones each time: what the benches read when no corpus is at hand.

The words are real: those of ``corpus/``, most frequent first, then those of the concept table, each drawn with the
probability that Zipf and Mandelbrot give its rank, 1 / (rank + 2.7) ** 1.15. Persian plurals are written with a
half-space, every twenty-fifth word is a number, and one article in twenty is wire copy: an earlier one with a sentence
of its own on top. The sentences mean nothing. Articles of 4,000 average three passages of 256 tokens.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from qa.resources import CORPUS
from qa.text import detect_language, words
from qa.text.concepts import table

LANGUAGES = ("fa", "ar", "en")
PASSAGES_PER_ARTICLE = 3
_EXPONENT = 1.15
_SHIFT = 2.7
_WORDS_OF_A_PASSAGE = {"fa": 93, "ar": 79, "en": 112}  # that come to 256 tokens of o200k_base, about
_COMMA = {"fa": "،", "ar": "،", "en": ","}
_DIGITS = {"fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"), "ar": {}, "en": {}}
_PLURAL = "\u200cها"
_COPY_SHARE = 0.05
_NUMBER_SHARE = 1 / 25
_OUTLETS = 12
_FIRST_DAY = date(2024, 1, 1)
_DAYS = 700


@dataclass(frozen=True, slots=True)
class WireArticle:
    """One line of a bulk file."""

    id: str
    title: str
    text: str
    source: str
    url: str
    published: str


def generate(count: int, *, seed: int = 1) -> Iterator[WireArticle]:
    """``count`` articles, in turn Persian, Arabic and English. The first ones of a larger count are the same."""
    dice = np.random.default_rng(seed)
    recent: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for number in range(count):
        language = LANGUAGES[number % len(LANGUAGES)]
        writer = _writer(language)
        text = writer.body(dice)
        earlier = recent[language]
        if earlier and dice.random() < _COPY_SHARE:
            text = f"{writer.sentence(dice)}\n\n{earlier[int(dice.integers(len(earlier)))]}"
        recent[language] = [*earlier[-49:], text]
        yield WireArticle(
            id=f"wire-{number:06}",
            title=writer.title(dice),
            text=text,
            source=writer.outlet(dice),
            url=f"https://wire.example/{language}/{number}",
            published=(_FIRST_DAY + timedelta(days=int(dice.integers(_DAYS)))).isoformat(),
        )


def write_articles(path: Path, count: int, *, seed: int = 1) -> int:
    """Write a bulk file of JSON Lines; how many bytes it has."""
    with path.open("w", encoding="utf-8") as file:
        for article in generate(count, seed=seed):
            file.write(json.dumps(asdict(article), ensure_ascii=False) + "\n")
    return path.stat().st_size


class _Writer:
    """Draws the words of one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._words = _vocabulary(language)
        weights = 1 / (np.arange(len(self._words)) + _SHIFT) ** _EXPONENT
        self._heaped = np.cumsum(weights / weights.sum())

    def sentence(self, dice: np.random.Generator) -> str:
        drawn = self._draw(dice, int(dice.integers(8, 29)))
        for place in np.flatnonzero(dice.random(len(drawn)) < _NUMBER_SHARE):
            drawn[place] = str(int(10 ** dice.uniform(0, 5))).translate(_DIGITS[self._language])
        for comma in range(9, len(drawn) - 3, 9):
            drawn[comma] += _COMMA[self._language]
        return " ".join([drawn[0].capitalize(), *drawn[1:]]) + "."

    def body(self, dice: np.random.Generator) -> str:
        passages = PASSAGES_PER_ARTICLE * float(dice.lognormal(-0.08, 0.4))
        wanted = max(40, int(passages * _WORDS_OF_A_PASSAGE[self._language]))
        paragraphs: list[str] = []
        written = 0
        while written < wanted:
            sentences = [self.sentence(dice) for _ in range(int(dice.integers(2, 5)))]
            written += sum(sentence.count(" ") + 1 for sentence in sentences)
            paragraphs.append(" ".join(sentences))
        return "\n\n".join(paragraphs)

    def title(self, dice: np.random.Generator) -> str:
        return " ".join(self._draw(dice, int(dice.integers(5, 11)))).capitalize()

    def outlet(self, dice: np.random.Generator) -> str:
        first = 300 + 2 * int(dice.integers(_OUTLETS))
        return " ".join(self._words[first : first + 2]).title()

    def _draw(self, dice: np.random.Generator, count: int) -> list[str]:
        places = np.searchsorted(self._heaped, dice.random(count))
        return [self._words[place] for place in np.minimum(places, len(self._words) - 1)]


@cache
def _writer(language: str) -> _Writer:
    return _Writer(language)


def _vocabulary(language: str) -> list[str]:
    """The words of a language, the most frequent first; those past the corpus in an order that is no alphabet's."""
    seen: Counter[str] = Counter(
        word.text.lower() for text in _corpus_texts(language) for word in words(text) if word.text.isalpha()
    )
    ranked = sorted(seen, key=lambda word: (-seen[word], word))
    lexicons = table().lexicons
    known = [*sorted(table().familiar), *table().concepts] if language == "en" else lexicons[f"{language}.words"].places
    latin = language == "en"
    rest = [word for word in dict.fromkeys(known) if word.isalpha() and word not in seen and word.isascii() == latin]
    np.random.default_rng(len(rest)).shuffle(rest)
    plurals = [word + _PLURAL for word in rest] if language == "fa" else []
    return [*ranked, *rest, *plurals]


def _corpus_texts(language: str) -> Sequence[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob(f"*/*.{language}.*"))]
    lines = [line for text in texts for line in text.splitlines() if "<" not in line and '"' not in line]
    return [line for line in lines if line.strip() and detect_language(line) == language]

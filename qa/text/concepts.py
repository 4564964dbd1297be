"""Concepts: what the words of Persian, Arabic and English have in common, so that a question in one finds another.

A concept is an English stem (``ambassador``), a number (``2024``), or the phonetic skeleton of a word (``~BTN``).
«سفیر» and «السفير» lead to ``ambassador`` through a table learned from open dictionaries (``data/CONCEPTS.md``
says which); a word that the table does not know leads to its skeleton alone, in which «پوتین», «بوتين» and
"Putin" meet.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qa.text.concept_table import ConceptTable, read_table
from qa.text.data_files import data_lines
from qa.text.folding import fold
from qa.text.names import skeleton
from qa.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE = "concepts.bin"
SKELETON_MARK = "~"
# How much a skeleton weighs beside the translations, chosen on TICO-19 and XQuAD-like pools: a word that is known
# seldom needs it, an unknown one is often a name.
KNOWN_SKELETON = 0.15
UNKNOWN_SKELETON = 0.5
MORE_WEIGHT = 0.6  # of what is told by hand: about what the table gives the first meaning of a word
SHORTEST_SKELETON = 2
_CACHED_WORDS = 1 << 13  # those of the passage that is read; what is made of them is kept where it is made
SHORTEST_STRIPPED = 3

_PREFIXES = {
    "ar": ("وبال", "وال", "فال", "بال", "کال", "ولل", "لل", "ال", "وب", "ول", "و", "ف", "ب", "ل", "ک", "س"),
    "fa": ("نمی", "می", "ن", "ب"),
}
_SUFFIXES = {
    "ar": (
        "هما",
        "کما",
        "هم",
        "هن",
        "کم",
        "نا",
        "ها",
        "ات",
        "ون",
        "ین",
        "ان",
        "وا",
        "ته",
        "یه",
        "ه",
        "ک",
        "ی",
        "ا",
        "ت",
    ),
    "fa": (
        "هایی",
        "های",
        "ها",
        "شان",
        "مان",
        "تان",
        "ترین",
        "تر",
        "اند",
        "ان",
        "ات",
        "ای",
        "ند",
        "یم",
        "ید",
        "ی",
        "ش",
        "م",
        "ت",
    ),
}


@cache
def table() -> ConceptTable:
    """The shipped table, read when it is first asked for."""
    return read_table(resources.files("qa.text").joinpath("data", TABLE).read_bytes())


def familiar_words() -> frozenset[str]:
    """Common English words, folded."""
    return table().familiar


@lru_cache(maxsize=_CACHED_WORDS)
def concepts_of(word: str, language: str) -> Mapping[str, float]:
    """Concept to weight in (0, 1] for one folded word, strongest first. Empty when nothing at all is known of it.

    A word of another script than that of ``language`` is read by its script: Latin words as English.
    """
    if word[:1].isdecimal():
        return MappingProxyType({word: 1.0})
    read = _read(word, language)
    return MappingProxyType(_sounding(read, word, language, KNOWN_SKELETON if read.known else UNKNOWN_SKELETON))


def meanings_of(word: str, language: str) -> Mapping[str, float]:
    """The concepts of a folded word without the skeleton of one that is known: enough where the language is one.

    It is made in half the time, and keeps nothing.
    """
    if word[:1].isdecimal():
        return {word: 1.0}
    read = _read(word, language)
    return read.meanings if read.known else _sounding(read, word, language, UNKNOWN_SKELETON)


class _Read(NamedTuple):
    meanings: dict[str, float]
    known: bool


def _read(word: str, language: str) -> _Read:
    if word.isascii() or language not in _PREFIXES:
        return _Read({stem(word, "en"): 1.0}, word in table().familiar)
    found = _translations(word, language)
    return _Read(found, bool(found))


def _sounding(read: _Read, word: str, language: str, weight: float) -> dict[str, float]:
    """The meanings with the skeleton of the word."""
    sound = skeleton(_without_article(word, language))
    return {**read.meanings, SKELETON_MARK + sound: weight} if len(sound) >= SHORTEST_SKELETON else read.meanings


def _translations(word: str, language: str) -> dict[str, float]:
    return (
        table().concepts_of(f"{language}.words", word)
        or table().concepts_of(f"{language}.stems", stem(word, language))
        or _more(language).get(stem(word, language), {}).copy()
        or _stripped(word, language)
    )


@cache
def _more(language: str) -> dict[str, dict[str, float]]:
    """Words of the news that the table lacks, by their stems, from ``concepts.more.txt``."""
    found: dict[str, dict[str, float]] = {}
    for line in data_lines("concepts.more.txt"):
        english, persian, arabic = (part.split(",") for part in line.split("|"))
        meanings = {stem(fold(each.strip()).text, "en"): MORE_WEIGHT for each in english}
        for word in persian if language == "fa" else arabic:
            found[stem(fold(word.strip()).text, language)] = meanings
    return found


def _stripped(word: str, language: str) -> dict[str, float]:
    """The translations of the longest known part of a word, with its clitics and endings taken off."""
    parts = {
        word[len(prefix) : len(word) - len(suffix)]
        for prefix in ("", *_PREFIXES[language])
        if word.startswith(prefix)
        for suffix in ("", *_SUFFIXES[language])
        if word.endswith(suffix)
    }
    for part in sorted(parts, key=lambda part: (-len(part), part)):
        if len(part) >= SHORTEST_STRIPPED and (found := table().concepts_of(f"{language}.words", part)):
            return found
    return {}


def _without_article(word: str, language: str) -> str:
    if language == "ar":
        for article in ("وال", "بال", "لل", "ال"):
            if word.startswith(article) and len(word) - len(article) >= SHORTEST_STRIPPED:
                return word.removeprefix(article)
    return word

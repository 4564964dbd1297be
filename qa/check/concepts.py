"""The seam through which words of two languages are compared."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache
from typing import Final, Protocol

from qa.text import fold
from qa.text.names import skeleton

_STRONG: Final = 0.1


class Concepts(Protocol):
    """Says what a word means, as identifiers that are the same in every language."""

    def translate(self, word: str, language: str) -> Set[str]:
        """The concepts of one folded word, empty when it is not known."""
        ...


class TableConcepts:
    """The table that ships with Sanad; it is read (a quarter of a second) when a word is first asked for."""

    def translate(self, word: str, language: str) -> Set[str]:
        """English stems, numbers, and for a word that may be a name its phonetic skeleton behind ``~``."""
        return _translated(word, language)


@lru_cache(maxsize=1 << 16)
def _translated(word: str, language: str) -> frozenset[str]:
    from qa.text.concepts import concepts_of

    return frozenset(concept for concept, weight in concepts_of(word, language).items() if weight >= _STRONG)


def is_known(word: str, language: str, concepts: Concepts) -> bool:
    """Whether a word is known as a word of the language, not only by its sound."""
    if language == "en":
        from qa.text.concepts import table

        return word in table().familiar
    return any(not concept.startswith("~") for concept in concepts.translate(word, language))


def is_transliterated(word: str, language: str, concepts: Concepts) -> bool:
    """Whether what a word means in English sounds like the word: تهران and Tehran, but not سفیر and ambassador."""
    sound = skeleton(fold(word).text)
    meanings = [concept for concept in concepts.translate(word, language) if not concept.startswith("~")]
    return len(sound) >= 2 and any(skeleton(meaning) == sound for meaning in meanings)

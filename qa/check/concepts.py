"""The seam through which words of two languages are compared."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache
from typing import Final, Protocol

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


class NoConcepts:
    """Knows no word: what is said in another language than its quotes stays unchecked."""

    def translate(self, word: str, language: str) -> Set[str]:
        """Nothing."""
        return frozenset()


@lru_cache(maxsize=1 << 15)
def _translated(word: str, language: str) -> frozenset[str]:
    from qa.text.concepts import concepts_of

    return frozenset(concept for concept, weight in concepts_of(word, language).items() if weight >= _STRONG)

"""A question as words that can be compared, and the phrases that say that something in it is meant of the articles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from qa.text import Word, fold, words
from qa.text.data_files import data_lines

FILE = "question.cues.txt"
LONGEST = 4  # words of a phrase


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its words; places count words, from 0."""

    text: str
    words: tuple[Word, ...]

    @classmethod
    def of(cls, question: str) -> Asked:
        """The words of a question."""
        return cls(question, tuple(words(question)))

    def joined(self, start: int, stop: int) -> str:
        """The words ``[start, stop)``, folded, without spaces."""
        return "".join(word.folded for word in self.words[start:stop])

    def before(self, place: int, *roles: str) -> int | None:
        """Where the longest phrase of these roles begins that ends just before word ``place``."""
        known = phrases(*roles)
        for size in range(min(LONGEST, place), 0, -1):
            if self.joined(place - size, place) in known:
                return place - size
        return None

    def after(self, place: int, *roles: str) -> int | None:
        """Where the longest phrase of these roles ends that begins at word ``place``."""
        known = phrases(*roles)
        for size in range(min(LONGEST, len(self.words) - place), 0, -1):
            if self.joined(place, place + size) in known:
                return place + size
        return None

    def places(self, start: int, end: int) -> tuple[int, int]:
        """The words that code points ``[start, end)`` of the question touch, as a range of places."""
        return sum(word.end <= start for word in self.words), sum(word.start < end for word in self.words)

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """The code points of the words ``[start, stop)``."""
        return self.words[start].start, self.words[stop - 1].end


@cache
def phrases(*roles: str) -> frozenset[str]:
    """The phrases of these roles, folded, without spaces."""
    return frozenset(
        squeezed(phrase)
        for line in data_lines(FILE)
        if line.partition(":")[0] in roles
        for phrase in line.partition(":")[2].split("|")
    )


def squeezed(text: str) -> str:
    """A text as :meth:`Asked.joined` writes it."""
    return "".join(word.folded for word in words(text)) or fold(text).text.strip()

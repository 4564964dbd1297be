"""A text seen as the lines of a page, with what tells a headline, a menu and a paragraph apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from qa.text import fold

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_WORD = re.compile(r"[^\W_]\S*")
_NOT_LETTERS = re.compile(r"[\W_]+")
_BULLET = re.compile(r"^[\s•·●▪◦*–—»›>#|-]+")
_CLOSERS = "»”\"'’)]*_ "
_ENDS = ".!?؟…؛:۔"
PROSE_WORDS = 14
LONG_WORDS = 30


@dataclass(frozen=True)
class Line:
    """A line that is not blank: ``text == page[start:end]``, trimmed. ``paragraph`` counts blank-line blocks."""

    start: int
    end: int
    text: str
    paragraph: int

    @cached_property
    def key(self) -> str:
        """Its letters and digits alone, folded: equal for two spellings of a phrase, with or without spaces."""
        return squash(self.text)

    @cached_property
    def words(self) -> int:
        """How many words it has; bullets and separators are none."""
        return len(_WORD.findall(self.text))

    @cached_property
    def closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.text.rstrip(_CLOSERS)[-1:] in _ENDS

    @cached_property
    def prose(self) -> bool:
        """Whether it is running text: long, and closed as sentences are unless it is very long."""
        return self.words >= (PROSE_WORDS if self.closed else LONG_WORDS)

    @cached_property
    def bare(self) -> str:
        """The text without the bullet in front."""
        return _BULLET.sub("", self.text)


def squash(text: str) -> str:
    """Letters and digits of ``text``, folded and run together."""
    return _NOT_LETTERS.sub("", fold(text).text)


def read_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, in order."""
    lines: list[Line] = []
    paragraph, previous = 0, 0
    for found in _LINE.finditer(text):
        body = found.group().strip()
        if not body:
            continue
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        if lines and text.count("\n", previous, start) > 1:
            paragraph += 1
        previous = start + len(body)
        lines.append(Line(start, previous, body, paragraph))
    return lines

"""Finds the ranges of a page that are not its article: menus, labels, other stories, comments, notices.

What is certain by its wording is marked wherever it stands. All else is judged by where it stands: above the
headline, between headline and first paragraph, or below the last; inside the article's body little is touched,
since losing a sentence of an article is worse than keeping a label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.datelines import is_dateline
from ingest.layout import Line, squash
from ingest.phrases import phrases
from qa.values import Span

Kind = Literal["label", "menu", "dateline", "byline", "counter", "notice", "comment", "teaser", "repeat", "markup"]

_FILE_NAME = re.compile(r"^[\w\s().,-]{1,60}\.(?:png|jpe?g|gif|webp|svg|bmp|mp[34]|pdf)$", re.IGNORECASE)
_COUNTER = re.compile(r"^[\W\d_]*$")
_COPYRIGHT = re.compile(r"©|\(c\)\s*\d{4}|\bcopyright\s+(?:©|\d{4})", re.IGNORECASE)
_DELIMITER = re.compile(r"[:،,/|؛–—-]")
_SEPARATORS = re.compile(r"\s*[|•·»›>/]\s*")
_HASHTAGS = re.compile(r"^(?:#[\w\u200c]+[\s،,]*)+$")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$")
_NOTICE_WORDS = 30
_LABEL_WORDS = 4
_REPEAT_WORDS = 8
_REPEATED_LABEL = 3
_HEADLINE_WORDS = 25


@dataclass(frozen=True, slots=True)
class Clutter:
    """A range of the text that is not the article, and what it is."""

    start: int
    end: int
    kind: Kind


def mark_certain(lines: Sequence[Line]) -> list[Kind | None]:
    """For each line, what it is by its wording alone, or None."""
    kinds = [_by_wording(line) for line in lines]
    _mark_repeats(lines, kinds)
    return kinds


def mark_surroundings(lines: Sequence[Line], kinds: list[Kind | None], title: int | None) -> None:
    """Mark what stands around the article, given which line is its title."""
    tail = _tail(lines, kinds, title)
    for index in range(tail, len(lines)):
        kinds[index] = kinds[index] or _in_tail(lines, kinds, index, tail)
    body = [index for index in range(tail) if kinds[index] is None and lines[index].prose]
    first = body[0] if body else tail
    last = body[-1] if body else (title or 0)
    _mark_head(lines, kinds, first if title is None else max(first, title), title)
    _mark_foot(lines, kinds, last + 1, tail)


def spans_of(lines: Sequence[Line], kinds: Sequence[Kind | None]) -> list[Clutter]:
    """The marked lines as ranges; neighbours of one kind become one range."""
    found: list[Clutter] = []
    for line, kind in zip(lines, kinds, strict=True):
        if kind is None:
            continue
        found.append(Clutter(line.start, line.end, kind))
    return found


def as_spans(clutter: Sequence[Clutter]) -> tuple[Span, ...]:
    """The ranges alone, in order, those that touch or overlap made one."""
    merged: list[Span] = []
    for item in sorted(clutter, key=lambda item: item.start):
        if merged and item.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, item.end))
        else:
            merged.append(Span(item.start, item.end))
    return tuple(merged)


def _by_wording(line: Line) -> Kind | None:
    if line.words > _NOTICE_WORDS:
        return None
    known = phrases()
    if line.key in known.label or line.key in known.related or line.key in known.comment:
        return "label"
    if _FILE_NAME.match(line.text) or _HASHTAGS.match(line.text) or _ADDRESS.match(line.text):
        return "label"
    if _opens(line, known.starts) or (line.words <= 8 and line.key.startswith(tuple(known.credit))):
        return "label"
    if _COPYRIGHT.search(line.text) or any(phrase in line.key for phrase in known.legal):
        return "notice"
    if any(phrase in line.key for phrase in known.promotion):
        return "notice"
    return "menu" if _is_bar(line, known.label | known.section) else None


def _opens(line: Line, openings: frozenset[str]) -> bool:
    return squash(_DELIMITER.split(line.bare, maxsplit=1)[0]) in openings


def _is_bar(line: Line, names: frozenset[str]) -> bool:
    """Whether it is a row of links such as ``Home | About | Contact``."""
    parts = [part for part in _SEPARATORS.split(line.text) if part]
    if len(parts) < 2 or any(len(part.split()) > _LABEL_WORDS for part in parts):
        return False
    return sum(squash(part) in names for part in parts) * 2 >= len(parts)


def _mark_repeats(lines: Sequence[Line], kinds: list[Kind | None]) -> None:
    """A paragraph that stands there twice, and a quote from the body pulled above it, count once."""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if kinds[index] is None and line.words >= _REPEAT_WORDS:
            if line.key in seen:
                kinds[index] = "repeat"
            seen.add(line.key)
    for index, line in enumerate(lines[:8]):
        if kinds[index] is None and line.words >= 2 * _REPEAT_WORDS:
            later = (other for other in lines[index + 1 :] if len(other.key) > len(line.key))
            if any(line.key in other.key for other in later):
                kinds[index] = "repeat"


def _tail(lines: Sequence[Line], kinds: Sequence[Kind | None], title: int | None) -> int:
    """The line at which the article is over for good, or the number of lines."""
    known = phrases()
    prose = 0
    for index, line in enumerate(lines):
        opens = line.words <= 6 and not line.closed and _is_heading_of(line, known.tail | known.comment | known.related)
        if opens and prose and (title is None or index > title) and not _resumes(lines, kinds, index + 1):
            return index
        prose += kinds[index] is None and line.prose
    return len(lines)


def _is_heading_of(line: Line, names: frozenset[str]) -> bool:
    """Whether a line is one of the phrases, or one with a section's name after it."""
    if line.key in names:
        return True
    return any(line.key.startswith(name) for name in names if len(name) >= 10)


def _resumes(lines: Sequence[Line], kinds: Sequence[Kind | None], start: int) -> bool:
    """Whether the article goes on after a list of links: paragraphs follow each other, no labels between them."""
    short = Counter(line.key for line in lines[start:] if line.words <= _LABEL_WORDS)
    if any(count >= _REPEATED_LABEL for count in short.values()):
        return False
    rest = [line for line, kind in zip(lines[start:], kinds[start:], strict=True) if kind is None]
    return any(first.prose and second.prose for first, second in zip(rest, rest[1:], strict=False))


def _in_tail(lines: Sequence[Line], kinds: Sequence[Kind | None], index: int, tail: int) -> Kind:
    line = lines[index]
    if line.words <= _LABEL_WORDS:
        return "label"
    opener = max((at for at in range(tail, index + 1) if lines[at].key in phrases().comment), default=None)
    if opener is not None:
        return "comment"
    return "teaser" if line.words >= _REPEAT_WORDS else "menu"


def _mark_head(lines: Sequence[Line], kinds: list[Kind | None], first: int, title: int | None) -> None:
    above = range(title if title is not None else first)
    furniture = sum(kinds[index] is not None for index in above)
    names = phrases().section
    for index in range(first):
        line = lines[index]
        if kinds[index] is not None or index == title:
            continue
        if is_dateline(line.bare):
            kinds[index] = "dateline"
        elif _COUNTER.match(line.text):
            kinds[index] = "counter"
        elif line.key in names and index != title:
            kinds[index] = "menu"
        elif index in above and not line.closed and (furniture or len(above) > 3):
            kinds[index] = "menu" if line.words <= _LABEL_WORDS else "teaser"


def _mark_foot(lines: Sequence[Line], kinds: list[Kind | None], start: int, end: int) -> None:
    """Mark between the last paragraph and the tail. What follows the first certain mark there is furniture too."""
    furniture = end < len(lines)
    names = phrases().section
    for index in range(start, end):
        line = lines[index]
        if kinds[index] is not None:
            furniture = True
        elif is_dateline(line.bare):
            kinds[index] = "dateline"
        elif _COUNTER.match(line.text):
            kinds[index] = "counter"
        elif line.key in names or (furniture and line.words <= _LABEL_WORDS and not line.closed and index > start):
            kinds[index] = "menu"

"""What a line of a page is by its wording alone, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ingest.layout import Line, squash
from ingest.phrases import phrases
from qa.text import fold

Kind = Literal["label", "menu", "dateline", "byline", "counter", "notice", "comment", "teaser", "repeat", "markup"]
"""What a range that is not the article is. A teaser tells of another story; markup is a file format's own."""

_FILE_NAME = re.compile(r"^[\w\s().,-]{1,60}\.(?:png|jpe?g|gif|webp|svg|bmp|mp[34]|pdf)$", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|\(c\)\s*\d{4}|\bcopyright\s+(?:©|\d{4})", re.IGNORECASE)
_DELIMITER = re.compile(r"[:،,/|؛–—-]")
_SEPARATORS = re.compile(r"\s*[|•·»›>/]\s*")
_HASHTAGS = re.compile(r"^(?:#[\w\u200c]+[\s،,]*)+$")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$")
_COUNTED = re.compile(r"^\W*\d[\d,.]*\W*k?\W*([^\W\d]+)\W*$|^\W*([^\W\d]+)\W*\d[\d,.]*\W*$")
_NOTICE_WORDS = 30
_NOTICE_LETTERS = 400
_CREDIT_WORDS = 8
_REPEAT_WORDS = 8
_PULLED_WORDS = 16
_PULLED_LINES = 10
_SIGNATURE = 20
LABEL_WORDS = 4


def kind_by_wording(line: Line) -> Kind | None:
    """What a line is for certain, or None. Nothing longer than 30 words is judged."""
    if len(line.text) > _NOTICE_LETTERS or line.words > _NOTICE_WORDS:
        return None
    known = phrases()
    if line.key in known.label or line.key in known.related or line.key in known.comment:
        return "label"
    if _FILE_NAME.match(line.text) or _HASHTAGS.match(line.text) or _ADDRESS.match(line.text):
        return "label"
    if _opens_with(line, known.starts) or (line.words <= _CREDIT_WORDS and line.key.startswith(tuple(known.credit))):
        return "label"
    if line.words <= LABEL_WORDS and _counts(line):
        return "counter"
    if _COPYRIGHT.search(line.text) or any(phrase in line.key for phrase in known.legal | known.promotion):
        return "notice"
    return "menu" if _is_row_of_links(line) else None


def heads_other_stories(line: Line) -> bool:
    """Whether a line heads a list of other stories or the comments, after which an article seldom goes on."""
    known = phrases()
    if line.closed or line.words > 7:
        return False
    if line.key in known.tail or line.key in known.comment or line.key.startswith(tuple(known.more)):
        return True
    return any(line.key.startswith(name) and line.key[len(name) :] in known.section for name in known.tail)


def heads_links(line: Line) -> bool:
    """Whether a line heads a few links to other stories, in the middle of an article maybe."""
    return line.key in phrases().related


def repeats(lines: Sequence[Line]) -> set[int]:
    """Lines of eight words and more that stand there a second time."""
    first: dict[str, int] = {}
    return {
        index
        for index, line in enumerate(lines)
        if line.words >= _REPEAT_WORDS and first.setdefault(line.key, index) != index
    }


def pulled(lines: Sequence[Line]) -> dict[int, int]:
    """Long lines near the top that a later line contains, by that line: quotes pulled out of the body."""
    found = {}
    for index, line in enumerate(lines[:_PULLED_LINES]):
        if line.words >= _PULLED_WORDS:
            later = range(index + 1, len(lines))
            at = next((i for i in later if len(lines[i].key) > len(line.key) and line.key in lines[i].key), None)
            if at is not None:
                found[index] = at
    return found


def nearly_same(line: Line, other: Line) -> bool:
    """Whether two lines, one of which contains the other, differ by a signature at most."""
    return abs(len(line.key) - len(other.key)) <= _SIGNATURE


def _opens_with(line: Line, openings: frozenset[str]) -> bool:
    return squash(_DELIMITER.split(line.bare, maxsplit=1)[0]) in openings


def _counts(line: Line) -> bool:
    """Whether a line is a number of comments, views or shares."""
    found = _COUNTED.match(fold(line.bare).text)
    return found is not None and squash(found.group(1) or found.group(2)) in phrases().counted


def _is_row_of_links(line: Line) -> bool:
    """Whether it is a row of names such as ``Home | About | Contact``."""
    parts = [part for part in _SEPARATORS.split(line.text) if part]
    if len(parts) < 2 or any(len(part.split()) > LABEL_WORDS for part in parts):
        return False
    names = phrases().label | phrases().section
    return sum(squash(part) in names for part in parts) * 2 >= len(parts)

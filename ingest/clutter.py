"""Finds the ranges of a page that are not its article: menus, labels, other stories, comments, notices.

What is certain by its wording is marked wherever it stands. All else is judged by its place: above the headline,
between headline and first paragraph, or below the last. Inside the article's body little is touched, since to lose
a sentence of an article is worse than to keep a label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.datelines import is_byline, is_dateline
from ingest.layout import Line, squash
from ingest.phrases import phrases
from ingest.wording import LABEL_WORDS, Kind, heads_links, heads_other_stories
from qa.text import content_words
from qa.values import Span

_NO_LETTERS = re.compile(r"^[\W\d_]*$")
_REPEATED_LABEL = 3
_MAX_LINKS = 6
_FEW_LINES = 3
_SHARED = 0.3
_CHANCE_LETTERS = 3
_MOST_OF_PAGE = 0.4


@dataclass(frozen=True, slots=True)
class Clutter:
    """A range of the text that is not the article, and what it is."""

    start: int
    end: int
    kind: Kind


def mark_surroundings(lines: Sequence[Line], kinds: list[Kind | None], title: int | None, language: str) -> None:
    """Complete ``kinds``, which holds what is certain, by what stands around the article of this title."""
    tail = _tail(lines, kinds, title)
    for index in range(tail, len(lines)):
        kinds[index] = kinds[index] or _in_tail(lines, index, tail)
    _mark_links(lines, kinds, tail, title, language)
    body = [index for index in range(tail) if kinds[index] is None and lines[index].prose]
    if not body:
        return
    first = next((index for index in body if title is None or index > title), body[-1])
    _mark_head(lines, kinds, first, title, language)
    _mark_foot(lines, kinds, body[-1] + 1, tail)


def as_spans(clutter: Iterable[Clutter]) -> tuple[Span, ...]:
    """The ranges alone, in order, those that touch or overlap made one."""
    merged: list[Span] = []
    for item in sorted(clutter, key=lambda item: item.start):
        if merged and item.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, item.end))
        else:
            merged.append(Span(item.start, item.end))
    return tuple(merged)


def shared_words(line: Line, body: str, language: str) -> float:
    """How many of a line's telling words the squashed ``body`` contains, as a share in [0, 1].

    On real pages lines about the article have 0.4 and more, headlines of other stories mostly under 0.3. Words of
    three letters are left out: in a squashed text they turn up by chance.
    """
    words = {key for word in content_words(line.text, language) if len(key := squash(word)) > _CHANCE_LETTERS}
    return sum(word in body for word in words) / max(len(words), 1)


def squashed_body(lines: Sequence[Line], kinds: Sequence[Kind | None]) -> str:
    """The running text of a page, squashed."""
    return " ".join(line.key for line, kind in zip(lines, kinds, strict=True) if kind is None and line.prose)


def _tail(lines: Sequence[Line], kinds: Sequence[Kind | None], title: int | None) -> int:
    """The line at which the article is over for good, or the number of lines."""
    prose = [line.words if kind is None and line.prose else 0 for line, kind in zip(lines, kinds, strict=True)]
    before = 0
    for index, line in enumerate(lines):
        if before and (title is None or index > title):
            if heads_other_stories(line) and (before > _MOST_OF_PAGE * sum(prose) or _is_listing(lines, index + 1)):
                return index
            if heads_links(line) and (_is_listing(lines, index + 1) or not _resumes(lines, kinds, index + 1)):
                return index
        before += prose[index]
    return len(lines)


def _is_listing(lines: Sequence[Line], start: int) -> bool:
    """Whether one short line comes again and again from here on, as the section's name does over each teaser."""
    short = Counter(line.key for line in lines[start:] if line.words <= LABEL_WORDS and not line.text.endswith(":"))
    return any(count >= _REPEATED_LABEL for count in short.values())


def _resumes(lines: Sequence[Line], kinds: Sequence[Kind | None], start: int) -> bool:
    """Whether running text goes on after a list of links: somewhere two paragraphs follow each other."""
    rest = [line for line, kind in zip(lines[start:], kinds[start:], strict=True) if kind is None]
    ended = next((at for at, line in enumerate(rest) if heads_other_stories(line)), len(rest))
    return any(first.prose and second.prose for first, second in pairwise(rest[:ended]))


def _in_tail(lines: Sequence[Line], index: int, tail: int) -> Kind:
    line = lines[index]
    if line.words < LABEL_WORDS or heads_other_stories(line):
        return "label"
    if any(lines[at].key in phrases().comment for at in range(tail, index)):
        return "comment"
    return "teaser"


def _mark_links(lines: Sequence[Line], kinds: list[Kind | None], end: int, title: int | None, language: str) -> None:
    """Mark the links under a "read more" in the body: the lines up to the next paragraph, not its heading.

    A paragraph that shares few words with the rest of the article tells of the story that the link above it names.
    """
    for index in range(title + 1 if title is not None else end, end):
        if not heads_links(lines[index]):
            continue
        links = []
        for at in range(index + 1, min(index + 1 + _MAX_LINKS, end)):
            if kinds[at] is not None or lines[at].prose or lines[at].closed:
                break
            links.append(at)
        if len(links) > 1 and lines[links[-1]].words <= 2 * LABEL_WORDS:
            links.pop()
        for at in links:
            kinds[at] = "teaser"
        below = links[-1] + 1 if links else end
        if len(links) == 1 and below < end and kinds[below] is None and lines[below].closed:
            kinds[below] = "teaser"  # so that it is not compared with itself
            if shared_words(lines[below], squashed_body(lines, kinds), language) >= _SHARED:
                kinds[below] = None


def _mark_head(lines: Sequence[Line], kinds: list[Kind | None], first: int, title: int | None, language: str) -> None:
    """Mark above the first paragraph. A line above the headline is furniture where there is more of that kind."""
    above = title if title is not None else first
    body = squashed_body(lines, kinds)
    for index in range(first):
        if kinds[index] is None and index != title:
            kinds[index] = _beside(lines[index])
    marked = sum(kind is not None for kind in kinds[:above])
    certain = marked >= (1 if title is not None else _FEW_LINES)
    if not certain and not (title is not None and above > _FEW_LINES):
        return
    for index in range(above):
        line = lines[index]
        if kinds[index] is not None or line.closed:
            continue
        if line.words <= LABEL_WORDS:
            kinds[index] = "menu"
        elif shared_words(line, body, language) < _SHARED:
            kinds[index] = "teaser"


def _mark_foot(lines: Sequence[Line], kinds: list[Kind | None], start: int, end: int) -> None:
    """Mark below the last paragraph. What follows the first certain mark there is furniture too."""
    furniture = False
    for index in range(start, end):
        line = lines[index]
        kinds[index] = kinds[index] or _beside(line)
        if kinds[index] is None and furniture and line.words <= LABEL_WORDS and not line.closed:
            kinds[index] = "menu"
        furniture = furniture or kinds[index] is not None


def is_furniture(line: Line) -> bool:
    """Whether a line outside an article's body is a date, a byline, a number or a section's name."""
    return _beside(line) is not None


def _beside(line: Line) -> Kind | None:
    """What a line is that would be part of the article only inside its body."""
    if is_dateline(line.bare):
        return "dateline"
    if is_byline(line.bare):
        return "byline"
    if _NO_LETTERS.match(line.text):
        return "counter"
    return "menu" if line.key in phrases().section else None

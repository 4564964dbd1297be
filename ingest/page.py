"""A whole page understood: which line is its title, and which ranges are not its article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.clutter import Clutter, Kind, mark_certain, mark_surroundings, spans_of
from ingest.datelines import day_mentioned
from ingest.layout import Line, read_lines, squash
from ingest.phrases import phrases
from qa.text import content_words
from qa.values import Span

_TITLE_WORDS = range(3, 41)
_HEAD_LINES = 40
_NUMERIC_DATE = re.compile(r"^\W*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b")
_AFTER_DATE = re.compile(r"[\s|:–—-]*")


@dataclass(frozen=True)
class Page:
    """The lines of a text with what each is (None: the article), its title's range and all its clutter."""

    lines: tuple[Line, ...]
    kinds: tuple[Kind | None, ...]
    title: Span | None
    clutter: tuple[Clutter, ...]


def read_page(text: str, *, title: str | None = None) -> Page:
    """Understand a text as a page. ``title`` is its headline where that is known from elsewhere."""
    lines = read_lines(text)
    kinds = mark_certain(lines)
    at = _given_title(lines, title) if title else _best_title(lines, kinds)
    if at is not None:
        kinds[at] = None
    mark_surroundings(lines, kinds, at)
    clutter = spans_of(lines, kinds)
    span = None
    if at is not None:
        start = lines[at].start + _date_prefix(lines[at].text)
        span = Span(start, lines[at].end)
        if start > lines[at].start:
            clutter.append(Clutter(lines[at].start, start, "dateline"))
    return Page(tuple(lines), tuple(kinds), span, tuple(sorted(clutter, key=lambda item: item.start)))


def _given_title(lines: Sequence[Line], title: str) -> int | None:
    key = squash(title)
    return next((index for index, line in enumerate(lines[:_HEAD_LINES]) if line.key == key), None)


def _best_title(lines: Sequence[Line], kinds: Sequence[Kind | None]) -> int | None:
    """The headline-like line above the first paragraph that shares most words with the body."""
    first = next((index for index, line in enumerate(lines) if kinds[index] is None and line.prose), len(lines))
    candidates = [
        index for index in range(min(first, _HEAD_LINES)) if kinds[index] is None and _is_headline(lines[index])
    ]
    if not candidates:
        return None
    body = squash(" ".join(line.text for line, kind in zip(lines[first:], kinds[first:], strict=True) if kind is None))
    return max(candidates, key=lambda index: (round(_overlap(lines[index], body), 1), index))


def _is_headline(line: Line) -> bool:
    return line.words in _TITLE_WORDS and not line.text.endswith((".", ":", "،", ",", "؛", ";"))


def _overlap(line: Line, body: str) -> float:
    words = [squash(word) for word in content_words(line.text, "und")]
    return sum(word in body for word in words if word) / max(len(words), 1)


def _date_prefix(line: str) -> int:
    """How many characters at the start of a headline are a date that the page put there."""
    mention = day_mentioned(line)
    if mention is None or mention.end > len(line) // 2:
        return 0
    label = squash(line[: mention.start])
    if label in phrases().dateline or (not label and _NUMERIC_DATE.match(line)):
        return mention.end + len(_AFTER_DATE.match(line, mention.end).group())
    return 0

"""Teasers: what a page says of another story, a linked headline with the lines under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.clutter import Clutter
from ingest.layout import Line
from ingest.wording import Kind
from qa.values import Span

# A line that is a Markdown link and nothing else, as exports and scrapers write a linked headline.
_LINKED = re.compile(r"^[\s#>*•\d.)-]*\[([^\[\]\n]+)\]\((?:https?://|/)[^()\s]+(?:\([^()\s]*\)[^()\s]*)?\)[\s*.]*$")
_HEADLINE_WORDS = 4
_SUMMARY_LINES = 3
_ASKING = "?؟!"


def mark_linked(lines: Sequence[Line], kinds: list[Kind | None], title: int | None) -> None:
    """Mark headlines that are links, with the lines of their paragraph under them."""
    for index, line in enumerate(lines):
        found = None if index == title or kinds[index] else _LINKED.match(line.text)
        if found is None:
            continue
        told = len(found[1].split()) >= _HEADLINE_WORDS
        kinds[index] = "teaser" if told else "menu"
        for below in range(index + 1, min(index + 1 + _SUMMARY_LINES, len(lines)) if told else 0):
            if lines[below].paragraph != line.paragraph or kinds[below] or _LINKED.match(lines[below].text):
                break
            kinds[below] = "teaser"


def stories(lines: Sequence[Line], kinds: Sequence[Kind | None], known: Iterable[Clutter]) -> tuple[Span, ...]:
    """The ranges of the teasers, a range a story: a headline and what stands closed under it, or either alone.

    ``known`` are ranges that a reader has marked already, each one story.
    """
    found = [Span(item.start, item.end) for item in known if item.kind == "teaser"]
    open_headline = False
    for line, kind in zip(lines, kinds, strict=True):
        if kind != "teaser":
            open_headline = False
        elif open_headline and line.closed and line.text[-1] not in _ASKING:
            found[-1] = Span(found[-1].start, line.end)
            open_headline = False
        else:
            found.append(Span(line.start, line.end))
            open_headline = not line.closed and not line.prose
    return tuple(sorted(found))

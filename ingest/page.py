"""A whole page understood: which line is its title, and which ranges are not its article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.clutter import Clutter, is_furniture, mark_surroundings, shared_words, squashed_body
from ingest.credits import Credits, find_credits
from ingest.datelines import day_mentioned
from ingest.layout import Line, read_lines, squash
from ingest.phrases import phrases
from ingest.teasers import mark_linked, stories
from ingest.wording import Kind, kind_by_wording, nearly_same, pulled, repeats
from qa.text import detect_language
from qa.values import Span

_TITLE_WORDS = range(3, 41)
_HEAD_LINES = 40
_LANGUAGE_LETTERS = 500
_PREFIX_LETTERS = 80
_NUMERIC_DATE = re.compile(r"^\W*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b")
_AFTER_DATE = re.compile(r"[\s|:–—-]*")


@dataclass(frozen=True)
class Page:
    """The lines of a text with what each is (None: the article), its title's range and all that is not the article.

    ``teasers`` are the stories that its clutter of that kind tells, one range each.
    """

    lines: tuple[Line, ...]
    kinds: tuple[Kind | None, ...]
    title: Span | None
    clutter: tuple[Clutter, ...]
    teasers: tuple[Span, ...]
    credits: Credits
    language: str

    def body(self) -> list[Line]:
        """The lines of the article, its title among them."""
        return [line for line, kind in zip(self.lines, self.kinds, strict=True) if kind is None]


def read_page(text: str, *, title: str | None = None, clutter: Sequence[Clutter] = ()) -> Page:
    """Understand a text as a page. ``title`` and ``clutter`` are what is known of it from elsewhere."""
    lines = [line for line in read_lines(text) if not any(c.start <= line.start and line.end <= c.end for c in clutter)]
    kinds = [kind_by_wording(line) for line in lines]
    language = _language(lines)
    extracts = pulled(lines)
    for index in repeats(lines) | set(extracts):
        kinds[index] = "repeat"
    at = _given_title(lines, title) if title else _best_title(lines, kinds, language)
    _keep_lead(lines, kinds, extracts, -1 if at is None else at)
    if at is not None:
        kinds[at] = None
    mark_linked(lines, kinds, at)
    mark_surroundings(lines, kinds, at, language)
    credits = find_credits(lines, kinds, at)
    marked = [Clutter(line.start, line.end, kind) for line, kind in zip(lines, kinds, strict=True) if kind]
    span = None
    if at is not None:
        start = lines[at].start + _date_prefix(lines[at].text)
        span = Span(start, lines[at].end)
        if start > lines[at].start:
            marked.append(Clutter(lines[at].start, start, "dateline"))
    if credits.signature:
        marked.append(Clutter(*credits.signature, "byline"))
    every = sorted([*clutter, *marked], key=lambda item: item.start)
    told = stories(lines, kinds, clutter)
    return Page(tuple(lines), tuple(kinds), span, tuple(every), told, credits, language)


def _language(lines: Sequence[Line]) -> str:
    """The language of a page's running text; its menus may be in another."""
    text = "\n".join(line.text for line in lines if line.prose) or "\n".join(line.text for line in lines)
    return detect_language(text[:_LANGUAGE_LETTERS])


def _keep_lead(lines: Sequence[Line], kinds: list[Kind | None], extracts: dict[int, int], title: int) -> None:
    """Below the title, what the body says again is the article's lead; its copy, if it is no more, is the repeat."""
    for index, later in extracts.items():
        if index > title:
            kinds[index] = None
            if nearly_same(lines[index], lines[later]):
                kinds[later] = "repeat"


def _given_title(lines: Sequence[Line], title: str) -> int | None:
    key = squash(title)
    return next((index for index, line in enumerate(lines[:_HEAD_LINES]) if line.key == key), None)


def _best_title(lines: Sequence[Line], kinds: Sequence[Kind | None], language: str) -> int | None:
    """The headline-like line above the first paragraph that shares most words with the body, the lowest of equals."""
    first = next((index for index, line in enumerate(lines) if kinds[index] is None and line.prose), len(lines))
    head = range(min(first, _HEAD_LINES))
    candidates = [index for index in head if kinds[index] is None and _is_headline(lines[index])]
    body = squashed_body(lines, kinds)
    return max(
        candidates, key=lambda index: (round(shared_words(lines[index], body, language), 1), index), default=None
    )


def _is_headline(line: Line) -> bool:
    if line.words not in _TITLE_WORDS or line.text.endswith((".", ":", "،", ",", "؛", ";")):
        return False
    return not is_furniture(line)


def _date_prefix(line: str) -> int:
    """How many characters at the start of a headline are a date that the page put there."""
    mention = day_mentioned(line[:_PREFIX_LETTERS])
    if mention is None or mention.end > len(line) // 2:
        return 0
    label = squash(line[: mention.start])
    if label in phrases().dateline or (not label and _NUMERIC_DATE.match(line)):
        after = _AFTER_DATE.match(line, mention.end)
        return after.end() if after else mention.end
    return 0

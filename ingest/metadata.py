"""Title, outlet, author, date and language of an article, where the page plainly says; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.datelines import day_mentioned
from ingest.page import Page
from ingest.records import Draft
from qa.text import fold

_ISO = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?)?")
_TIME = re.compile(r"\b(?:[01]?\d|2[0-3]):[0-5]\d\b")
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}$")


@dataclass(frozen=True, slots=True)
class Header:
    """What an Article says of itself; see values.Article."""

    title: str | None
    source: str | None
    url: str | None
    author: str | None
    published: str | None
    language: str


def describe(draft: Draft, page: Page) -> Header:
    """The header of a draft: what its format states, else what its page plainly shows."""
    title = draft.title or (draft.text[page.title.start : page.title.end] if page.title else None)
    return Header(
        title=_clean(title),
        source=_clean(draft.source or page.credits.outlet),
        url=_clean(draft.url),
        author=_clean(draft.author or page.credits.author),
        published=_stated_date(draft.published) or _shown_date(draft, page),
        language=_stated_language(draft.language) or page.language,
    )


def _clean(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def _stated_language(value: str | None) -> str | None:
    code = (value or "").strip().replace("_", "-").split("-")[0]
    return code.lower() if _LANGUAGE.match(code) else None


def _stated_date(value: str | None) -> str | None:
    return read_date(value) if value else None


def _shown_date(draft: Draft, page: Page) -> str | None:
    """The date of the first dateline that names one certain day."""
    shown = [draft.text[item.start : item.end] for item in page.clutter if item.kind == "dateline"]
    return next((found for line in [*draft.head.splitlines(), *shown] if (found := read_date(line))), None)


def read_date(text: str) -> str | None:
    """The one certain day that a short text names, as ISO 8601, with the minute where it has one; else None."""
    if found := _ISO.match(text.strip()):
        return found.group(1) + (f"T{found.group(2)}" if found.group(2) else "")
    mention = day_mentioned(text)
    if mention is None:
        return None
    times = _TIME.findall(fold(text).text)
    clock = f"{mention.time:%H:%M}" if mention.time else times[0].zfill(5) if len(times) == 1 else None
    return f"{mention.first.isoformat()}T{clock}" if clock else mention.first.isoformat()

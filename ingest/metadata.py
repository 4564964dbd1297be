"""Title, outlet, author, place, section, dates and language of an article, where the page plainly says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ingest.credits import filed_from
from ingest.datelines import named_author
from ingest.page import Page
from ingest.records import Draft
from ingest.times import Reading, read_moment, read_times

_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}$")
_ARABIC_SCRIPT = frozenset({"fa", "ar", "ckb", "kmr", "ku", "ur", "ps", "azb", "az", "ug", "sd"})
_DETECTED = {"ku": ("ckb", "kmr"), "az": ("azb",)}
_CERTAIN_LETTERS = 200
_DATE_LINES = 8  # what stands further down dates comments and other stories


@dataclass(frozen=True, slots=True)
class Header:
    """What an Article says of itself; see values.Article. ``doubts`` say what was left empty, and why."""

    title: str | None
    source: str | None
    url: str | None
    author: str | None
    published: str | None
    language: str
    place: str | None = None
    section: str | None = None
    modified: str | None = None
    approximate: bool = False
    doubts: tuple[str, ...] = ()


def describe(draft: Draft, page: Page, today: date | None = None) -> Header:
    """The header of a draft: what its format states, else what its page plainly shows.

    ``today`` is the day it was read, from which "2 days ago" counts; without it nothing is supposed.
    """
    title = draft.title or (draft.text[page.title.start : page.title.end] if page.title else None)
    source = _clean(draft.source or page.credits.outlet)
    stated, shown = _stated(draft, today), _shown(draft, page, today)
    published = _chosen((stated.published, *(each.published for each in shown)))
    modified = _chosen((stated.modified, *(each.modified for each in shown)))
    moment, changed = published.moment, modified.moment
    return Header(
        title=_clean(title),
        source=source,
        url=_clean(draft.url),
        author=_clean(draft.author or page.credits.author or _shown_author(draft)),
        published=moment.text if moment else None,
        language=_language(draft, page),
        place=_clean(draft.place) or _filed_from(page, source),
        section=_clean(draft.section or page.credits.section),
        modified=changed.text if changed and not changed.approximate else None,
        approximate=moment is not None and moment.approximate,
        doubts=tuple(each.doubt for each in (published, modified) if each.doubt),
    )


def _clean(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


@dataclass(frozen=True, slots=True)
class _Said:
    """What one place of a page says of both dates."""

    published: Reading
    modified: Reading


def _stated(draft: Draft, today: date | None) -> _Said:
    published = read_moment(draft.published, today) if draft.published else Reading()
    return _Said(published, read_moment(draft.modified) if draft.modified else Reading())


def _shown(draft: Draft, page: Page, today: date | None) -> list[_Said]:
    """What each date line says, those around the article first."""
    marked = [draft.text[item.start : item.end] for item in page.clutter if item.kind == "dateline"]
    lines = [*draft.head.splitlines(), *marked[:_DATE_LINES]]
    return [_Said(times.published, times.modified) for times in (read_times(line, today) for line in lines)]


def _chosen(readings: Iterable[Reading]) -> Reading:
    """The first certain moment, else the first approximate one; the first doubt where there is none."""
    readings = list(readings)
    moments = [each.moment for each in readings if each.moment]
    certain = next((each for each in moments if not each.approximate), None)
    doubt = next((each.doubt for each in readings if each.doubt), None)
    chosen = certain or (moments[0] if moments else None)
    return Reading(chosen, None if chosen else doubt)


def _shown_author(draft: Draft) -> str | None:
    return next((name for line in draft.head.splitlines() if (name := named_author(line))), None)


def _filed_from(page: Page, source: str | None) -> str | None:
    opening = next((line.text for line in page.body() if line.prose), None)
    return page.credits.place or (filed_from(opening, source) if opening else None)


def _language(draft: Draft, page: Page) -> str:
    """What is stated, unless the text is plainly in a neighbouring language: templates say fa of a Kurdish page."""
    code = (draft.language or "").strip().replace("_", "-").split("-")[0].lower()
    if not _LANGUAGE.match(code):
        return page.language
    plain = len(draft.text) >= _CERTAIN_LETTERS
    if plain and {code, page.language} <= _ARABIC_SCRIPT and page.language not in _DETECTED.get(code, (code,)):
        return page.language
    return page.language if page.language in _DETECTED.get(code, ()) else code

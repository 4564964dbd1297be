"""Filters from what a person writes: dates in any calendar, a language code, an outlet's name."""

from __future__ import annotations

from datetime import date

from qa.errors import SettingsError
from qa.values import Filters

LANGUAGES = ("fa", "ar", "en")


def parse_filters(
    *, since: str | None = None, until: str | None = None, source: str | None = None, language: str | None = None
) -> Filters:
    """Filters from text. A month or a year stands for its first day in ``since`` and its last in ``until``.

    Raises SettingsError for a date that cannot be read, a range that ends before it begins, and a language
    that is not one of fa, ar, en.
    """
    if language is not None and language not in LANGUAGES:
        raise SettingsError(f"Unknown language {language!r}.", hint=f"Use one of {', '.join(LANGUAGES)}.")
    first = _date(since, "since")[0] if since else None
    last = _date(until, "until")[1] if until else None
    if first and last and last < first:
        raise SettingsError(f"The dates end ({last}) before they begin ({first}).", hint="Swap --since and --until.")
    return Filters(since=first, until=last, source=source or None, language=language)


def _date(text: str, name: str) -> tuple[date, date]:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return _written_date(text, name)
    return day, day


def _written_date(text: str, name: str) -> tuple[date, date]:
    from qa.text.dates import find_dates

    mentions = find_dates(text, reference=date.today()) or find_dates(f"year {text}")
    if len(mentions) != 1:
        raise SettingsError(
            f"--{name}: {text!r} is not a date.", hint="Write it as 2025-11-16, 1404/08/25 or 25 آبان 1404."
        )
    return mentions[0].first, mentions[0].last

"""When an article was published and changed, as short lines of pages, feeds and files say it.

A day that is plainly named is taken as it is. One that says only how long ago it was, or leaves out its year, is
worked out from the time of reading and is approximate. What could be two days, or none, is left empty with the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from email.utils import parsedate_to_datetime

from ingest.datelines import has_age
from ingest.layout import squash
from ingest.phrases import phrases
from qa.text import fold
from qa.text.dates import DateMention, find_dates

_ISO = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?)?")
_COMPACT = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(?:\d{2})?Z?)?$")
_TIME = re.compile(r"\b(?:[01]?\d|2[0-3]):[0-5]\d\b")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?!\d)")
_LONGEST_APPROXIMATE = timedelta(days=31)  # "three weeks ago", "last month"; of a year nothing is known
_WORDS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or minute in ISO 8601, ``approximate`` when something had to be supposed."""

    text: str
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says: a moment, or in one line why there is none, or neither when it speaks of no day."""

    moment: Moment | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """What a line says of publication and of change; see :class:`Reading`."""

    published: Reading = Reading()
    modified: Reading = Reading()


def read_times(line: str, today: date | None) -> Times:
    """What a date line says: "Published 3 May 2026, updated 4 May 2026", «آخر تحديث: …», "2 days ago"."""
    at = _update_word(line)
    if at is None:
        return Times(published=read_moment(line, today))
    before = line[:at].strip(" \t|،,·•-–—(")
    return Times(published=read_moment(before, today) if before else Reading(), modified=read_moment(line[at:], today))


def read_moment(text: str, today: date | None = None) -> Reading:
    """The one day that a short text names. ``today`` is the day it was read, None to suppose nothing."""
    text = text.strip()
    for stated in (_iso(text), _mailed(text)):
        if stated is not None:
            return stated
    for mention in find_dates(text):
        if mention.precision == "day" and not mention.approximate and mention.first == mention.last:
            return Reading(Moment(_with_clock(mention, text)))
    if (numeric := _NUMERIC.search(fold(text).text)) is not None:
        return Reading(doubt=f"the date {text!r} {_why(numeric)}")
    for mention in find_dates(text, today) if today else ():
        if mention.precision == "day" or (has_age(text) and mention.last - mention.first < _LONGEST_APPROXIMATE):
            middle = mention.first + (mention.last - mention.first) // 2
            return Reading(Moment(min(middle, today or middle).isoformat(), approximate=True))
    return Reading(doubt=f"the date {text!r} is not understood") if _names_a_day(text) else Reading()


def _iso(text: str) -> Reading | None:
    found = _ISO.match(text)
    if found is None and (compact := _COMPACT.match(text)):
        year, month, day, hour, minute = compact.groups()
        return _checked(f"{year}-{month}-{day}", f"{hour}:{minute}" if hour else None, text)
    return _checked(found[1], found[2], text) if found else None


def _checked(day: str, clock: str | None, text: str) -> Reading:
    try:
        written = date.fromisoformat(day)
    except ValueError:
        return Reading(doubt=f"the date {text!r} is no day that there is")
    if written.year < 1500:
        return _shown(text)
    return Reading(Moment(f"{day}T{clock}" if clock else day))


def _shown(text: str) -> Reading:
    """An ISO-like date of another calendar: 1404-07-29."""
    for mention in find_dates(text):
        return Reading(Moment(_with_clock(mention, text)))
    return Reading(doubt=f"the date {text!r} may be of two calendars")


def _mailed(text: str) -> Reading | None:
    """The form of mail and feeds: "Mon, 16 Nov 2025 10:20:00 +0000"."""
    if not text.isascii() or text.count(":") < 1 or "," not in text:
        return None
    try:
        return Reading(Moment(parsedate_to_datetime(text).strftime("%Y-%m-%dT%H:%M")))
    except ValueError:
        return None


def _with_clock(mention: DateMention, text: str) -> str:
    times = _TIME.findall(fold(text).text)
    clock = f"{mention.time:%H:%M}" if mention.time else times[0].zfill(5) if len(times) == 1 else None
    return f"{mention.first.isoformat()}T{clock}" if clock else mention.first.isoformat()


def _why(numeric: re.Match[str]) -> str:
    parts = sorted((int(numeric[1]), int(numeric[2]), int(numeric[3])), reverse=True)
    if parts[0] >= 100 and max(parts[1:]) <= 12 and len(numeric[1]) < 3:
        return "may be day/month or month/day"
    if 1420 < parts[0] < 1500 and parts[1] <= 31 and parts[2] <= 12:
        return "may be of two calendars"
    return "is no day that there is" if parts[0] >= 100 else "has no plain year"


def _names_a_day(text: str) -> bool:
    """Whether a line that was not understood meant to name a day: a month beside a number (31 November)."""
    from qa.text.date_words import month_pattern

    folded = fold(text).text
    return bool(month_pattern().search(folded)) and any(letter.isdecimal() for letter in folded)


def _update_word(line: str) -> int | None:
    """Where the words begin that say that a date is the last change's, or None."""
    words = list(re.finditer(r"[^\W\d_]+(?:[\u200c-][^\W\d_]+)*", line))
    for first in range(len(words)):
        for last in range(min(first + _WORDS_BEFORE, len(words)) - 1, first - 1, -1):
            if squash(line[words[first].start() : words[last].end()]) in phrases().updated:
                return words[first].start()
    return None

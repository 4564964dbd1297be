"""Dates in Persian, Arabic and English text, in the Gregorian, Jalali and Hijri calendars.

Never guessed, and so not returned: impossible days (31 Aban, 30 February), numeric dates whose day and month could
change places (03/04/2025; written day first in the Jalali calendar, so 03/04/1404 is one), y/m/d with a year that
may be Jalali or Hijri, years before Christ. Supposed, and so marked approximate: the year of «۲۴ آبان», everything
relative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from qa.text.calendars import Calendar, Days, day_of
from qa.text.date_words import ERA, Precision, Stretch, era_in
from qa.text.folding import Folded, fold
from qa.text.month_dates import find_named
from qa.text.relative_dates import find_relative
from qa.text.years import find_years

__all__ = ["Calendar", "DateMention", "Precision", "dates_of", "find_dates"]

_NUMERIC: Final = re.compile(
    r"(?<![\d/])(?<!\d[.-])"
    r"(?:(?P<year>\d{4})(?P<mark>[/.-]| / | - )(?P<second>\d{1,2})(?P=mark)(?P<third>\d{1,2})"
    rf"|(?P<one>\d{{1,2}})(?P<sign>[/.-]| / | - )(?P<two>\d{{1,2}})(?P=sign)(?P<last>\d{{4}}))(?!\d|/|[.-]\d){ERA}"
)
_TIME: Final = re.compile(
    r"(?:t|z|,? ?(?:-|\|)? ?(?:ساعت|الساعه|فی الساعه|at)? ?)"
    r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d|:)"
)
_BESIDE: Final = re.compile(r"(?: ?[,(]| مورخ| الموافق| the)? ?")
_BEFORE_CHRIST: Final = re.compile(r"(?: \d{1,4})? ?(?:b\.? ?c\b|ق\. ?م\b|(?:پیش|قبل) از میلاد|قبل المیلاد)")
_JALALI_YEARS: Final = range(1250, 1421)
_GREGORIAN_YEARS: Final = range(1500, 2200)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: ``text[start:end]`` writes it, and it means the days ``first`` to ``last``, both included.

    ``approximate`` is true where something had to be supposed: the year of «۲۴ آبان», the day of "yesterday".
    ``time`` is the time of day written beside the date, if any (outside the span).
    """

    start: int
    end: int
    first: date
    last: date
    calendar: Calendar
    precision: Precision
    approximate: bool = False
    time: time | None = None


def find_dates(text: str, reference: date | None = None) -> list[DateMention]:
    """The dates of a text in reading order, without overlaps; offsets are code points of ``text``.

    ``reference`` is the day of writing. Without it, relative dates and days without a year are not returned.
    """
    return dates_of(fold(text), reference)


def dates_of(
    folded: Folded, reference: date | None = None, *, named: bool = True, relative: bool = True
) -> list[DateMention]:
    """The dates of a text that is folded already, with offsets in the original.

    Who knows that the text has no month's name, or nothing relative, saves the time of looking.
    """
    stretches = [
        *_numeric(folded.text),
        *(find_named(folded, reference) if named else ()),
        *find_years(folded),
        *(find_relative(folded.original, folded, reference) if relative else ()),
    ]
    chosen = [each for each in _without_overlaps(stretches) if _in_our_era(each, folded.text)]
    return [_mention(stretch, folded) for stretch in _without_repeated_weekdays(chosen, folded.text)]


def _without_overlaps(stretches: list[Stretch]) -> list[Stretch]:
    """The longest first; whatever overlaps it is dropped, and so are the impossible dates themselves."""
    chosen: list[Stretch] = []
    for candidate in sorted(stretches, key=lambda each: (each.start - each.end, each.start)):
        if all(candidate.end <= other.start or other.end <= candidate.start for other in chosen):
            chosen.append(candidate)
    return sorted((each for each in chosen if each.days is not None), key=lambda each: each.start)


def _in_our_era(stretch: Stretch, text: str) -> bool:
    return _BEFORE_CHRIST.match(text, stretch.end) is None


def _without_repeated_weekdays(stretches: list[Stretch], text: str) -> list[Stretch]:
    """A weekday beside its date («شنبه ۲۴ آبان», "Thursday, 8 October") says nothing of its own."""
    dated = [each for each in stretches if not each.relative and each.precision == "day"]
    return [each for each in stretches if not (each.relative and any(_beside(each, other, text) for other in dated))]


def _beside(first: Stretch, second: Stretch, text: str) -> bool:
    return first.end <= second.start and _BESIDE.fullmatch(text, first.end, second.start) is not None


def _mention(stretch: Stretch, folded: Folded) -> DateMention:
    days = stretch.days
    assert days is not None  # impossible dates are left out before
    clock = _TIME.match(folded.text, stretch.end) if stretch.precision == "day" else None
    at = time(int(clock["hour"]), int(clock["minute"])) if clock else None
    start, end = folded.span(stretch.start, stretch.end)
    return DateMention(
        start, end, days.first, days.last, stretch.calendar, stretch.precision, approximate=not stretch.sure, time=at
    )


# Numeric dates ----------------------------------------------------------------------------------------------------


def _numeric(text: str) -> Iterator[Stretch]:
    for match in _NUMERIC.finditer(text):
        era = era_in(match)
        if match["year"]:
            found = _day_in(int(match["year"]), int(match["second"]), int(match["third"]), era)
        else:
            found = _day_last_year(int(match["one"]), int(match["two"]), int(match["last"]), era)
        end = match.end() if era else match.end("third") if match["year"] else match.end("last")
        yield replace(found, start=match.start(), end=end)


def _day_in(year: int, month: int, day: int, era: Calendar | None) -> Stretch:
    calendar = era or _calendar_of(year)
    found = day_of(calendar, year, month, day) if calendar else None
    return Stretch(0, 0, None) if found is None or calendar is None else Stretch(0, 0, Days(found, found), calendar)


def _day_last_year(one: int, two: int, year: int, era: Calendar | None) -> Stretch:
    if (era or _calendar_of(year)) != "gregorian" or one > 12 or one == two:
        return _day_in(year, two, one, era)
    return _day_in(year, one, two, era) if two > 12 else Stretch(0, 0, None)


def _calendar_of(year: int) -> Calendar | None:
    """The calendar of a year that stands without an era, None when it may be Jalali or Hijri."""
    if year in _JALALI_YEARS:
        return "jalali"
    return "gregorian" if year in _GREGORIAN_YEARS else None

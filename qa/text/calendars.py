"""Days, months, years and decades of the Gregorian, Jalali and Hijri calendars as ranges of Gregorian dates.

Jalali dates are converted by persiantools, Hijri ones by hijridate (Umm al-Qura, 1343 to 1500 AH); Hijri years
outside that range by the tabular calendar (Reingold & Dershowitz, Calendrical Calculations), which may be a day off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta
from functools import lru_cache
from typing import Final, Literal

Calendar = Literal["gregorian", "jalali", "hijri"]

_UMM_AL_QURA: Final = range(1343, 1501)
_HIJRI_EPOCH: Final = 227015  # date.toordinal() of 1 Muharram 1 AH, 19 July 622 in the proleptic Gregorian calendar
_LAST_YEAR: Final = {"gregorian": 9990, "jalali": 3000, "hijri": 3000}


@dataclass(frozen=True, slots=True)
class Days:
    """The days ``first`` to ``last``, both included."""

    first: date
    last: date


@lru_cache(maxsize=1 << 14)  # the conversions are slow, and a page names few days
def day_of(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The Gregorian date of a day, None when the calendar has no such day (30 February, 31 Aban)."""
    if not 1 <= year <= _LAST_YEAR[calendar] or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if calendar == "jalali":
        return _jalali_day(year, month, day)
    if calendar == "hijri":
        return _hijri_day(year, month, day)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_of(calendar: Calendar, year: int, month: int) -> Days | None:
    """The days of a month, None when there is no such month."""
    first = day_of(calendar, year, month, 1)
    after = day_of(calendar, year + month // 12, month % 12 + 1, 1)
    return None if first is None or after is None else Days(first, after - timedelta(days=1))


def years_of(calendar: Calendar, first: int, last: int | None = None) -> Days | None:
    """The days of a year, or of the years ``first`` to ``last``, both included."""
    start = day_of(calendar, first, 1, 1)
    after = day_of(calendar, (first if last is None else last) + 1, 1, 1)
    if start is None or after is None or after <= start:
        return None
    return Days(start, after - timedelta(days=1))


def year_in(calendar: Calendar, day: date) -> int:
    """The year of ``calendar`` in which a Gregorian date lies."""
    if calendar == "gregorian":
        return day.year
    guess = day.year - 621 if calendar == "jalali" else int((day.toordinal() - _HIJRI_EPOCH) / 354.367) + 2
    while guess > 1 and (start := day_of(calendar, guess, 1, 1)) is not None and start > day:
        guess -= 1
    return max(guess, MINYEAR)


def _jalali_day(year: int, month: int, day: int) -> date | None:
    from persiantools.jdatetime import JalaliDate

    if not JalaliDate.check_date(year, month, day):
        return None
    converted: date = JalaliDate(year, month, day).to_gregorian()
    return converted


def _hijri_day(year: int, month: int, day: int) -> date | None:
    from hijridate import Hijri

    if day > 30:
        return None
    if year in _UMM_AL_QURA:
        try:
            return date(*Hijri(year, month, day).to_gregorian().datetuple())
        except (ValueError, OverflowError):
            return None
    return _tabular_day(year, month, day)


def _tabular_day(year: int, month: int, day: int) -> date | None:
    leap = (11 * year + 14) % 30 < 11
    if day > (30 if month % 2 or (month == 12 and leap) else 29):
        return None
    days = day + (29 * (month - 1) + month // 2) + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(_HIJRI_EPOCH - 1 + days)

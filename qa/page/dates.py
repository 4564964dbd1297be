"""Dates and digits in the reader's habit: Jalali first for Persian readers, Gregorian first for the others."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from qa.text.calendars import Calendar
from qa.texts import text

_DIGITS: Final = {"fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"), "ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")}
_FIRST: Final[dict[str, Calendar]] = {"fa": "jalali"}


def digits(value: object, language: str) -> str:
    """A number as readers of ``language`` write it."""
    return str(value).translate(_DIGITS.get(language, {}))


def decimal(value: float, language: str) -> str:
    """A number with two places after the decimal mark of ``language``."""
    written = digits(f"{value:.2f}", language)
    return written.replace(".", "٫") if language in _DIGITS else written


def calendar_of(language: str) -> Calendar:
    """The calendar that readers of a page language expect first."""
    return _FIRST.get(language, "gregorian")


def reader_date(published: str | None, language: str) -> str | None:
    """The day of ``Article.published`` in the reader's first calendar; None when there is none to show."""
    day = _day(published)
    return None if day is None else written(day, calendar_of(language), language)


def other_dates(published: str | None, language: str) -> str | None:
    """The same day in the other calendars, for a tooltip."""
    day = _day(published)
    if day is None:
        return None
    calendars: tuple[Calendar, ...] = ("jalali", "gregorian", "hijri")
    others = [written(day, each, language) for each in calendars if each != calendar_of(language)]
    return " · ".join(each for each in others if each)


def written(day: date, calendar: Calendar, language: str) -> str | None:
    """A day written out, such as «۲۵ آبان ۱۴۰۴»; None where the calendar's tables end."""
    parts = _parts(day, calendar)
    if parts is None:
        return None
    year, month, number = parts
    names = text(f"page.months.{calendar}", language).split(",")
    return digits(text("page.date", language, day=number, month=names[month - 1], year=year), language)


def _parts(day: date, calendar: Calendar) -> tuple[int, int, int] | None:
    if calendar == "jalali":
        from persiantools.jdatetime import JalaliDate

        jalali: Any = JalaliDate(day)
        return jalali.year, jalali.month, jalali.day
    if calendar == "hijri":
        from hijridate import Gregorian

        try:
            hijri = Gregorian.fromdate(day).to_hijri()
        except (ValueError, OverflowError):
            return None
        return hijri.year, hijri.month, hijri.day
    return day.year, day.month, day.day


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None

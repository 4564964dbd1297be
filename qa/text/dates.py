"""Dates in Persian, Arabic and English text, in the Gregorian, Jalali and Hijri calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

Calendar = Literal["gregorian", "jalali", "hijri"]
Precision = Literal["day", "week", "month", "season", "year", "decade", "century"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: ``text[start:end]`` writes it, and it means the days ``first`` to ``last``, both included.

    ``approximate`` is true where something had to be supposed: the year of «۲۴ آبان», the day of "yesterday".
    ``time`` is the time of day written beside the date, if any.
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
    """The dates of a text in reading order, without overlaps; relative ones only when ``reference`` is given."""
    return []

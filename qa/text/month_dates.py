"""Dates with the name of a month: «۲۴ آبان ۱۴۰۴», «8 أكتوبر (تشرين الأول)», "November 15, 2025", «مهرماه»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from qa.text.calendars import Calendar, Days, day_of, month_of, year_in
from qa.text.date_words import ERA, Month, Stretch, day_number, day_pattern, era_in, month_pattern, months, squeeze
from qa.text.folding import Folded
from qa.text.worded_years import worded_year

_YEAR_AFTER: Final = re.compile(
    rf"(?:,? ?(?:سال ?|عام |سنه |من عام |لعام |of )|,? |[/-])?(?P<year>\d{{3,4}})(?![\d:]|[.,/-]\d){ERA}"
)
_SHORT_YEAR: Final = re.compile(r"(?: ?ماه)?(?: سال )?(?: |/)?'?(?P<year>0\d|[3-9]\d)(?!\d|[.,:/]\d| ?%)")
_APOSTROPHE_YEAR: Final = re.compile(r",? '(?P<year>\d\d)(?!\d)")
_YEAR_GROUPS: Final = {-1: "past", 0: "this", 1: "next"}
_RELATIVE_YEAR: Final = re.compile(
    r",? (?:of |من |ماه )?(?:(?P<past>سال گذشته|سال پیش|سال قبل|پارسال|العام الماضی|السنه الماضیه|last year)"
    r"|(?P<this>امسال|سال جاری|العام الجاری|العام الحالی|هذا العام|this year)"
    r"|(?P<next>سال اینده|العام المقبل|العام القادم|next year))(?![^\W\d_])"
)
_LAST: Final = re.compile(r"(?<![^\W\d_])last $")
_PAST: Final = re.compile(r" (?:گذشته|الماضی|المنصرم|الفایت)(?![^\W\d_])")
_PART_OF: Final = re.compile(r"(?<![^\W\d_])(?:اوایل|اواسط|اواخر|نیمه|ابتدای|انتهای|پایان) $")
_LEAD_IN: Final = re.compile(
    r"(?<![^\W\d_])(?:اوایل|اواسط|اواخر|نیمه|پایان|در"
    r"|اوائل|منتصف|نهایه|مطلع|بدایه|فی|شهر|منذ|حتی|early|late|mid|mid-|in|since|until|from|of|during) ?$"
)
_YEAR_BEFORE: Final = re.compile(r"(?<![\d.,/-])(?P<year>[12]\d{3})[ /-]$")
_COMMA_YEAR: Final = re.compile(r" ?(?P<day>\d{1,2})(?=, ?\d{4}(?!\d))")
_JALALI_YEARS: Final = range(1300, 1421)
_COMMON_WORDS: Final = frozenset({"may", "march", "mar", "dey", "tir", "aban", "mehr", "jan"})


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands beside a month: its bounds and the number, or two numbers of a range."""

    start: int
    end: int
    number: int
    upper: int | None = None
    calendar: Calendar | None = None
    sure: bool = True


def find_named(folded: Folded, reference: date | None) -> Iterator[Stretch]:
    """The dates of a text that name a month; those without a year only when ``reference`` is given."""
    text = folded.text
    for match in month_pattern().finditer(text):
        if match["month"] in _COMMON_WORDS and folded.original[folded.span(match.start(), match.end()).start].islower():
            continue
        found = _around_month(folded, match, reference)
        if found is not None:
            yield found


def _around_month(folded: Folded, match: re.Match[str], reference: date | None) -> Stretch | None:
    text = folded.text
    month = months()[squeeze(match["month"])]
    end = _after_alias(text, match.end(), month)
    day = _day_before(text, match.start()) or _day_after(text, match, month)
    start, end = match.start(), max(end, day.end if day else 0)
    start = min(start, day.start) if day else start
    year = _year_after(folded, end, month, reference) or _year_before(text, start, match.start(), day)
    if year is not None:
        start, end = min(start, year.start), max(end, year.end)
    elif day is None and (turned := _last_such_month(text, start, end, month, reference)) is not None:
        return turned
    elif day is None and not match["mah"] and not _part_of_month(text, match.start(), month):
        return None
    if month.calendar == "gregorian" and year and year.number in _JALALI_YEARS and not match["month"].isascii():
        return None  # «می ۱۴۰۳», «آب ۱۴۰۴»: a verb's beginning, water
    if month.full and (day is None or year is None or not year.sure):
        return None
    if month.calendar == "hijri" and year is not None and year.calendar not in ("hijri", None):
        return None
    return _resolved(start, end, month, day, year, reference)


def _last_such_month(text: str, start: int, end: int, month: Month, reference: date | None) -> Stretch | None:
    """«ژوئن گذشته», أكتوبر الماضي, "last November": the last month of this name that was over on the day of writing."""
    before, after = _LAST.search(text, max(0, start - 5), start), _PAST.match(text, end)
    if reference is None or not (before or after):
        return None
    this = year_in(month.calendar, reference)
    ended = [days for year in (this, this - 1) if (days := month_of(month.calendar, year, month.number))]
    days = next((days for days in ended if days.last < reference), None)
    start, end = before.start() if before else start, after.end() if after else end
    return Stretch(start, end, days, month.calendar, "month", sure=False) if days else None


def _after_alias(text: str, end: int, month: Month) -> int:
    """Past the same month in the other Arabic system: «أكتوبر (تشرين الأول)», «كانون الثاني/يناير»."""
    opening = re.compile(r" ?[(/\[]? ?").match(text, end)
    other = month_pattern().match(text, opening.end()) if opening else None
    if other is None or months()[squeeze(other["month"])] != month:
        return end
    closing = re.compile(r" ?[)\]]").match(text, other.end())
    return closing.end() if closing else other.end()


def _day_before(text: str, end: int) -> _Part | None:
    window = max(0, end - 60)
    match = _day_end().search(text[window:end])
    if match is None:
        return None
    day, start = day_number(match["day"]), window + match.start()
    low = _low_end().search(text[window:start])
    if low is None or day_number(low["day"]) >= day:
        return _Part(start, end, day)
    return _Part(window + low.start(), end, day_number(low["day"]), day)


@cache
def _day_end() -> re.Pattern[str]:
    """The day right before a month."""
    return re.compile(rf"(?P<day>{day_pattern()})(?:st|nd|rd|th|م| ?ام)?(?: of| من|-|/|,)? ?$")


@cache
def _low_end() -> re.Pattern[str]:
    """The first day of a range, right before the second."""
    return re.compile(rf"(?P<day>{day_pattern()})(?:st|nd|rd|th|م| ?ام)? ?(?:-|تا|و|to|and|until|الی|حتی|,|او|یا) ?$")


def _day_after(text: str, match: re.Match[str], month: Month) -> _Part | None:
    """The day of an English date, "November 15" or "Nov. 15-17"; «آبان ۲۶، ۱۴۰۴» with its comma alone."""
    if not match["month"][0].isascii():
        comma = _COMMA_YEAR.match(text, match.end())
        return _Part(match.start(), comma.end(), int(comma["day"])) if comma else None
    after = re.compile(
        r"(?P<dash>-)?(?: ?(?:the )?)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: ?(?:-|to|and) ?(?P<upper>\d{1,2})"
        r"(?:st|nd|rd|th)?(?![\d:%]|,\d))?"
        r"(?![\d:%]|[.,]\d)"
    ).match(text, match.end())
    if after is None or (after["dash"] and not _YEAR_BEFORE.search(text, max(0, match.start() - 6), match.start())):
        return None
    upper = int(after["upper"]) if after["upper"] else None
    return _Part(match.start(), after.end(), int(after["day"]), upper)


def _year_after(folded: Folded, end: int, month: Month, reference: date | None) -> _Part | None:
    text = folded.text
    match = _YEAR_AFTER.match(text, end)
    era = era_in(match) if match is not None else None
    if match is not None and (era is not None or len(match["year"]) == 4):
        return _Part(end, match.end() if era else match.end("year"), int(match["year"]), calendar=era)
    if worded := worded_year(folded, end):
        return _Part(end, worded.end, worded.number)
    relative = _RELATIVE_YEAR.match(text, end) if reference is not None else None
    if relative is not None and reference is not None:
        offset = next(count for count in (-1, 0, 1) if relative[_YEAR_GROUPS[count]])
        return _Part(end, relative.end(), year_in(month.calendar, reference) + offset, sure=False)
    return _short_year(text, end, month)


def _year_before(text: str, start: int, month: int, day: _Part | None) -> _Part | None:
    """The year of "2025 November 17" and "2025-Nov-17", which have the day behind the month."""
    if day is None or start < month:
        return None
    found = _YEAR_BEFORE.search(text, max(0, start - 6), start)
    return _Part(found.start(), start, int(found["year"])) if found else None


def _short_year(text: str, end: int, month: Month) -> _Part | None:
    """«۲۴ آبان ۹۸», "12 March '24"."""
    jalali = month.calendar == "jalali"
    short = _SHORT_YEAR.match(text, end) if jalali else _APOSTROPHE_YEAR.match(text, end)
    if short is None or month.calendar == "hijri":
        return None
    year = int(short["year"])
    century = (1400 if year < 20 else 1300) if jalali else (2000 if year < 50 else 1900)
    return _Part(end, short.end(), century + year, sure=False)


def _part_of_month(text: str, start: int, month: Month) -> bool:
    """Whether words before a lone month make it a date: «اواخر آبان», "in November", في نوفمبر."""
    words = _LEAD_IN if month.calendar == "gregorian" else _PART_OF
    return words.search(text[max(0, start - 12) : start]) is not None


def _resolved(
    start: int, end: int, month: Month, day: _Part | None, year: _Part | None, reference: date | None
) -> Stretch | None:
    if year is None and reference is None:
        return None
    number = year.number if year else _likely_year(month, day, reference)
    days = _days(month, number, day) if _fits(month, number, sure=year is not None) else None
    if days is None:
        return Stretch(start, end, None)
    return Stretch(start, end, days, month.calendar, "day" if day else "month", sure=year is not None and year.sure)


def _fits(month: Month, year: int, *, sure: bool) -> bool:
    """Whether a year can be one of the month's calendar: «مهر ۲۰۲۵» and "May 1404" are slips or no dates."""
    if month.calendar == "gregorian":
        return year >= (100 if sure else 1)
    return year < 1600


def _days(month: Month, year: int, day: _Part | None) -> Days | None:
    if day is None:
        return month_of(month.calendar, year, month.number)
    first = day_of(month.calendar, year, month.number, day.number)
    last = first if day.upper is None else day_of(month.calendar, year, month.number, day.upper)
    return None if first is None or last is None else Days(first, last)


def _likely_year(month: Month, day: _Part | None, reference: date | None) -> int:
    """The year that brings a date without one nearest to the day of writing."""
    near = reference or date.today()
    this = year_in(month.calendar, near)
    found = {year: _days(month, year, day) for year in (this, this - 1, this + 1)}
    distances = {year: abs((days.first - near).days) for year, days in found.items() if days is not None}
    return min(distances, key=lambda year: distances[year]) if distances else this

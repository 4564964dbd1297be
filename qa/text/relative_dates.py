"""Dates that are said relative to the day of writing: «دیروز», قبل ساعتين, "last month", weekdays. All approximate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from qa.text.calendars import Calendar, Days, month_of, year_in, years_of
from qa.text.date_words import (
    Offset,
    Precision,
    Stretch,
    relative_pattern,
    relative_phrases,
    squeeze,
    weekday_pattern,
    weekdays,
)
from qa.text.folding import Folded
from qa.text.numbers import numbers_in
from qa.text.numerals import languages_of, unit_of

_AGO: Final = {
    "fa": re.compile(r" ?(?:پیش|قبل)(?! از)(?![^\W\d_])"),
    "en": re.compile(r" (?:ago|earlier)(?![^\W\d_])"),
    "ar": re.compile(r" (?:مضت|خلت)(?![^\W\d_])"),
}
_AGO_BEFORE: Final = re.compile(r"(?<![^\W\d_])و?(?:قبل|منذ) (?:نحو |حوالی |اکثر من )?$")
_BEFORE_EVENT: Final = re.compile(r" من (?!الان\b)")
_AGO_LETTERS: Final = 24  # before a number, that "ago" and "about" take
_ONE_AGO: Final = re.compile(
    r"(?<![^\W\d_])(?:(?:a|an|one|یک) (?P<en>[^\W\d_]+) (?:ago|earlier|پیش|قبل)"
    r"|(?:قبل|منذ) (?:نحو |حوالی )?(?P<ar>[^\W\d_]+)(?! من (?!الان\b)))(?![^\W\d_])"
)
_AGO_WORDS: Final = ("پیش", "قبل", "منذ", "ago", "earlier")
_SHORT_AGO: Final = re.compile(r"(?<![\w.,])(?P<count>\d{1,3}) ?(?P<unit>min|h|d|w|m|y) ago(?![^\W\d_])")
_SHORT_UNITS: Final = {"min": "minute", "m": "minute", "h": "hour", "d": "day", "w": "week", "y": "year"}
_UNITS: Final = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})
_PRECISIONS: Final[dict[str, Precision]] = {
    "week": "week", "month": "month", "year": "year", "decade": "decade", "century": "century",
}  # fmt: skip
_FUTURE: Final = frozenset({"next", "اینده", "بعد", "المقبل", "المقبله", "القادم", "القادمه"})
_PAST: Final = frozenset({"last", "گذشته", "پیش", "الماضی", "الماضیه"})
_FIRST_WEEKDAY: Final = {"fa": 5, "ar": 6, "en": 0}


def find_relative(original: str, folded: Folded, reference: date | None) -> Iterator[Stretch]:
    """The relative dates of a text, resolved against ``reference``; none without it."""
    if reference is None:
        return
    languages = languages_of(original)
    language = "fa" if "fa" in languages else "ar" if "ar" in languages else "en"
    if not re.search("[\u0600-\u06ff]", original):
        language = "en"
    try:
        yield from _all(folded, reference, language)
    except OverflowError:
        # A distance beyond the years that dates can hold ("9000 years ago") is no date.
        return


def _all(folded: Folded, reference: date, language: str) -> Iterator[Stretch]:
    text = folded.text
    for match in relative_pattern().finditer(text):
        yield from _at(match.start(), match.end(), relative_phrases()[squeeze(match["phrase"])], reference, language)
    for match in weekday_pattern().finditer(text):
        day = _weekday(weekdays()[squeeze(match["weekday"])], match["turn"] or match["way"], match["way"], reference)
        yield Stretch(match.start(), match.end(), Days(day, day), sure=False, relative=True)
    if not any(word in text for word in _AGO_WORDS):
        return
    for match in _ONE_AGO.finditer(text):
        unit = unit_of(match["en"] or match["ar"])
        if unit is not None and unit.name in _UNITS and not unit.dual:
            spoken = "ar" if match["ar"] else language
            yield from _at(match.start(), match.end(), Offset(unit.name, -1), reference, spoken)
    for match in _SHORT_AGO.finditer(text):
        offset = Offset(_SHORT_UNITS[match["unit"]], -int(match["count"]))
        yield from _at(match.start(), match.end(), offset, reference, language)
    yield from _counted(folded, reference, language)


def _counted(folded: Folded, reference: date, language: str) -> Iterator[Stretch]:
    """«۳ ساعت پیش», منذ 3 أيام, "two weeks ago"."""
    text = folded.text
    for number in numbers_in(folded):
        if number.unit not in _UNITS or not 0 < number.value < 10_000:
            continue
        after, before = (
            (_AGO[language].match(text, number.end) or _AGO["en"].match(text, number.end)),
            _AGO_BEFORE.search(text[max(0, number.start - _AGO_LETTERS) : number.start]),
        )
        if before and _BEFORE_EVENT.match(text, number.end):  # قبل ثلاثة أيام من الحرب: before the war
            before = None
        if after is None and before is None:
            continue
        start = max(0, number.start - _AGO_LETTERS) + before.start() if before else number.start
        end = after.end() if after else number.end
        spoken = "ar" if before else language
        yield from _at(start, end, Offset(number.unit, -int(number.value)), reference, spoken)


def _at(start: int, end: int, offset: Offset, reference: date, language: str) -> Iterator[Stretch]:
    calendar: Calendar = "jalali" if language == "fa" else "gregorian"
    unit, count = offset.unit, offset.count
    if unit in ("second", "minute", "hour"):
        day = reference - timedelta(hours=-count) if unit == "hour" else reference
        days: Days | None = Days(day, day)
    elif unit == "day":
        days = Days(reference + timedelta(days=count), reference + timedelta(days=count))
    elif unit == "week":
        monday = (reference.weekday() - _FIRST_WEEKDAY[language]) % 7
        first = reference + timedelta(days=7 * count - monday)
        days = Days(first, first + timedelta(days=6))
    else:
        days = _long(unit, count, calendar, reference)
    if days is not None:
        yield Stretch(start, end, days, calendar, _PRECISIONS.get(unit, "day"), sure=False, relative=True)


def _long(unit: str, count: int, calendar: Calendar, reference: date) -> Days | None:
    year = year_in(calendar, reference)
    if unit == "month":
        months_on = _month_in(calendar, year, reference) - 1 + count
        return month_of(calendar, year + months_on // 12, months_on % 12 + 1)
    if unit == "year":
        return years_of(calendar, year + count)
    size = 10 if unit == "decade" else 100
    first = (year // size + count) * size + (size == 100)
    return years_of(calendar, first, first + size - 1)


def _month_in(calendar: Calendar, year: int, day: date) -> int:
    for month in range(12, 1, -1):
        days = month_of(calendar, year, month)
        if days is not None and days.first <= day:
            return month
    return 1


def _weekday(weekday: int, turn: str | None, way: str | None, reference: date) -> date:
    """The last such day up to the day of writing; «گذشته» and "last" exclude that day, «آینده» and "next" look on."""
    words = {turn, way}
    if words & _FUTURE:
        return reference + timedelta(days=(weekday - reference.weekday() - 1) % 7 + 1)
    back = (reference.weekday() - weekday) % 7
    return reference - timedelta(days=back or (7 if words & _PAST else 0))

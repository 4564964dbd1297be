"""The words of dates, as compiled patterns over folded text: months, weekdays, days, relative phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from qa.text.calendars import Calendar, Days
from qa.text.data_files import data_lines
from qa.text.folding import fold

Precision = Literal["day", "week", "month", "season", "year", "decade", "century"]

_LETTER: Final = r"[^\W\d_]"
LEFT_EDGE: Final = rf"(?<!{_LETTER})"
RIGHT_EDGE: Final = rf"(?!{_LETTER})"

ERAS: Final[dict[Calendar, str]] = {
    "jalali": r"هجری شمسی|هجری خورشیدی|ه\. ?ش\b\.?|ه ?ش\b|شمسی|خورشیدی|solar hijri",
    "hijri": r"هجری قمری|ه\. ?ق\b\.?|ه ?ق\b|قمری|هجریه|هجری|ه\b\.?|a\.?h\b\.?",
    "gregorian": r"میلادیه|میلادی|م\b\.?|a\.?d\b\.?|c\.?e\b\.?",
}
ERA: Final = "(?: ?(?:" + "|".join(f"(?P<{name}>{words})" for name, words in ERAS.items()) + "))?"

_ONES_FA: Final = "یکم دوم سوم چهارم پنجم ششم هفتم هشتم نهم".split()
_PLAIN_FA: Final = "یک دو سه چهار پنج شش هفت هشت نه".split()
_TEENS_FA: Final = "ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده".split()
_ONES_AR: Final = "الحادي الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع".split()
_ONES_EN: Final = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS_EN: Final = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a calendar, from 1. A ``full`` one is meant only where a day and a year stand beside its name."""

    calendar: Calendar
    number: int
    full: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """So many units (day, week, month, year, decade, century) from the day of writing; negative is past."""

    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Folded [start, end) is written as a date and means ``days``, or is impossible when ``days`` is None.

    ``sure`` is false where a year, century or calendar is supposed, and for everything relative.
    ``relative`` is true for a weekday, «دیروز» and their like.
    """

    start: int
    end: int
    days: Days | None
    calendar: Calendar = "gregorian"
    precision: Precision = "day"
    sure: bool = True
    relative: bool = False


def era_in(match: re.Match[str]) -> Calendar | None:
    """The calendar that the era beside a year names («ه.ش», هـ, «میلادی»), or None."""
    return next((name for name in ERAS if match[name]), None)


@cache
def months() -> dict[str, Month]:
    """Month by folded spelling without spaces."""
    found: dict[str, Month] = {}
    for line in data_lines("dates.months.txt"):
        head, _, spellings = line.partition(":")
        calendar, number, *full = head.split()
        for spelling in spellings.split("|"):
            month = Month(calendar, int(number), bool(full))  # type: ignore[arg-type]
            found.setdefault(squeeze(spelling), month)
    return found


@cache
def month_pattern() -> re.Pattern[str]:
    """A month's name with what may cling to it: «و», «ل», «ب» before, «ماه» after, a full stop when shortened."""
    names = _alternatives("dates.months.txt")
    return re.compile(rf"{LEFT_EDGE}(?:(?:شهر|ماه) )?[ولب]?(?P<month>{names})(?P<mah> ?ماه)?{RIGHT_EDGE}\.?")


@cache
def weekdays() -> dict[str, int]:
    """Weekday (Monday 0) by folded spelling without spaces."""
    found = {}
    for line in data_lines("dates.weekdays.txt"):
        number, _, spellings = line.partition(":")
        found.update({squeeze(spelling): int(number) for spelling in spellings.split("|")})
    return found


@cache
def weekday_pattern() -> re.Pattern[str]:
    """A weekday with «روز» or يوم before it and «گذشته», المقبل, "last", "next" beside it."""
    return re.compile(
        rf"{LEFT_EDGE}(?:(?P<turn>last|next|this|on|روز|یوم) )?(?P<weekday>{_alternatives('dates.weekdays.txt')})"
        rf"(?: (?P<way>گذشته|پیش|اینده|بعد|الماضی|الماضیه|المقبل|المقبله|القادم|القادمه))?{RIGHT_EDGE}"
    )


@cache
def relative_phrases() -> dict[str, Offset]:
    """Offset by folded phrase without spaces."""
    found = {}
    for line in data_lines("dates.relative.txt"):
        head, _, spellings = line.partition(":")
        unit, count = head.split()
        found.update({squeeze(spelling): Offset(unit, int(count)) for spelling in spellings.split("|")})
    return found


@cache
def relative_pattern() -> re.Pattern[str]:
    """A phrase such as «دیروز», الأسبوع الماضي, "last month"."""
    return re.compile(rf"{LEFT_EDGE}[وب]?(?P<phrase>{_alternatives('dates.relative.txt')}){RIGHT_EDGE}")


@cache
def day_words() -> dict[str, int]:
    """Day of a month by folded words: «بیست و چهارم», الرابع والعشرين, "twenty-fourth"."""
    found = {"اول": 1, "نخست": 1, "سی ام": 30, "سیام": 30, "بیستم": 20, "thirtieth": 30, "twentieth": 20}
    found |= {fold(word).text: value for word, value in (("الأول", 1), ("العاشر", 10), ("العشرين", 20))}
    found |= {fold(word).text: value for word, value in (("العشرون", 20), ("الثلاثين", 30), ("الثلاثون", 30))}
    for value, (ordinal, plain) in enumerate(zip(_ONES_FA, _PLAIN_FA, strict=True), start=1):
        found |= {ordinal: value, plain: value, f"بیست و {ordinal}": 20 + value, f"بیست و {plain}": 20 + value}
    found |= {"سی و یکم": 31, "سی و یک": 31, "بیست": 20, "سی": 30}
    for value, word in enumerate(_TEENS_FA, start=10):
        found |= {f"{word}م": value, word: value}
    for value, word in enumerate(_ONES_AR, start=1):
        ones = fold(word).text
        found |= {f"{ones} عشر": 10 + value, f"{ones} والعشرین": 20 + value, f"{ones} والعشرون": 20 + value}
        found.setdefault(ones, value)
    found |= {"الحادی والثلاثین": 31, "الحادی والثلاثون": 31}
    for value, word in enumerate(_ONES_EN, start=1):
        found |= {word: value, f"twenty-{word}": 20 + value, f"twenty {word}": 20 + value}
    found |= {word: value for value, word in enumerate(_TEENS_EN, start=10)}
    return found | {"thirty-first": 31, "thirty first": 31}


@cache
def day_pattern() -> str:
    """A day of a month, in digits or words, as the text of a pattern with no groups."""
    words = sorted(day_words(), key=len, reverse=True)
    spelled = "|".join(re.escape(word).replace(r"\ ", " ?") for word in words)
    return rf"(?:(?<!\d)(?<![\d][.,:/])\d{{1,2}}|{LEFT_EDGE}(?:{spelled}))"


def day_number(written: str) -> int:
    """The day that ``day_pattern`` matched."""
    return int(written) if written.isdigit() else _squeezed_day_words()[squeeze(written)]


@cache
def _squeezed_day_words() -> dict[str, int]:
    return {squeeze(words): day for words, day in day_words().items()}


def squeeze(text: str) -> str:
    """Folded text without spaces, by which spellings are looked up."""
    return re.sub(r"[\s]", "", fold(text).text)


def _alternatives(name: str) -> str:
    """Every spelling of a data file, the longest first, as a pattern; spaces in it may be missing."""
    spellings = {
        fold(spelling.strip()).text for line in data_lines(name) for spelling in line.partition(":")[2].split("|")
    }
    return "|".join(re.escape(each).replace(r"\ ", " ?") for each in sorted(spellings, key=len, reverse=True))

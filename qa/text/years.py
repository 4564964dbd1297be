"""Years, decades, centuries and seasons that stand without a month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qa.text.calendars import Calendar, Days, month_of, years_of
from qa.text.date_words import ERA, LEFT_EDGE, RIGHT_EDGE, Stretch, era_in
from qa.text.folding import Folded
from qa.text.numbers import numbers_in
from qa.text.numerals import languages_of, number_words, unit_of
from qa.text.worded_years import worded_year

_LEAD: Final = r"سالهای|سال های|سال|عام|عامی|العام|سنه|السنه|اعوام|year|years"
_PREPOSITION: Final = (
    "in|since|until|till|before|after|by|during|from|between|early|late|mid|mid-|end of|start of|eve of|beginning of"
    "|در|فی|منذ|حتی|بین"
)
_YEAR: Final = re.compile(
    rf"{LEFT_EDGE}(?:[وبل]?(?P<lead>{_LEAD})|(?P<weak>{_PREPOSITION})|(?P<open>\())"
    rf" ?(?P<year>\d{{2,4}})(?![\d%]|[.,:/]\d)"
    rf"(?: ?(?P<link>-|تا|to|and|و|الی|حتی|until) ?(?:سال |عام )?(?P<upper>\d{{4}})(?![\d%]|[.,:/]\d))?{ERA}"
)
_WORDED: Final = re.compile(rf"{LEFT_EDGE}(?:سال|عام|سنه)(?= )")
_SPAN: Final = re.compile(r"(?<![\d.,/-])(?P<year>[12]\d{3}) ?(?:-|تا) ?(?P<upper>[12]\d{3})(?![\d%/-]|[.,:]\d)" + ERA)
_MAY_BE_DECADE: Final = re.compile(r"\d'?s|دهه|عقد|(?:رین|ثین|عین|سین|تین|نین)ی?ات|ties")
_DECADE: Final = re.compile(
    rf"{LEFT_EDGE}(?:دهه(?: های)?|عقد|العقد) (?P<fa>\d{{2,4}}|[^\W\d_]+){ERA}{RIGHT_EDGE}"
    r"|(?<![\d.,])'?(?P<en>\d{2}|1\d{3}|20\d{2})'?s(?![^\W\d_])"
    r"|(?<![^\W\d_])(?:و|ب|ل|ف)?(?:ال)?(?P<ar>عشرین|ثلاثین|اربعین|خمسین|ستین|سبعین|ثمانین|تسعین)ی?ات"
    r"(?P<past> (?:من )?القرن (?:الماضی|العشرین))?(?![^\W\d_])"
    r"|(?<![^\W\d_])(?P<words>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)(?![^\W\d_])"
)
_CENTURY_WORDS: Final = ("قرن", "سده", "century")
_CENTURY: Final = re.compile(rf"{LEFT_EDGE}(?:(?:ال)?قرن|سده|century){RIGHT_EDGE}")
_SEASON: Final = re.compile(
    rf"{LEFT_EDGE}(?P<season>بهار|تابستان|پاییز|زمستان|ربیع|صیف|خریف|شتاء|spring|summer|autumn|fall|winter)"
    rf"(?: of| سال| عام)?,? (?P<year>\d{{4}})(?![\d%]|[.,:/]\d){ERA}"
)
_QUARTERS: Final = {
    **dict.fromkeys(("بهار", "ربیع", "spring"), 0), **dict.fromkeys(("تابستان", "صیف", "summer"), 1),
    **dict.fromkeys(("پاییز", "خریف", "autumn", "fall"), 2), **dict.fromkeys(("زمستان", "شتاء", "winter"), 3),
}  # fmt: skip
_TENS_AR: Final = dict(
    zip("عشرین ثلاثین اربعین خمسین ستین سبعین ثمانین تسعین".split(), range(20, 100, 10), strict=True)
)
_TENS_EN: Final = dict(
    zip(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), range(20, 100, 10), strict=True
    )
)
_DIGIT: Final = re.compile(r"\d")
_AFTER_YEAR: Final = re.compile(r" ?(?P<word>[^\W\d_]+)")
_JALALI: Final = range(1200, 1421)
_WEAK_YEARS: Final = range(1300, 2100)
_LONGEST_SPAN: Final = 150


def find_years(folded: Folded) -> Iterator[Stretch]:
    """The years, decades, centuries and seasons of a text."""
    text, languages = folded.text, languages_of(folded.original)
    digits = _DIGIT.search(text) is not None
    for match in _YEAR.finditer(text) if digits else ():
        yield from _year(match, languages)
    for match in _WORDED.finditer(text) if "هزار" in text or "الف" in text else ():
        if year := worded_year(folded, match.end()):
            calendar = _calendar(year.number, None, languages)
            yield from _one_year(match.start(), year.end, year.number, calendar, sure=True)
    for match in _SPAN.finditer(text) if digits else ():
        yield from _span(match, languages)
    for match in _DECADE.finditer(text) if _MAY_BE_DECADE.search(text) else ():
        yield from _decade(match, languages)
    for match in _SEASON.finditer(text) if digits else ():
        yield from _season(match, languages)
    if any(word in text for word in _CENTURY_WORDS) and _CENTURY.search(text):
        yield from _centuries(folded)


def _calendar(year: int, era: Calendar | None, languages: frozenset[str]) -> Calendar:
    """Without an era, a year of the 1200s to 1400s is Jalali unless the text is plainly Arabic or English."""
    if era is not None:
        return era
    return "jalali" if year in _JALALI and "fa" in languages else "gregorian"


def _year(match: re.Match[str], languages: frozenset[str]) -> Iterator[Stretch]:
    year, era = int(match["year"]), era_in(match)
    upper = int(match["upper"]) if match["upper"] else None
    sure = year >= 100
    if not sure:
        if match["lead"] != "سال" or era is not None or year < 30 or _counts_something(match):
            return
        year += 1300
    elif not _stands_for_year(match, year, era):
        return
    calendar = _calendar(year, era, languages)
    start = match.start("year") if match["open"] or match["weak"] else match.start()
    end = match.end() if era else match.end("upper" if upper else "year")
    if upper is not None and (upper <= year or _is_list(match)):
        yield from _one_year(match.start("upper"), end, upper, calendar, sure=True)
        upper, end = None, match.end("year")
    yield from _one_year(start, end, year, calendar, upper, sure=sure)


def _one_year(
    start: int, end: int, year: int, calendar: Calendar, upper: int | None = None, *, sure: bool
) -> Iterator[Stretch]:
    days = years_of(calendar, year, upper)
    if days is not None:
        yield Stretch(start, end, days, calendar, "year", sure)


def _stands_for_year(match: re.Match[str], year: int, era: Calendar | None) -> bool:
    """Whether three or four digits are a year: plainly behind «سال», with care behind a preposition or bracket."""
    if match["lead"]:
        return year >= 1000 or era is not None
    if match["open"] and match.string[match.end() : match.end() + 1] != ")":
        return False
    return year in _WEAK_YEARS and (era is not None or not _counts_something(match))


def _is_list(match: re.Match[str]) -> bool:
    """Whether two years are two («عامي 2003 و2008») and not a range ("between 1914 and 1918")."""
    before = match.string[max(0, match.start() - 8) : match.start("year")]
    return match["link"] in ("and", "و") and re.search("between|بین", before) is None


def _span(match: re.Match[str], languages: frozenset[str]) -> Iterator[Stretch]:
    """«۱۹۷۹-۱۹۸۹» without a word before it: plausible years that count nothing."""
    year, upper, era = int(match["year"]), int(match["upper"]), era_in(match)
    if not year < upper <= year + _LONGEST_SPAN or (era is None and _counts_something(match)):
        return
    calendar = _calendar(year, era, languages)
    days = years_of(calendar, year, upper)
    if days is not None and (year in _WEAK_YEARS or era is not None):
        yield Stretch(match.start(), match.end() if era else match.end("upper"), days, calendar, "year")


def _counts_something(match: re.Match[str]) -> bool:
    """Whether a number behind a preposition counts the word after it: "in 2000 villages", «در ۱۵۰۰ متری»."""
    after = _AFTER_YEAR.match(match.string, match.end())
    if after is None:
        return False
    word = after["word"]
    if unit_of(word) is not None or any(reading.kind == "magnitude" for reading in number_words(word)):
        return True
    if word.isascii():
        return word.endswith("s") and word not in ("was", "is", "has", "as", "its", "this")
    return word not in _AFTER_A_YEAR


_AFTER_A_YEAR: Final = frozenset(
    "و به از که با را تا در برای بر این ان یک توسط پس هم نیز فی من الی عن علی بعد قبل حتی".split()
)


def _decade(match: re.Match[str], languages: frozenset[str]) -> Iterator[Stretch]:
    era = era_in(match)
    if match["fa"]:
        written = match["fa"]
        number = int(written) if written.isdigit() else _tens(written)
        if number is None or number % 10 or (number < 100 and number == 0):
            return
        calendar = _calendar(number if number >= 100 else 1300 + number, era, languages)
        start = number if number >= 1000 else number + (1300 if calendar == "jalali" else 1900)
        sure = number >= 1000
    else:
        number = int(match["en"]) if match["en"] else _TENS_AR.get(match["ar"] or "") or _TENS_EN[match["words"]]
        if number % 10:
            return
        start, calendar = number if number >= 1000 else 1900 + number, "gregorian"
        sure = number >= 1000 or bool(match["past"])
    days = years_of(calendar, start, start + 9)
    if days is not None:
        yield Stretch(match.start(), match.end(), days, calendar, "decade", sure)


def _tens(word: str) -> int | None:
    for reading in number_words(word):
        if reading.kind == "cardinal" and reading.value % 10 == 0 and reading.value < 100:
            return int(reading.value)
    return None


def _season(match: re.Match[str], languages: frozenset[str]) -> Iterator[Stretch]:
    year, era = int(match["year"]), era_in(match)
    calendar = _calendar(year, era, languages)
    quarter = _QUARTERS[match["season"]]
    first_month = quarter * 3 + 1 if calendar == "jalali" else quarter * 3 + 3
    first = month_of(calendar, year, first_month)
    last = month_of(calendar, year + (first_month + 1) // 12 * (first_month > 10), (first_month + 1) % 12 + 1)
    if first is not None and last is not None and first.first < last.last and calendar != "hijri":
        yield Stretch(
            match.start(), match.end("year"), Days(first.first, last.last), calendar, "season", calendar == "jalali"
        )


def _centuries(folded: Folded) -> Iterator[Stretch]:
    """«قرن بیستم», القرن التاسع عشر, "19th century", «قرن ۱۹»."""
    numbers = numbers_in(folded)
    for match in _CENTURY.finditer(folded.text):
        before = match[0] == "century"
        for number in numbers:
            near = number.end <= match.start() <= number.end + 1 if before else 0 <= number.start - match.end() <= 1
            if near and number.value == int(number.value) and 1 <= number.value <= 21 and number.unit is None:
                years = (int(number.value) * 100 - 99, int(number.value) * 100)
                days = years_of("gregorian", *years)
                if days is not None:
                    start, end = min(match.start(), number.start), max(match.end(), number.end)
                    yield Stretch(start, end, days, "gregorian", "century", True)

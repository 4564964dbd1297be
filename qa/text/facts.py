"""The dates and numbers that sentences name, normalised, with their offsets.

Most sentences name none, and a look at their words tells: only those with a digit, a number word or a word of a date
are read closely (a third of the sentences of news, half of an encyclopedia's), and for dates only where one may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Final

from qa.text.data_files import data_lines
from qa.text.dates import DateMention, dates_of
from qa.text.folding import fold
from qa.text.numbers import Quantity, numbers_of
from qa.text.numerals import is_dual, number_words
from qa.values import Fact, Span

_WORD: Final = re.compile(r"\w+")
_DATE_FILES: Final = {
    "dates.weekdays.txt": "relative",
    "dates.relative.txt": "relative",
    "dates.months.txt": "month",
}
_AGO_WORDS: Final = "ago earlier پیش قبل منذ مضت خلت الماضی الماضیه"
_YEAR_WORDS: Final = frozenset(
    "قرن القرن سده دهه عقد century هزار الف الفین الفان سال عشرینیات ثلاثینیات اربعینیات خمسینیات ستینیات سبعینیات "
    "ثمانینیات تسعینیات twenties thirties forties fifties sixties seventies eighties nineties".split()
)
_DATED: Final = frozenset({"month", "relative", "year"})
_NAMED: Final = frozenset({"month", "weak"})
_NOTHING: Final = frozenset({"", "weak", "era"})
_EARLY: Final = frozenset({"short", "era"})
# Too common to be looked after, and hardly ever a figure when nothing else in the sentence is.
_IDLE: Final = "یک نه اول نخست دوم واحد واحده احد الاول اولی الاولی الثانی one a an first second may ban مه می شب الی"
_SLASHED: Final = re.compile(r"\d ?[/.-] ?\d{1,2} ?[/.-] ?\d")
_DIGITS: Final = re.compile(r"\d+")
_YEARS: Final = range(1000, 2200)
_EARLY_YEARS: Final = range(100, 1000)
_ERA_WORDS: Final = frozenset(
    "عام العام عامی سنه السنه اعوام سالهای هجری هجریه للهجره قمری شمسی میلادی میلادیه ه م year years ad ah ce".split()
)
_CLITIC: Final = re.compile("^[وفبل]?(?:ال)?")


def find_facts(text: str, sentences: Sequence[Span], reference: date | None = None) -> list[Fact]:
    """The facts of these sentences (offsets in ``text``), in order. ``reference`` is the day of writing."""
    return [fact for span in sentences for fact in _in_sentence(text, span, reference)]


def _in_sentence(text: str, span: Span, reference: date | None) -> Iterator[Fact]:
    folded = fold(text[span.start : span.end])
    signs = set(map(_sign_of, _WORD.findall(folded.text)))
    if signs <= _NOTHING:
        return
    dates: list[DateMention] = []
    if not signs.isdisjoint(_DATED) or signs >= _EARLY or _SLASHED.search(folded.text):
        dates = dates_of(folded, reference, named=not signs.isdisjoint(_NAMED), relative="relative" in signs)
    facts = [_date_fact(mention, span.start) for mention in dates]
    facts += [
        _number_fact(quantity, span.start)
        for quantity in numbers_of(folded)
        if all(quantity.end <= mention.start or mention.end <= quantity.start for mention in dates)
    ]
    yield from sorted(facts, key=lambda fact: fact.start)


def _date_fact(mention: DateMention, offset: int) -> Fact:
    return Fact(
        "date",
        offset + mention.start,
        offset + mention.end,
        first=mention.first.isoformat(),
        last=mention.last.isoformat(),
        approximate=mention.approximate,
    )


def _number_fact(quantity: Quantity, offset: int) -> Fact:
    return Fact(
        "number",
        offset + quantity.start,
        offset + quantity.end,
        value=f"{quantity.value.normalize():f}",
        upper=None if quantity.upper is None else f"{quantity.upper.normalize():f}",
        unit=quantity.unit,
        approximate=quantity.approximate,
    )


@lru_cache(maxsize=32_000)
def _sign_of(word: str) -> str:
    """What a sentence with this folded word may name: a month, a relative date, a year, a number, or nothing ("").

    "weak" is a word that may be a month's, "era" one that may make a "short" number a year: they say nothing alone.
    """
    if word in _idle():
        return "weak"
    forms = [word]
    if not word.isascii():
        forms.append(_CLITIC.sub("", word.removesuffix("ماه")))
    if not word.isalpha():
        forms.append(_DIGITS.sub("", word))
    for form in forms:
        if form in _date_words():
            return _date_words()[form]
    if word in _YEAR_WORDS:
        return "year"
    if digits := _DIGITS.search(word):
        return "year" if int(digits[0]) in _YEARS else "short" if int(digits[0]) in _EARLY_YEARS else "number"
    if number_words(word) or is_dual(word):
        return "number"
    return "era" if word in _ERA_WORDS else ""


@cache
def _idle() -> frozenset[str]:
    return frozenset(fold(_IDLE).text.split())


@cache
def _date_words() -> Mapping[str, str]:
    """The telling word of each spelling of a date: the only one, or the last of several, and it run together."""
    found = dict.fromkeys(fold(_AGO_WORDS).text.split(), "relative")
    for name, sign in _DATE_FILES.items():
        for line in data_lines(name):
            head, _, spellings = line.partition(":")
            for spelling in spellings.split("|"):
                words = _WORD.findall(fold(spelling).text)
                found |= dict.fromkeys((words[-1], "".join(words)), "weak" if head.endswith("full") else sign)
    return {word: sign for word, sign in found.items() if word not in _idle()}

"""The dates and numbers that sentences name, normalised, with their offsets.

Most sentences name none, and a look at their words tells: only those with a digit, a number word or a word of a date
are read closely, which is a third of them and takes a third of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
_DATE_FILES: Final = ("dates.months.txt", "dates.weekdays.txt", "dates.relative.txt")
_MORE_DATE_WORDS: Final = (
    "قرن سده دهه century ago earlier پیش منذ الماضی الماضیه "
    "twenties thirties forties fifties sixties seventies eighties nineties"
)
# Too common to be looked after, and hardly ever a figure when nothing else in the sentence is.
_IDLE: Final = "یک نه اول نخست دوم واحد واحده احد سال الاول اولی الاولی الثانی one a an first second may مه می شب الی"
_CLITIC: Final = re.compile("^[وفبل]?(?:ال)?")


def find_facts(text: str, sentences: Sequence[Span], reference: date | None = None) -> list[Fact]:
    """The facts of these sentences (offsets in ``text``), in order. ``reference`` is the day of writing."""
    return [fact for span in sentences for fact in _in_sentence(text, span, reference)]


def _in_sentence(text: str, span: Span, reference: date | None) -> Iterator[Fact]:
    folded = fold(text[span.start : span.end])
    if not any(map(_tells, _WORD.findall(folded.text))):
        return
    dates = dates_of(folded, reference)
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


@lru_cache(maxsize=1 << 16)
def _tells(word: str) -> bool:
    """Whether a sentence with this folded word may name a date or a number."""
    if word in _idle():
        return False
    if any(character.isdecimal() for character in word) or number_words(word) or is_dual(word):
        return True
    bare = _CLITIC.sub("", word.removesuffix("ماه"))
    return word in _date_words() or bare in _date_words()


@cache
def _idle() -> frozenset[str]:
    return frozenset(fold(_IDLE).text.split())


@cache
def _date_words() -> frozenset[str]:
    """The telling word of each spelling of a date: the only one, or the last of several, and it run together."""
    spellings = [
        fold(spelling).text.split()
        for name in _DATE_FILES
        for line in data_lines(name)
        if not line.partition(":")[0].endswith("full")
        for spelling in line.partition(":")[2].split("|")
    ]
    telling = {words[-1] for words in spellings if words} | {"".join(words) for words in spellings}
    return frozenset(telling | set(fold(_MORE_DATE_WORDS).text.split())) - _idle()

"""Years in words: «هزار و سیصد و پنجاه و هفت», ألفين وأحد عشر."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from qa.text.folding import Folded, fold
from qa.text.numbers import numbers_in

_LEAD: Final = re.compile(
    r",? ?(?:(?:سال|عام|سنه|من عام|لعام) )?(?=(?:یک ?)?هزار و |دو ?هزار|الف و|الفین|الفان)(?P<words>)"
)
_WORDS: Final = 80  # letters that the longest year in words takes
_YEARS: Final = range(1200, 2100)


class WordedYear(NamedTuple):
    """A year, and where its words begin and end in the folded text."""

    start: int
    end: int
    number: int


def worded_year(folded: Folded, at: int) -> WordedYear | None:
    """The year that stands in words at ``at`` of a folded text, «سال» or عام before it maybe, or None."""
    lead = _LEAD.match(folded.text, at)
    if lead is None:
        return None
    start = lead.end()
    begin = folded.span(start, start + 1).start
    for number in numbers_in(fold(folded.original[begin : begin + _WORDS])):
        whole = number.value == int(number.value) and number.upper is None and not number.ordinal
        if number.start == 0 and whole and number.unit is None and int(number.value) in _YEARS:
            return WordedYear(start, start + number.end, int(number.value))
        break
    return None

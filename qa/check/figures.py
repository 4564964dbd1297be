"""The numbers and dates of a text, read once: a quote is compared with many statements."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from qa.text.dates import DateMention, find_dates
from qa.text.numbers import Quantity, find_numbers

UNDATED: Final = date(2000, 7, 1)
"""The day of writing that is supposed when it is not known: the same for statement and quote, so that they compare."""

_KEPT: Final = 2048
_HALF_SPACE: Final = "\u200c"


@lru_cache(maxsize=_KEPT)
def numbers_of(text: str) -> tuple[Quantity, ...]:
    """What ``find_numbers`` finds."""
    return tuple(find_numbers(text))


@lru_cache(maxsize=_KEPT)
def dates_of(text: str, reference: date) -> tuple[DateMention, ...]:
    """What ``find_dates`` finds; «می» before a half-space is a verb and not the month of May."""
    return tuple(each for each in find_dates(text, reference) if text[each.end : each.end + 1] != _HALF_SPACE)

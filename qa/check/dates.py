"""Dates of a statement: each must mean days that a date of the quotes means, in whatever calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from qa.text.dates import DateMention, Precision, find_dates
from qa.text.numbers import find_numbers
from qa.values import Finding

UNDATED = date(2000, 7, 1)
"""The day of writing that is supposed when it is not known: the same for statement and quote, so that they compare."""


_SIZES: Final[dict[Precision, int]] = {
    "day": 1, "week": 7, "month": 31, "season": 94, "year": 366, "decade": 3653, "century": 36525,
}  # fmt: skip


def date_findings(statement: str, quotes: Sequence[str], reference: date, context: Sequence[str] = ()) -> list[Finding]:
    """A finding for each date that no date of the quotes includes or equals: «…» ≠ the dates there."""
    said = find_dates(statement, reference)
    if not said:
        return []
    had = [each for quote in quotes for each in find_dates(quote, reference)]
    around = [each for text in context for each in find_dates(text, reference)]
    numbers = {each.value for quote in quotes for each in find_numbers(quote)}
    findings = []
    for mention in said:
        if any(_agree(mention, other) for other in had) or any(_same_days(mention, other) for other in around):
            continue
        if mention.approximate and _fits_another_year(statement, mention, had):
            continue
        if mention.precision == "year" and not had and _year_number(mention) in numbers:
            continue
        others = ", ".join(dict.fromkeys(_shown(other) for other in had))
        written = f"«{statement[mention.start : mention.end]}» {_shown(mention)}"
        findings.append(Finding("date", f"{written} ≠ {others}" if others else written))
    return findings


def _agree(said: DateMention, had: DateMention) -> bool:
    """Equal days, or a coarser date that includes those of the quote: "in November 2025" for 15 November 2025."""
    if _same_days(said, had):
        return True
    coarser = _SIZES[had.precision] < _SIZES[said.precision] and not _is_range(said)
    return coarser and said.first <= had.first and had.last <= said.last


def _is_range(mention: DateMention) -> bool:
    return (mention.last - mention.first).days > _SIZES[mention.precision]


def _fits_another_year(statement: str, mention: DateMention, had: Sequence[DateMention]) -> bool:
    """Whether a date said without its year ("25 October") is one of the quotes in the year written there."""
    written = statement[mention.start : mention.end]
    return any(_same_days(each, other) for other in had for each in find_dates(written, other.first))


def _same_days(said: DateMention, had: DateMention) -> bool:
    return said.first == had.first and said.last == had.last


def _year_number(mention: DateMention) -> int:
    return mention.first.year


def _shown(mention: DateMention) -> str:
    first = mention.first.isoformat()
    return first if mention.first == mention.last else f"{first}/{mention.last.isoformat()}"

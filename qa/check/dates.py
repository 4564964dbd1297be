"""Dates of a statement: each must mean days that a date of the quotes means, in whatever calendar."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from qa.check.figures import dates_of, numbers_of
from qa.check.findings import finding
from qa.text.dates import DateMention, Precision
from qa.values import Finding

_SIZES: Final[dict[Precision, int]] = {
    "day": 1, "week": 7, "month": 31, "season": 94, "year": 366, "decade": 3653, "century": 36525,
}  # fmt: skip

_ALMOST_A_YEAR: Final = timedelta(days=353)  # a Hijri year has 354


@dataclass(frozen=True, slots=True)
class Dated:
    """A date together with the text that it stands in."""

    text: str
    mention: DateMention

    @property
    def written(self) -> str:
        """The date as it is written."""
        return self.text[self.mention.start : self.mention.end]


def dates_in(texts: Sequence[str], reference: date) -> list[Dated]:
    """The dates of several texts."""
    return [Dated(text, mention) for text in texts for mention in dates_of(text, reference)]


def date_findings(
    statement: str, quotes: Sequence[str], reference: date, context: Sequence[str] = (), *, across: bool = False
) -> list[Finding]:
    """A finding for each date that agrees with none of the quotes, with the days that it and those there mean.

    ``across`` is whether all quotes are in another language: what is "later" or "last week" there may not be told.
    """
    said = dates_in([statement], reference)
    if not said:
        return []
    had = dates_in(quotes, reference)
    around = dates_in(context, reference)
    numbers = {each.value for quote in quotes for each in numbers_of(quote)}
    findings = []
    for each in said:
        if any(agree(each, other) for other in had) or any(_same_days(each.mention, other.mention) for other in around):
            continue
        if _ends_are_there(each.mention, had, numbers) or (across and _untellable(each, had)):
            continue
        if (
            each.mention.first.year in numbers
            and each.mention.precision in ("year", "decade")
            and not is_range(each.mention)
        ):
            continue  # a bare figure that was not read as a year: «۲۰۰۳ و ۲۰۰۴»
        others = ", ".join(dict.fromkeys(_shown(other.mention) for other in had))
        shown = f"{each.written} ({_shown(each.mention)})"
        if others:
            findings.append(finding("date", "date_differs", said=shown, quoted=others))
        else:
            findings.append(finding("date", "date_absent", said=shown))
    return findings


def _untellable(said: Dated, had: Sequence[Dated]) -> bool:
    """Whether a date may be in a quote of another language and not be read: a relative one, a decade of a century."""
    if said.mention.precision == "decade":
        return any(other.mention.precision == "decade" for other in had)
    worded = not any(character.isdigit() for character in said.written)
    return said.mention.approximate and worded and not any(other.mention.approximate for other in had)


def agree(said: Dated, had: Dated) -> bool:
    """Equal days; a coarser date that includes the quote's ("in November 2025" for 15 November 2025); an end of a
    range that the quote gives; days of which one lacks the year; relative dates that mostly cover each other.
    """
    one, other = said.mention, had.mention
    if _same_days(one, other):
        return True
    if _SIZES[other.precision] < _SIZES[one.precision] and not is_range(one) and _includes(one, other):
        return True
    if (
        is_range(other)
        and not is_range(one)
        and _includes(other, one)
        and (one.first == other.first or one.last == other.last)
    ):
        return True
    if one.approximate and other.approximate and one.precision == other.precision != "day":
        return _mostly_overlap(one, other) or _same_week(one, other)
    return _agree_without_year(said, had)


def _agree_without_year(said: Dated, had: Dated) -> bool:
    """Whether a date said without its year ("25 October") is the other one in the year written there."""
    if said.mention.approximate and not had.mention.approximate:
        return any(_same_days(each, had.mention) for each in dates_of(said.written, had.mention.first))
    if had.mention.approximate and not said.mention.approximate:
        return any(_same_days(each, said.mention) for each in dates_of(had.written, said.mention.first))
    return False


def _same_days(one: DateMention, other: DateMention) -> bool:
    return one.first == other.first and one.last == other.last


def _includes(wide: DateMention, narrow: DateMention) -> bool:
    return wide.first <= narrow.first and narrow.last <= wide.last


def is_range(mention: DateMention) -> bool:
    """Whether a date covers more than one of its kind: «1914–1918»."""
    return (mention.last - mention.first).days > _SIZES[mention.precision]


def _is_single_year(mention: DateMention) -> bool:
    return mention.precision in ("year", "decade") and not is_range(mention)


def _mostly_overlap(one: DateMention, other: DateMention) -> bool:
    shared = min(one.last, other.last) - max(one.first, other.first) + timedelta(days=1)
    return 2 * shared > one.last - one.first + timedelta(days=1)


def _same_week(one: DateMention, other: DateMention) -> bool:
    """Weeks begin on Saturday, Sunday or Monday: "last week" and «هفته گذشته» share less than their days."""
    near = abs((one.first - other.first).days) < _SIZES["week"]
    return one.precision == "week" and one.calendar != other.calendar and near


def _ends_are_there(range_: DateMention, had: Sequence[Dated], numbers: Set[Decimal]) -> bool:
    """Whether the quotes have the first and the last year of a range of years, as dates or as bare figures."""
    if range_.precision != "year" or not is_range(range_):
        return False
    ends = (range_.first + _ALMOST_A_YEAR, range_.last - _ALMOST_A_YEAR)
    begins = any(range_.first <= each.mention.first <= ends[0] for each in had)
    closes = any(ends[1] <= each.mention.last <= range_.last for each in had)
    return (begins or range_.first.year in numbers) and (closes or range_.last.year in numbers)


def _shown(mention: DateMention) -> str:
    first = mention.first.isoformat()
    return first if mention.first == mention.last else f"{first}/{mention.last.isoformat()}"

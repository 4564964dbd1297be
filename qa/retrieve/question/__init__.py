"""What a question says of the articles that it is to be answered from: their dates, their outlet, their language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qa.retrieve.question.cues import Asked
from qa.retrieve.question.dates import read_dates
from qa.retrieve.question.languages import read_language
from qa.retrieve.question.outlets import Outlets, read_outlet
from qa.values import Filters, Understanding

__all__ = ["Outlets", "limited_by", "understand", "without"]


def understand(question: str, *, outlets: Outlets, today: date, given: Filters | None = None) -> list[Understanding]:
    """The filters that a question's own words set, in reading order.

    ``outlets`` are those of the library; ``today`` is what "last week" counts from. What ``given`` filters set
    already is not read.
    """
    given = given or Filters()
    asked = Asked.of(question)
    found: list[Understanding] = []
    if given.since is None and given.until is None:
        found += read_dates(asked, today)
    if given.source is None:
        found += read_outlet(asked, outlets)
    if given.language is None:
        found += read_language(asked)
    return sorted(found, key=lambda each: each.start)


def limited_by(given: Filters, understood: Sequence[Understanding]) -> Filters:
    """The given filters with all that was understood added."""
    for each in understood:
        new = {name: value for name in Filters.__slots__ if (value := getattr(each.filters, name)) is not None}
        given = replace(given, **new)
    return given


def without(question: str, understood: Sequence[Understanding]) -> str:
    """The question without the words that were understood; the whole when nothing else is left."""
    rest = question
    for each in sorted(understood, key=lambda each: -each.start):
        rest = f"{rest[: each.start]} {rest[each.end :]}"
    return rest if Asked.of(rest).words else question

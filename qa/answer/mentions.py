"""The dates, numbers and names of a sentence: what questions of most kinds ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qa.text.dates import find_dates
from qa.text.known_names import find_names, place_of
from qa.text.numbers import find_numbers
from qa.text.tokens import words
from qa.values import Span

_ANY_DAY = date(2000, 1, 1)  # relative dates count as dates, whatever day they mean


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where a sentence writes dates, numbers (years and numbers in dates too), names, and names of places.

    Offsets are those of the sentence.
    """

    dates: tuple[Span, ...]
    numbers: tuple[Span, ...]
    names: tuple[Span, ...]
    places: tuple[Span, ...]


def find_mentions(text: str, language: str) -> Mentions:
    """All of them, each kind in reading order."""
    names = tuple(find_names(text, language))
    return Mentions(
        dates=tuple(Span(each.start, each.end) for each in find_dates(text, _ANY_DAY)),
        numbers=tuple(Span(each.start, each.end) for each in find_numbers(text)),
        names=names,
        places=tuple(
            name
            for name in names
            if any(place_of(word.folded) is not None for word in words(text[name.start : name.end]))
        ),
    )

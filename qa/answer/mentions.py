"""The dates, numbers and names of a sentence: what questions of most kinds ask for."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from qa.text.dates import find_dates
from qa.text.known_names import find_names, place_of
from qa.text.numbers import find_numbers
from qa.text.tokens import words
from qa.values import Span

_ANY_DAY = date(2000, 1, 1)  # relative dates count as dates, whatever day they mean


class Mentions:
    """Where a sentence writes dates, numbers (years and numbers in dates too), names, and names of places.

    Each kind in reading order, found when it is first asked for. Offsets are those of the sentence.
    """

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language

    @cached_property
    def dates(self) -> tuple[Span, ...]:
        """Dates and stretches of time, relative ones too."""
        return tuple(Span(each.start, each.end) for each in find_dates(self._text, _ANY_DAY))

    @cached_property
    def numbers(self) -> tuple[Span, ...]:
        """Numbers in digits and in words."""
        return tuple(Span(each.start, each.end) for each in find_numbers(self._text))

    @cached_property
    def names(self) -> tuple[Span, ...]:
        """Names of anything."""
        return tuple(find_names(self._text, self._language))

    @cached_property
    def places(self) -> tuple[Span, ...]:
        """Those of the names that have a place's name in them."""
        return tuple(name for name in self.names if self._has_place(name))

    def _has_place(self, name: Span) -> bool:
        return any(place_of(word.folded) is not None for word in words(self._text[name.start : name.end]))

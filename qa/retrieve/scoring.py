"""A passage with another score."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Final

from qa.values import Passage

_NAMES: Final = tuple(field.name for field in fields(Passage))
_PLACE: Final = _NAMES.index("score")
_values = attrgetter(*_NAMES)


def scored(passage: Passage, score: float) -> Passage:
    """The passage with this score: ``dataclasses.replace`` in a third of its time, as a search does so fifty times."""
    values = list(_values(passage))
    values[_PLACE] = score
    return Passage(*values)

"""What a stream gives while an answer is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qa.values.answers import Answer, Citation, Statement
from qa.values.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Found:
    """Stream event: retrieval is done; these passages are the evidence."""

    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Delta:
    """Stream event: provisional words of the statement being written. Not checked yet; show them as such."""

    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Stream event: the statement in progress is complete and checked; it replaces the Deltas before it.

    ``citations`` are those the statement cites, numbered as in the final answer. ``withheld`` is true when
    the statement did not pass and is not part of the answer: clear its Deltas away.
    """

    statement: Statement
    citations: tuple[Citation, ...]
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """Stream event, always the last: the whole answer."""

    answer: Answer


Event = Found | Delta | Checked | Done


def final_answer(events: Iterable[Event]) -> Answer:
    """The answer at the end of a stream, which is run through."""
    for event in events:
        if isinstance(event, Done):
            return event.answer
    raise AssertionError("a stream ends with Done")

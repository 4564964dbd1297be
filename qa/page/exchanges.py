"""What readers have asked and what came of it: values that grow event by event, from which the page is drawn."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from qa.values import Answer, Checked, Delta, Done, Event, Evidence, Filters, Found

if TYPE_CHECKING:
    from pydantic import TypeAdapter

State = Literal["writing", "done", "stopped", "failed", "interrupted"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what has come of it so far. ``provisional`` are words that are not checked yet.

    ``as_written`` means that the question was searched for without what the conversation before it says, and
    ``understand`` that filters were read out of its words. ``trouble`` is set when it failed: what happened and what
    to do. ``verdict`` and ``reason`` are what the reader thinks of the answer, once they have said so.
    """

    question: str
    filters: Filters = field(default_factory=Filters)
    id: str = field(default_factory=lambda: secrets.token_hex(6))
    as_written: bool = False
    understand: bool = True
    state: State = "writing"
    evidence: Evidence | None = None
    checked: tuple[Checked, ...] = ()
    provisional: str = ""
    answer: Answer | None = None
    trouble: str | None = None
    verdict: Literal["good", "bad"] | None = None
    reason: str = ""

    def after(self, event: Event) -> Exchange:
        """The exchange once ``event`` has come."""
        match event:
            case Found():
                return replace(self, evidence=event.evidence)
            case Delta():
                return replace(self, provisional=self.provisional + event.text)
            case Checked():
                return replace(self, checked=(*self.checked, event), provisional="")
            case Done():
                return replace(self, answer=event.answer, provisional="", state="done")

    def stopped(self) -> Exchange:
        """The exchange as it stands when the reader has had enough; unchecked words are dropped."""
        return replace(self, provisional="", state="stopped")

    def failed(self, trouble: str) -> Exchange:
        """The exchange when it cannot go on."""
        return replace(self, provisional="", state="failed", trouble=trouble)

    def interrupted(self) -> Exchange:
        """The exchange when the program ended in the middle of it; what was checked stays."""
        return replace(self, provisional="", state="interrupted")

    def to_json(self) -> str:
        """The exchange as a document that :func:`from_json` reads."""
        return _adapter().dump_json(self).decode()


def from_json(document: str) -> Exchange:
    """The exchange in a document. Raises ValueError when it holds none, as one of a later Sanad may."""
    return _adapter().validate_json(document)


@cache
def _adapter() -> TypeAdapter[Exchange]:
    from pydantic import TypeAdapter

    return TypeAdapter(Exchange)

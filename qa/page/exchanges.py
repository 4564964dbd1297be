"""What readers have asked and what came of it: values that grow event by event, from which the page is drawn."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from qa.values import Answer, Checked, Delta, Done, Event, Evidence, Filters, Found

State = Literal["writing", "done", "stopped", "failed"]

READERS: Final = 2000  # conversations kept; beyond that the one that rested longest is forgotten
EXCHANGES: Final = 50  # exchanges kept for a reader


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what has come of it so far. ``provisional`` are words that are not checked yet.

    ``as_written`` means that the question was searched for without what the conversation before it says.
    ``trouble`` is set when it failed: what happened and what to do.
    """

    question: str
    filters: Filters = field(default_factory=Filters)
    id: str = field(default_factory=lambda: secrets.token_hex(6))
    as_written: bool = False
    state: State = "writing"
    evidence: Evidence | None = None
    checked: tuple[Checked, ...] = ()
    provisional: str = ""
    answer: Answer | None = None
    trouble: str | None = None

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


class Conversations:
    """The exchanges of each reader, oldest first, in memory. Safe for use by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, OrderedDict[str, Exchange]] = OrderedDict()

    def of(self, reader: str) -> tuple[Exchange, ...]:
        """A reader's exchanges."""
        with self._lock:
            return tuple(self._kept.get(reader, {}).values())

    def keep(self, reader: str, exchange: Exchange) -> None:
        """Put an exchange last, or in the place of the one with its id. One that has ended stays as it is."""
        with self._lock:
            mine = self._kept.setdefault(reader, OrderedDict())
            self._kept.move_to_end(reader)
            before = mine.get(exchange.id)
            if before is None or before.state == "writing":
                mine[exchange.id] = exchange
            while len(mine) > EXCHANGES:
                mine.popitem(last=False)
            while len(self._kept) > READERS:
                self._kept.popitem(last=False)

    def end(self, reader: str, ending: Callable[[Exchange], Exchange]) -> None:
        """End the reader's exchange that is being written, if there is one."""
        with self._lock:
            mine = self._kept.get(reader, OrderedDict())
            for exchange in reversed(mine.values()):
                if exchange.state == "writing":
                    mine[exchange.id] = ending(exchange)
                    return

    def writing(self, reader: str, exchange: Exchange) -> bool:
        """Whether an exchange is still wanted: neither stopped nor forgotten."""
        with self._lock:
            kept = self._kept.get(reader, OrderedDict()).get(exchange.id)
        return kept is not None and kept.state == "writing"

    def latest(self, reader: str, id: str) -> Exchange | None:
        """The exchange with this id as it stands now, if it is the reader's last one."""
        kept = self.of(reader)
        return kept[-1] if kept and kept[-1].id == id else None

    def forget(self, reader: str) -> None:
        """Drop everything of a reader."""
        with self._lock:
            self._kept.pop(reader, None)

"""The conversations of all readers: the newest exchanges of those in use in memory, and all of them in the catalog.

What is said is written down behind the reader's back, by one thread, so that no answer waits for the disk or for an
ingest that holds the catalog. An exchange is written when it begins and whenever a statement of it is checked: killed
at any instant, the program has lost no more than what nobody has checked yet.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import replace
from typing import Final

from qa.errors import LibraryError
from qa.library.journal import Feedback, Journal, Kept, Verdict, now
from qa.page.exchanges import Exchange, from_json
from qa.text import fold

IN_MEMORY: Final = 400  # exchanges; beyond that the conversation that rested longest is read from the catalog again
RECENT: Final = 6  # exchanges of a conversation that stay in memory: all that a follow-up leans on
EXCHANGES: Final = 50  # of a conversation that are shown: the newest
LONGEST_TITLE: Final = 120
LONGEST_REASON: Final = 2000
SETTLING: Final = 2.0  # seconds that a reader's list waits for what is being written down

_log = logging.getLogger(__name__)
_Place = tuple[str, str]  # reader, conversation


class Conversations:
    """The exchanges of each reader's conversations, oldest first. Safe for use by several threads.

    A reader is a hash (see :mod:`qa.page.readers`); one whose browser keeps no cookie is None: nothing that they ask
    is written down, and it is found again only by the page that holds the conversation's id.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._lock = threading.Lock()
        self._loaded: OrderedDict[_Place, OrderedDict[str, Exchange]] = OrderedDict()
        self._unwritten: OrderedDict[str, tuple[_Place, Exchange]] = OrderedDict()
        self._scribe = ThreadPoolExecutor(1, thread_name_prefix="journal")

    def of(self, reader: str | None, conversation: str) -> tuple[Exchange, ...]:
        """The newest exchanges of a conversation, as many as are shown; none when it isn't this reader's."""
        return self._all(reader, conversation, EXCHANGES)

    def recent(self, reader: str | None, conversation: str) -> tuple[Exchange, ...]:
        """The last few of them, which are at hand."""
        place = (reader or "", conversation)
        with self._lock:
            known = self._loaded.get(place)
            if known is not None:
                self._loaded.move_to_end(place)
                return tuple(known.values())
        read = self._read(reader, conversation, RECENT)
        if not read:
            return ()
        with self._lock:
            return tuple(self._load(place, read).values())

    def whole(self, reader: str | None, conversation: str) -> tuple[Exchange, ...]:
        """Every exchange of a conversation, those that are no longer shown too."""
        return self._all(reader, conversation, None)

    def find(self, reader: str | None, conversation: str, id: str) -> Exchange | None:
        """One exchange of those that are shown; None when there is none with this id, or it isn't this reader's."""
        at_hand = (each for each in self.recent(reader, conversation) if each.id == id)
        return next(at_hand, None) or next((each for each in self.of(reader, conversation) if each.id == id), None)

    def begin(self, reader: str | None, conversation: str, exchange: Exchange) -> None:
        """Put a new exchange last in a conversation, which is begun if need be."""
        self.recent(reader, conversation)
        with self._lock:
            self._put((reader or "", conversation), exchange)

    def keep(self, reader: str | None, conversation: str, exchange: Exchange) -> None:
        """Put an exchange in the place of the one with its id, unless that has ended or was deleted."""
        place = (reader or "", conversation)
        with self._lock:
            before = self._loaded.get(place, OrderedDict()).get(exchange.id)
            if before is not None and before.state == "writing":
                self._put(place, exchange)

    def end(self, reader: str | None, conversation: str, ending: Callable[[Exchange], Exchange]) -> None:
        """End the exchange that is being written, if there is one."""
        place = (reader or "", conversation)
        with self._lock:
            for exchange in reversed(self._loaded.get(place, OrderedDict()).values()):
                if exchange.state == "writing":
                    self._put(place, ending(exchange))
                    return

    def writing(self, reader: str | None, conversation: str, exchange: Exchange) -> bool:
        """Whether an exchange is still wanted: neither stopped nor deleted."""
        with self._lock:
            kept = self._loaded.get((reader or "", conversation), OrderedDict()).get(exchange.id)
        return kept is not None and kept.state == "writing"

    def latest(self, reader: str | None, conversation: str, id: str) -> Exchange | None:
        """The exchange with this id as it stands now, if it is the last one."""
        kept = self.recent(reader, conversation)
        return kept[-1] if kept and kept[-1].id == id else None

    def listed(self, reader: str | None, sought: str = "") -> list[Kept]:
        """A reader's conversations, the newest first; of those, the ones that have every word of ``sought``."""
        if reader is None:
            return []
        self._settle()
        wanted = fold(sought).text.split()
        return [each for each in self._journal.of(reader) if _has(each, wanted)]

    def rename(self, reader: str | None, conversation: str, title: str) -> bool:
        """Give a conversation another title; whether that could be done."""
        shown = " ".join(title.split())[:LONGEST_TITLE]
        if not reader or not shown:
            return False
        return self._scribe.submit(self._journal.rename, reader, conversation, shown).result()

    def delete(self, reader: str | None, conversation: str) -> bool:
        """Delete a conversation; whether it was there. What is still being written in it ends."""
        place = (reader or "", conversation)
        with self._lock:
            loaded = self._loaded.pop(place, None)
            for id in [id for id, (where, _) in self._unwritten.items() if where == place]:
                del self._unwritten[id]
        if not reader:
            return False
        return self._scribe.submit(self._journal.delete, reader, conversation).result() or bool(loaded)

    def judge(
        self, reader: str | None, conversation: str, id: str, verdict: Verdict | None, reason: str
    ) -> Exchange | None:
        """Keep what a reader thinks of an answer, None to take it back; None when they have no such answer."""
        found = self.find(reader, conversation, id)
        if found is None or found.answer is None:
            return None
        judged = replace(found, verdict=verdict, reason=reason.strip()[:LONGEST_REASON] if verdict else "")
        if verdict is None:
            self._scribe.submit(self._journal.withdraw, id).result()
        else:
            given = Feedback(judged.question, found.answer.answer, verdict, judged.reason, now(), id)
            self._scribe.submit(self._journal.judge, given).result()
        place = (reader or "", conversation)
        with self._lock:
            if id in self._loaded.get(place, ()):
                self._put(place, judged)
            else:
                self._write_down(place, judged)
        return judged

    def close(self) -> None:
        """Write down what is not yet."""
        self._scribe.shutdown()

    # --- inside; what touches the two dictionaries holds the lock ---

    def _load(self, place: _Place, read: Sequence[Exchange] = ()) -> OrderedDict[str, Exchange]:
        mine = self._loaded.setdefault(place, OrderedDict((each.id, each) for each in read))
        self._loaded.move_to_end(place)
        over = sum(map(len, self._loaded.values())) - IN_MEMORY
        for each, held in list(self._loaded.items())[:-1] if over > 0 else ():
            if over > 0 and not self._in_use(held):
                over -= len(held)
                del self._loaded[each]
        return mine

    def _in_use(self, held: OrderedDict[str, Exchange]) -> bool:
        return any(each.state == "writing" or id in self._unwritten for id, each in held.items())

    def _put(self, place: _Place, exchange: Exchange) -> None:
        mine = self._load(place)
        before = mine.get(exchange.id)
        mine[exchange.id] = exchange
        if place[0] and (before is None or replace(before, provisional="") != replace(exchange, provisional="")):
            self._write_down(place, exchange)
        most = RECENT if place[0] else EXCHANGES
        for id, each in list(mine.items())[: len(mine) - most] if len(mine) > most else ():
            if each.state != "writing" and id not in self._unwritten:
                del mine[id]

    def _write_down(self, place: _Place, exchange: Exchange) -> None:
        self._unwritten[exchange.id] = (place, exchange)
        self._scribe.submit(self._write)

    def _write(self) -> None:
        """Write down everything that is not yet. What the catalog refuses now waits for the next time."""
        while True:
            with self._lock:
                if not self._unwritten:
                    return
                id, waiting = next(iter(self._unwritten.items()))
            (reader, conversation), exchange = waiting
            title = " ".join(exchange.question.split())[:LONGEST_TITLE]
            try:
                self._journal.keep(reader, conversation, title, id, exchange.question, exchange.to_json())
            except LibraryError as error:
                _log.warning("A conversation could not be written down yet: %s", error)
                return
            with self._lock:
                if self._unwritten.get(id) is waiting:
                    del self._unwritten[id]

    def _all(self, reader: str | None, conversation: str, newest: int | None) -> tuple[Exchange, ...]:
        """What the catalog has, and in its place or after it what is in memory, which is newer."""
        place = (reader or "", conversation)
        with self._lock:
            newer = {id: each for id, (where, each) in self._unwritten.items() if where == place}
            newer |= self._loaded.get(place, {})
        merged = {each.id: each for each in self._read(reader, conversation, newest)} | newer
        return tuple(merged.values())[-(newest or len(merged)) :]

    def _read(self, reader: str | None, conversation: str, newest: int | None) -> list[Exchange]:
        if reader is None or not conversation:
            return []
        found = (_read(document) for document in self._journal.documents(reader, conversation, newest))
        return [each for each in found if each is not None]

    def _settle(self) -> None:
        """Wait a little for what is being written down."""
        try:
            self._scribe.submit(self._write).result(SETTLING)
        except NotYet:
            _log.info("The catalog is busy; a list may lack the newest question.")


def _read(document: str) -> Exchange | None:
    """An exchange as written down; one that nobody is writing any more was interrupted."""
    try:
        exchange = from_json(document)
    except ValueError as error:
        _log.warning("An exchange in the catalog cannot be read: %s", error)
        return None
    return exchange.interrupted() if exchange.state == "writing" else exchange


def _has(kept: Kept, wanted: list[str]) -> bool:
    text = fold(" ".join((kept.title, *kept.questions))).text
    return all(word in text for word in wanted)

"""From what the page sent to an exchange that grows: the question is checked, asked and kept as its answer comes."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from qa.conversation import Conversation, Turn
from qa.errors import SanadError, SettingsError
from qa.filters import parse_filters
from qa.page.conversations import Conversations
from qa.page.exchanges import Exchange
from qa.sanad import Sanad
from qa.texts import text
from qa.values import Delta, Event, Filters

LONGEST_QUESTION: Final = 2000  # characters
REDRAW: Final = 0.05  # seconds between two drawings of provisional words
LONGEST_WATCH: Final = 120.0  # seconds that a page which was opened anew follows an answer in another tab
FILTERS: Final = ("since", "until", "source", "language")
_ID: Final = re.compile(r"[0-9a-f]{12,32}")


@dataclass(frozen=True, slots=True)
class Place:
    """Whose conversation it is, and which. ``reader`` is None for a browser that keeps no cookie."""

    reader: str | None
    conversation: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for, as the page sent it and as it was checked."""

    question: str
    filters: Filters
    as_written: bool = False
    understand: bool = True


def conversation_of(sent: Mapping[str, Any]) -> str:
    """The id of the conversation that the page is in; a new one when it sent none that could be one."""
    id = str(sent.get("conversation") or "")
    return id if _ID.fullmatch(id) else secrets.token_hex(8)


def question_of(sent: Mapping[str, Any]) -> str:
    """The question that the page sent; empty when there is nothing to ask."""
    return str(sent.get("question") or "").strip()[:LONGEST_QUESTION]


def wish_of(question: str, sent: Mapping[str, Any]) -> Wish:
    """What the page sent, checked; whatever else it holds is ignored. Raises SettingsError for unusable filters."""
    given = {name: str(sent.get(name) or "").strip()[:200] or None for name in FILTERS}
    return Wish(
        question,
        parse_filters(**given),
        as_written=sent.get("as_written") is True,
        understand=sent.get("understand") is not False,
    )


def answered(
    sanad: Sanad, conversations: Conversations, place: Place, sent: Mapping[str, Any], language: str
) -> Iterator[Exchange]:
    """The exchange each time it is worth drawing: as it begins, and until it has ended or the reader stops it."""
    question = question_of(sent)
    before = conversations.recent(place.reader, place.conversation)
    try:
        wish = wish_of(question, sent)
    except SettingsError:
        failed = Exchange(question).failed(text("page.bad_filters", language))
        conversations.begin(place.reader, place.conversation, failed)
        yield failed
        return
    exchange = Exchange(wish.question, wish.filters, as_written=wish.as_written, understand=wish.understand)
    conversations.begin(place.reader, place.conversation, exchange)
    yield exchange
    yield from _progress(exchange, _events(sanad, before, wish), conversations, place)


def watched(conversations: Conversations, place: Place) -> Iterator[tuple[Exchange, ...]]:
    """A conversation now, and as long as an answer is being written in another tab, each time that it has changed."""
    shown: tuple[Exchange, ...] | None = None
    for _ in range(int(LONGEST_WATCH / REDRAW)):
        kept = conversations.recent(place.reader, place.conversation)
        if kept != shown:
            shown = kept
            yield conversations.of(place.reader, place.conversation)
        if not kept or kept[-1].state != "writing":
            return
        time.sleep(REDRAW)


def _progress(
    exchange: Exchange, events: Iterator[Event], conversations: Conversations, place: Place
) -> Iterator[Exchange]:
    drawn = 0.0
    where = (place.reader, place.conversation)
    try:
        for event in events:
            if not conversations.writing(*where, exchange):
                break
            exchange = exchange.after(event)
            conversations.keep(*where, exchange)
            if not isinstance(event, Delta) or time.monotonic() - drawn > REDRAW:
                drawn = time.monotonic()
                yield exchange
        if stopped := conversations.latest(*where, exchange.id):
            yield stopped  # a drawing that was on its way when the reader stopped may have come after
    except SanadError as error:
        exchange = exchange.failed(str(error))
        conversations.keep(*where, exchange)
        yield exchange
    except GeneratorExit:  # the reader went away in the middle
        conversations.keep(*where, exchange.stopped())
        raise


def _events(sanad: Sanad, before: tuple[Exchange, ...], wish: Wish) -> Iterator[Event]:
    if wish.as_written:
        return sanad.stream(wish.question, filters=wish.filters, understand=wish.understand)
    turns = tuple(
        Turn(each.question, each.answer.standalone_question, each.answer)
        for each in before
        if each.answer is not None and each.question != wish.question  # asked again, it does not lean on itself
    )
    return Conversation(sanad, turns).stream(wish.question, filters=wish.filters, understand=wish.understand)

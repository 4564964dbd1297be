"""The page as Gradio Blocks: what is drawn where, and what happens when a reader asks or stops.

Gradio carries the questions, the stream of the answer and the queue of readers. State is kept as values
(:mod:`qa.page.exchanges`) by the reader's cookie; what is shown is drawn from them and never read back.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import gradio as gr

from qa.conversation import Conversation, Turn
from qa.errors import SanadError, SettingsError
from qa.filters import parse_filters
from qa.page import render, shell
from qa.page.exchanges import Conversations, Exchange
from qa.page.frame import READER_COOKIE
from qa.page.standing import Lookout
from qa.sanad import Sanad
from qa.texts import text
from qa.values import Delta, Event, Filters

AT_ONCE: Final = 32  # answers written at the same time; Gradio's pool of threads has 40
LONGEST_WATCH: Final = 120.0  # seconds that a page which was opened anew follows an answer in another tab
REDRAW: Final = 0.05  # seconds between two drawings of provisional words
_START: Final = """
const events = ['ask', 'stop', 'new'];
window.sanadPage.start(element, (name, data) => { if (events.includes(name)) trigger(name, data); });
"""
_CHANGED: Final = "watch('value', () => window.sanadPage.changed());"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for, as the page sent it and as it was checked."""

    question: str
    filters: Filters
    as_written: bool


def build(sanad: Sanad, lookout: Lookout, conversations: Conversations, language: str) -> gr.Blocks:
    """The page in one language, over a library and the conversations of its readers."""
    standing = lookout.now()

    def drawn(reader: str) -> tuple[str, str]:
        """All that a reader has asked (the past, the present), or the welcome."""
        kept = conversations.of(reader)
        if not kept:
            return shell.welcome(lookout.now(), language), ""
        return render.exchanges(kept[:-1], language), render.exchange_html(kept[-1], language)

    with gr.Blocks(title=text("page.name", language), analytics_enabled=False, fill_width=True) as page:
        top = _panel(shell.bar(standing, language), "top")
        past = _panel("", "past", js_on_load=_CHANGED)
        current = _panel("", "current", js_on_load=_CHANGED)
        composer = _panel(shell.composer(standing, language), "composer", js_on_load=_START)

        def surround() -> tuple[str, str]:
            now = lookout.now()
            return shell.bar(now, language), shell.composer(now, language)

        def restore(request: gr.Request) -> Iterator[tuple[str, str]]:
            reader = _reader(request)
            for _ in _watch(conversations, reader):
                yield drawn(reader)

        def ask(event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, Any]]:
            yield from _answer(sanad, conversations, _reader(request), event._data, language)

        def stop(request: gr.Request) -> tuple[str, str]:
            conversations.end(_reader(request), Exchange.stopped)
            return drawn(_reader(request))

        def broken(request: gr.Request) -> tuple[str, str]:
            trouble = text("page.broken", language)
            conversations.end(_reader(request), lambda exchange: exchange.failed(trouble))
            return drawn(_reader(request))

        def new(request: gr.Request) -> tuple[str, str]:
            conversations.forget(_reader(request))
            return drawn(_reader(request))

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "multiple"}
        both = [past, current]
        page.load(surround, outputs=[top, composer], **quiet)
        page.load(restore, outputs=both, **quiet)
        asking = composer.ask(ask, outputs=both, concurrency_limit=AT_ONCE, concurrency_id="answers", **quiet)
        asking.failure(broken, outputs=both, concurrency_limit=None, **quiet)  # a mistake of the program
        composer.stop(stop, outputs=both, concurrency_limit=None, **quiet)
        composer.new(new, outputs=both, concurrency_limit=None, **quiet)
    page.queue(default_concurrency_limit=AT_ONCE)
    return page  # type: ignore[no-any-return]


def _panel(value: str, name: str, js_on_load: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=js_on_load, apply_default_css=False, container=False, padding=False)


def _answer(
    sanad: Sanad, conversations: Conversations, reader: str, sent: object, language: str
) -> Iterator[tuple[Any, Any]]:
    """Draw the answer as it comes: (the past, the present). The past is drawn once."""
    before = conversations.of(reader)
    sent = sent if isinstance(sent, Mapping) else {}
    question = str(sent.get("question", "")).strip()[: shell.LONGEST_QUESTION]
    if not question:
        yield gr.skip(), gr.skip()
        return
    try:
        wish = _wish(question, sent)
    except SettingsError:
        failed = Exchange(question).failed(text("page.bad_filters", language))
        conversations.keep(reader, failed)
        yield render.exchanges(before, language), render.exchange_html(failed, language)
        return
    exchange = Exchange(wish.question, wish.filters, as_written=wish.as_written)
    conversations.keep(reader, exchange)
    yield render.exchanges(before, language), render.exchange_html(exchange, language)
    for shown in _progress(exchange, _events(sanad, before, wish), conversations, reader):
        yield gr.skip(), render.exchange_html(shown, language)


def _progress(
    exchange: Exchange, events: Iterator[Event], conversations: Conversations, reader: str
) -> Iterator[Exchange]:
    """The exchange each time it is worth drawing, until it has ended or the reader stops it."""
    drawn = 0.0
    try:
        for event in events:
            if not conversations.writing(reader, exchange):
                break
            exchange = exchange.after(event)
            conversations.keep(reader, exchange)
            if not isinstance(event, Delta) or time.monotonic() - drawn > REDRAW:
                drawn = time.monotonic()
                yield exchange
        if stopped := conversations.latest(reader, exchange.id):
            yield stopped  # a drawing that was on its way when the reader stopped may have come after
    except SanadError as error:
        exchange = exchange.failed(str(error))
        conversations.keep(reader, exchange)
        yield exchange
    except GeneratorExit:  # the reader went away in the middle
        conversations.keep(reader, exchange.stopped())
        raise


def _events(sanad: Sanad, before: tuple[Exchange, ...], wish: Wish) -> Iterator[Event]:
    if wish.as_written:
        return sanad.stream(wish.question, filters=wish.filters)
    turns = tuple(
        Turn(each.question, each.answer.standalone_question, each.answer) for each in before if each.answer is not None
    )
    return Conversation(sanad, turns).stream(wish.question, filters=wish.filters)


def _wish(question: str, sent: Mapping[str, Any]) -> Wish:
    """What the page sent, checked; whatever else it holds is ignored. Raises SettingsError for unusable filters."""
    given = {name: str(sent.get(name) or "").strip()[:200] or None for name in ("since", "until", "source", "language")}
    return Wish(question, parse_filters(**given), sent.get("as_written") is True)


def _watch(conversations: Conversations, reader: str) -> Iterator[None]:
    """Says when a reader's exchanges are to be drawn: now, and as long as an answer is being written in another tab."""
    shown: tuple[Exchange, ...] | None = None
    for _ in range(int(LONGEST_WATCH / REDRAW)):
        kept = conversations.of(reader)
        if kept != shown:
            shown = kept
            yield
        if not kept or kept[-1].state != "writing":
            return
        time.sleep(REDRAW)


def _reader(request: gr.Request) -> str:
    return str(request.cookies.get(READER_COOKIE, ""))

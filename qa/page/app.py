"""The page as Gradio Blocks: what is drawn where, and what happens when a reader asks or stops.

Gradio carries the questions, the stream of the answer and the queue of readers. State is kept as values
(:mod:`qa.page.conversations`) by the reader's cookie; what is shown is drawn from them and never read back.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator, Mapping
from typing import Any, Final

import gradio as gr

from qa.page import panels, render, shell
from qa.page.answering import Place, answered, conversation_of, question_of, watched
from qa.page.bar import bar
from qa.page.conversations import Conversations
from qa.page.exchanges import Exchange
from qa.page.library_html import Access, library_html
from qa.page.markup import element
from qa.page.readers import reader_of
from qa.page.standing import Lookout
from qa.sanad import Sanad
from qa.texts import text

AT_ONCE: Final = 32  # answers written at the same time; Gradio's pool of threads has 40
PAGES: Final = 500  # open pages that are known by what they show, and whose settings Gradio keeps (12 kB each)
_START: Final = """
const events = ['ask', 'stop', 'recall'];
window.sanadPage.start((name, data) => { if (events.includes(name)) trigger(name, data); });
"""
_CHANGED: Final = "watch('value', () => window.sanadPage.changed());"


def build(
    sanad: Sanad,
    lookout: Lookout,
    conversations: Conversations,
    language: str,
    *,
    access: Access = "hidden",
    adds: bool = False,
) -> gr.Blocks:
    """The page in one language, over a library and the conversations of its readers.

    ``access`` says what readers may do with the library in its tab, and ``adds`` whether they can add articles.
    """
    standing = lookout.now()
    shown = _Shown()

    def drawn(kept: tuple[Exchange, ...], place: Place) -> tuple[str, str]:
        """All that was said in a conversation (the past, the present), or the welcome."""
        past = render.exchanges(kept[:-1], language) if kept else shell.welcome(lookout.now(), language)
        # Never twice the same: the page has put into it what was said since, and Gradio draws only what changes.
        return element("div", past, data_drawing=secrets.token_hex(4)), last(kept, place)

    def last(kept: tuple[Exchange, ...], place: Place) -> str:
        """The newest exchange of a conversation; nothing when it has none."""
        before = kept[-2].id if len(kept) > 1 else ""
        return render.exchange_html(kept[-1], language, place.conversation, before) if kept else ""

    with gr.Blocks(title=text("page.name", language), analytics_enabled=False, fill_width=True) as page:
        top = _panel(bar(standing, language, access), "top")
        if access != "hidden":
            _panel(library_html(language, access, adds), "shelf")
        _panel(panels.panels(language), "panels")
        past = _panel("", "past", js_on_load=_CHANGED)
        current = _panel("", "current", js_on_load=_CHANGED)
        # Last, because the script begins with it and needs what is above.
        composer = _panel(shell.composer(standing, language), "composer", js_on_load=_START)

        def surround() -> tuple[str, str]:
            now = lookout.now()
            return bar(now, language, access), shell.composer(now, language)

        # Only the newest exchange is drawn while it is asked, however long the conversation: the page moves the one
        # before it to the past by itself, and recalls the whole when that is not what went before.
        # Gradio sends the last that a generator gave once more as it ends, and what is no longer shown must not be
        # drawn again: then the last is nothing to draw. Not otherwise: for each gr.skip() Gradio keeps a copy of the
        # panel and of what it showed as long as the page is open.

        def recall(event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, Any]]:
            place = _place(event, request)
            shown.turn(request, place.conversation)
            for kept in watched(conversations, place):
                if not shown.is_at(request, place.conversation):
                    break
                yield drawn(kept, place)
            yield gr.skip(), gr.skip()

        def ask(event: gr.EventData, request: gr.Request) -> Iterator[Any]:
            sent = _sent(event)
            if not question_of(sent):
                yield gr.skip()
                return
            place = _place(event, request)
            said = conversations.recent(place.reader, place.conversation)
            before = said[-1].id if said else ""
            mine = object()
            shown.turn(request, place.conversation, mine)
            try:
                for exchange in answered(sanad, conversations, place, sent, language):
                    if shown.is_at(request, place.conversation, mine):
                        yield render.exchange_html(exchange, language, place.conversation, before)
                if not shown.is_at(request, place.conversation, mine):
                    yield gr.skip()
            except Exception:  # a mistake of the program: the reader is told, and the log says what
                trouble = text("page.broken", language)
                conversations.end(place.reader, place.conversation, lambda exchange: exchange.failed(trouble))
                if shown.is_at(request, place.conversation, mine):
                    yield last(conversations.recent(place.reader, place.conversation), place)
                raise

        def stop(event: gr.EventData, request: gr.Request) -> str:
            place = _place(event, request)
            conversations.end(place.reader, place.conversation, Exchange.stopped)
            return last(conversations.recent(place.reader, place.conversation), place)

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "multiple"}
        page.load(surround, outputs=[top, composer], **quiet)
        composer.ask(ask, outputs=current, concurrency_limit=AT_ONCE, concurrency_id="answers", **quiet)
        composer.stop(stop, outputs=current, concurrency_limit=None, **quiet)
        composer.recall(recall, outputs=[past, current], concurrency_limit=None, **quiet)
    page.queue(default_concurrency_limit=AT_ONCE)
    page.state_session_capacity = PAGES
    return page  # type: ignore[no-any-return]


class _Shown:
    """What each open page shows: a conversation, and in it the last question that its reader asked there.

    What an earlier event still has to draw is not drawn over it; the answer is written all the same.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: dict[str | None, tuple[str, object]] = {}

    def turn(self, page: gr.Request, conversation: str, question: object = None) -> None:
        """From now on the page shows this conversation; a ``question``, any object of its own, was asked in it."""
        with self._lock:
            before, asked = self._pages.pop(page.session_hash, ("", None))
            same = question is None and before == conversation
            self._pages[page.session_hash] = (conversation, asked if same else question)
            if len(self._pages) > PAGES:
                del self._pages[next(iter(self._pages))]

    def is_at(self, page: gr.Request, conversation: str, question: object = None) -> bool:
        """Whether the page still shows this conversation, and ``question`` is the last that was asked there."""
        shown, asked = self._pages.get(page.session_hash, (conversation, question))
        return shown == conversation and question in (None, asked)


def _panel(value: str, name: str, js_on_load: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=js_on_load, apply_default_css=False, container=False, padding=False)


def _sent(event: gr.EventData) -> Mapping[str, Any]:
    sent = event._data
    return sent if isinstance(sent, Mapping) else {}


def _place(event: gr.EventData, request: gr.Request) -> Place:
    return Place(reader_of(request.cookies), conversation_of(_sent(event)))

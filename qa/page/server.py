"""The page on a web server: one Gradio app a language, its own files, and the rules a browser must keep to.

``/`` leads to the reader's language. ``/page/`` holds the style, the script, the articles for the side reader and
the conversation as a file. Every page tells the browser to ask nothing of any other host.
"""

from __future__ import annotations

import functools
import socket
import webbrowser
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qa.errors import ArticleNotFoundError, SettingsError
from qa.page import reader
from qa.page.conversations import Conversations
from qa.page.date_routes import add_dates
from qa.page.frame import LANGUAGE_COOKIE, SAFE_HEADERS, Frame
from qa.page.hosts import KnownHosts
from qa.page.intake import Add
from qa.page.library_html import Access
from qa.page.library_routes import add_library
from qa.page.routes import Language, add_conversations
from qa.page.standing import Lookout
from qa.texts import LANGUAGES
from qa.values import Span

if TYPE_CHECKING:
    import gradio

    from qa.sanad import Sanad

_FOLDER: Final = Path(__file__).parent
_FILES: Final = {"style.css": "text/css", "script.js": "text/javascript"}
_YEAR: Final = 31_536_000


def build_page(sanad: Sanad, language: str = "en") -> gradio.Blocks:
    """The page in one language as Gradio Blocks. For the style and the script around it, use :func:`mount_page`."""
    return _blocks(sanad, Lookout(sanad), Conversations(sanad.library.journal), language)


def _blocks(sanad: Sanad, lookout: Lookout, conversations: Conversations, language: str, **shelf: Any) -> gradio.Blocks:
    from qa.settings import disable_vendor_telemetry

    disable_vendor_telemetry()
    from qa.page.app import build

    return build(sanad, lookout, conversations, language, **shelf)


def mount_page(app: FastAPI, sanad: Sanad, *, library: Access = "hidden", add: Add | None = None) -> None:
    """Put the page, in all its languages, on an application.

    ``library`` says what readers may do with the library: nothing but ask, look at it, or change it too; ``add`` is
    what reads the files and addresses that they give.
    """
    from qa.settings import disable_vendor_telemetry

    disable_vendor_telemetry()
    import gradio

    conversations = Conversations(sanad.library.journal)
    lookout = Lookout(sanad)
    sanad.engine.warm_up()  # the first question should not wait for what the answerer needs
    _add_files(app)
    add_conversations(app, conversations)
    add_dates(app)
    add_library(app, sanad, library, add)
    _add_articles(app, sanad)
    _add_front_door(app)
    for language in LANGUAGES:
        gradio.mount_gradio_app(
            app,
            _blocks(sanad, lookout, conversations, language, access=library, adds=add is not None),
            path=f"/{language}",
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            pwa=False,
            enable_monitoring=False,
            show_error=False,
            theme=gradio.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        )
    app.add_middleware(Frame, version=files_version())


def page_app(sanad: Sanad, *, library: Access = "hidden", add: Add | None = None) -> FastAPI:
    """An application that holds the page and nothing else; see :func:`mount_page`."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    mount_page(app, sanad, library=library, add=add)
    return app


def serve(
    sanad: Sanad,
    *,
    host: str,
    port: int,
    open_browser: bool = False,
    ready: Callable[[str], None] | None = None,
    library: Access = "hidden",
    add: Add | None = None,
) -> None:
    """Serve the page until it is interrupted; ``ready`` is told its address.

    Raises SettingsError when the port is taken.
    """
    app = page_app(sanad, library=library, add=add)
    run(app, host=host, port=port, hosts=sanad.settings.hosts, open_browser=open_browser, ready=ready)


def run(
    app: FastAPI,
    *,
    host: str,
    port: int,
    hosts: str = "",
    open_browser: bool = False,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Run an application that holds the page, until it is interrupted. Port 0 takes any that is free.

    ``hosts`` are the names it is reached by beside this machine's own; see :class:`qa.page.hosts.KnownHosts`.
    """
    import uvicorn

    with listen(host, port) as listening:
        address = address_of(listening)
        if ready is not None:
            ready(address)  # whoever calls from here on waits in the socket's queue for the moment it takes to start
        if open_browser:
            webbrowser.open(address)
        server = uvicorn.Server(
            uvicorn.Config(KnownHosts(app, host, hosts), log_level="warning", timeout_graceful_shutdown=2)
        )
        server.run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises SettingsError when the address cannot be had."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=256)
    except (OSError, OverflowError) as error:
        raise SettingsError(
            f"The page cannot listen on {host}:{port}: {getattr(error, 'strerror', None) or error}.",
            hint="Stop what uses it, or choose another with --port (0 takes any that is free).",
        ) from error


def address_of(listening: socket.socket) -> str:
    """What to type into a browser to reach a listening socket on this machine."""
    host, port = listening.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"


def _add_front_door(app: FastAPI) -> None:
    @app.get("/", include_in_schema=False)
    def front_door(request: Request) -> RedirectResponse:
        chosen = request.cookies.get(LANGUAGE_COOKIE) or preferred_language(request.headers.get("accept-language", ""))
        return RedirectResponse(f"/{chosen if chosen in LANGUAGES else 'en'}/", status_code=307)


def preferred_language(accepted: str) -> str:
    """The first page language in an Accept-Language header by its weights; English when it names none."""
    weighed: list[tuple[float, str]] = []
    for part in accepted.split(",")[:20]:
        name, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), name.split("-")[0].lower()))
        except ValueError:
            continue
    return next((name for _, name in sorted(weighed, key=lambda each: each[0]) if name in LANGUAGES), "en")


def _add_files(app: FastAPI) -> None:
    @app.get("/page/{name}", include_in_schema=False)
    def file(name: str) -> Response:
        if name not in _FILES:
            raise HTTPException(404)
        headers = {"Cache-Control": f"max-age={_YEAR}, immutable"}
        return Response(page_file(name), media_type=_FILES[name], headers=headers)


def _add_articles(app: FastAPI, sanad: Sanad) -> None:
    @app.get("/page/{language}/article", include_in_schema=False)
    def article(language: Language, id: str, start: int = 0, end: int = 0, answer: str = "") -> HTMLResponse:
        try:
            found = sanad.article(id)
        except ArticleNotFoundError:
            return HTMLResponse(reader.missing(language), status_code=404, headers=SAFE_HEADERS)
        quote = Span(start, end) if 0 <= start < end <= len(found.text) else None
        shown = reader.article_html(found, language, quote=quote, answer=_range(answer))
        return HTMLResponse(shown, headers=SAFE_HEADERS)


def _range(written: str) -> Span | None:
    start, _, end = written.partition("-")
    return Span(int(start), int(end)) if start.isdecimal() and end.isdecimal() else None


@functools.cache
def page_file(name: str) -> str:
    """``style.css`` or ``script.js``: the files of the folder ``style`` or ``script`` one after the other."""
    stem, _, kind = name.partition(".")
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((_FOLDER / stem).glob(f"*.{kind}")))


@functools.cache
def files_version() -> str:
    """Changes whenever the style or the script does, so that browsers may keep them for ever."""
    return sha256("".join(page_file(name) for name in sorted(_FILES)).encode()).hexdigest()[:12]

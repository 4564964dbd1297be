"""The frame around Gradio's page: its language and direction, our style and script, and no other host.

Gradio's page names fonts, cards for social networks and an iframe script that this page has no use for. They
are taken out, and a Content-Security-Policy makes the browser refuse whatever might still be asked of elsewhere;
scripts run only with this answer's nonce, so that markup which slipped in as data could run nothing.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final

from fastapi.responses import PlainTextResponse

from qa.page.readers import READER_COOKIE
from qa.texts import LANGUAGES, text

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LANGUAGE_COOKIE: Final = "sanad_language"
SAFE_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
_UNWANTED: Final = re.compile(
    r"<meta\s+(?:property=\"og:|name=\"twitter:)[^>]*>"
    r"|<link[^>]*(?:fonts\.g|rel=\"(?:manifest|preconnect)\")[^>]*>"
    r"|<script>(?:(?!</script>).)*iframeResizer\.contentWindow(?:(?!</script>).)*</script>"
    r"|<script[^>]*src=\"https?:[^>]*></script>",
    re.DOTALL,
)
# Set before anything is drawn, so that a dark page does not flash white.
_THEME: Final = (
    "document.documentElement.dataset.theme = localStorage.getItem('sanad-theme') || "
    "(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');"
)
_ICON: Final = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='8' fill='%230b5e63'/%3E"
    "%3Cpath d='M8 11h16M8 16h16M8 21h9' stroke='%23fff' stroke-width='2.5' stroke-linecap='round'/%3E%3C/svg%3E"
)
_PAGES: Final = {f"/{language}/": language for language in LANGUAGES}
# What the page uses of Gradio's routes. The rest (files, uploads, proxies, run history, other people's code) is shut.
_USED: Final = re.compile(
    r"/[a-z]{2}/(?:(?:assets|static)/.*|theme\.css|config/?|favicon\.ico"
    r"|gradio_api/(?:queue/join|queue/data|cancel|heartbeat/\w+|startup-events|app_id/?|reset/?))?"
)
_SHUT: Final = re.compile(rf"/(?:{'|'.join(LANGUAGES)})/")
_YEAR: Final = 31_536_000


class Frame:
    """ASGI middleware that puts the frame around the pages and leaves all else alone."""

    def __init__(self, app: ASGIApp, version: str) -> None:
        self._app = app
        self._version = version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if _SHUT.match(path) and not _USED.fullmatch(path):
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
            return
        language = _PAGES.get(path)
        if language is None:
            await self._app(scope, receive, send)
            return
        page = _Page(language, self._version, _has_reader(scope), send)
        headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        await self._app({**scope, "headers": headers}, receive, page.take)


class _Page:
    """One page on its way to the browser: held back until it is whole, then framed."""

    def __init__(self, language: str, version: str, known: bool, send: Send) -> None:
        self._language = language
        self._version = version
        self._known = known
        self._send = send
        self._start: Message = {}
        self._body = b""

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        nonce = secrets.token_urlsafe(16)
        body = framed(self._body.decode(), self._language, nonce, self._version).encode()
        await self._send({**self._start, "headers": self._headers(nonce, len(body))})
        await self._send({"type": "http.response.body", "body": body})

    def _headers(self, nonce: str, length: int) -> list[tuple[bytes, bytes]]:
        replaced = {b"content-length", b"cache-control"}
        cookies = [f"{LANGUAGE_COOKIE}={self._language}; Path=/; Max-Age={_YEAR}; SameSite=Lax"]
        if not self._known:
            reader = secrets.token_urlsafe(24)
            cookies.append(f"{READER_COOKIE}={reader}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=Strict")
        ours = {
            "content-length": str(length),
            "cache-control": "no-store",
            "content-security-policy": _POLICY.format(nonce=nonce),
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
        }
        kept = [pair for pair in self._start["headers"] if pair[0].lower() not in replaced]
        made = [*ours.items(), *(("set-cookie", cookie) for cookie in cookies)]
        return [*kept, *((name.encode(), value.encode()) for name, value in made)]


def framed(page: str, language: str, nonce: str, version: str) -> str:
    """Gradio's page in the page language, with our files and without what it would ask of others."""
    around = "ltr" if language == "en" else "rtl"
    head = (
        f'<link rel="stylesheet" href="/page/style.css?{version}">'
        f"<script>{_THEME}</script>"
        f'<script src="/page/script.js?{version}"></script>'
        f'<link rel="icon" href="{_ICON}">'
        f'<meta name="description" content="{text("page.name", language)}">'
    )
    page = _UNWANTED.sub("", page)
    page = re.sub(r'<html\s+lang="[^"]*"', f'<html lang="{language}" dir="{around}"', page, count=1)
    page = page.replace("<script>window.gradio_config", f"{head}<script>window.gradio_config", 1)
    return re.sub(r"<script(?=[\s>])", f'<script nonce="{nonce}"', page)


def _has_reader(scope: Scope) -> bool:
    header = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    try:
        return READER_COOKIE in SimpleCookie(header.decode("latin-1"))
    except CookieError:
        return False

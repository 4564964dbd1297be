"""Which names the server answers to: on a loopback address, those of this machine and those that are set.

A site that a reader visits can let its own name lead to 127.0.0.1 (DNS rebinding); the browser then takes this server
for that site and lets it read and change everything here. Only the Host header tells the two apart.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from fastapi.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_LOCAL: Final = "localhost"
_MISDIRECTED: Final = 421
_LONGEST: Final = 253  # characters of a name in the DNS


class KnownHosts:
    """ASGI middleware that answers requests for known names and refuses the rest.

    ``listening`` is the address the server listens on. Beyond loopback any name is known, as long as ``named``, names
    separated by commas, is empty: whoever opens the server to a network says by what names.
    """

    def __init__(self, app: ASGIApp, listening: str, named: str = "") -> None:
        self._app = app
        self._named = frozenset(name.strip().lower() for name in named.split(",") if name.strip())
        self._any = not self._named and not _is_loopback(listening)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._any or scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        host = _host_of(scope)
        if host is not None and (host in self._named or _is_local(host)):
            await self._app(scope, receive, send)
            return
        shown = ascii((host or "")[:_LONGEST])
        why = f"This server is not known as {shown}. If a proxy passes that name on, set SANAD_HOSTS to it.\n"
        await PlainTextResponse(why, status_code=_MISDIRECTED)(scope, receive, send)


def _host_of(scope: Scope) -> str | None:
    """The name in the Host header, without the port; None when it has none, or there is not exactly one."""
    given = [value for name, value in scope["headers"] if name == b"host"]
    if len(given) != 1:
        return None
    try:
        return urlsplit(f"//{given[0].decode('ascii')}").hostname
    except ValueError:
        return None


def _is_local(host: str) -> bool:
    """Whether it is this machine's own name, or an address: no site's name is one."""
    if host == _LOCAL or host.endswith(f".{_LOCAL}"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(listening: str) -> bool:
    try:
        return ipaddress.ip_address(listening).is_loopback
    except ValueError:
        return listening == _LOCAL

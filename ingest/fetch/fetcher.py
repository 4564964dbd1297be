"""Asks web addresses politely, and takes no more than it was willing to."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import anyio
import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal

from ingest.fetch.addresses import OWN_NETWORK, AddressPolicy
from ingest.fetch.transport import GuardedTransport, Resolver, system_resolver
from ingest.fetch.unpacking import Unpacker
from qa.errors import SourceError

USER_AGENT = "Sanad/0.1 (news question answering; fetches for one reader)"
_SCHEMES = ("http", "https")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_ADVICE = {
    401: "it asks for a name and a password; save the page and name the file",
    403: "it refuses programs; save the page and name the file",
    404: "it is not there; check the address",
    410: "it is gone; check the address",
    429: "it asks to slow down; try again later, or set a longer --delay",
}


class AnswerError(SourceError):
    """A server answered, with another ``status`` than 200."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an answer is taken: ``seconds`` for all of it, redirects and look-ups included, ``size`` in bytes
    after unpacking, ``redirects`` in a row. ``delay`` is how many seconds pass between two requests to one host."""

    seconds: float = 60.0
    size: int = 50_000_000
    redirects: int = 8
    delay: float = 1.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to tell later whether something has changed."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The request headers that ask for it only if it has changed."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``url`` is where it came from at last; ``data`` is None when it has not changed since.

    ``kind`` is the media type without parameters, in small letters; ``encoding`` the charset it names.
    """

    url: str
    data: bytes | None
    kind: str
    encoding: str | None
    validators: Validators
    at: datetime


class Fetcher:
    """A client for one run. Use it in a ``with`` block; it may be used where an event loop runs already.

    ``allow_private`` lets it ask loopback and private addresses; ``policy`` says it in detail instead. ``resolver``
    and ``connect`` (see GuardedTransport) are the seams to the network.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        limits: Limits | None = None,
        policy: AddressPolicy | None = None,
        resolver: Resolver = system_resolver,
        connect: Callable[[], httpx.AsyncBaseTransport] | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._guard = GuardedTransport(policy or AddressPolicy(OWN_NETWORK if allow_private else ()), resolver, connect)
        self._client: httpx.AsyncClient | None = None
        self._last: dict[str, float] = {}
        self._loop: Any = None
        self._portal: BlockingPortal | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._portal is not None:
            self._portal.call(self._close)
            self._loop.__exit__(kind, error, trace)
            self._portal = None

    def get(self, url: str, validators: Validators | None = None, *, delay: float = 0.0) -> Fetched:
        """What ``url`` answers; with ``validators``, only if it has changed since they were given.

        ``delay`` is the least number of seconds since the last request to this host, where it is longer than the
        limits'. Raises SourceError that says why it was not asked, or what was wrong with the answer.
        """
        refuse_address(url)
        if self._portal is None:
            self._loop = start_blocking_portal()
            self._portal = self._loop.__enter__()
        return self._portal.call(self._get, url, validators or Validators(), max(delay, self.limits.delay))

    async def _get(self, url: str, validators: Validators, delay: float) -> Fetched:
        host = urlsplit(url).netloc
        await anyio.sleep(max(0.0, self._last.get(host, -math.inf) + delay - time.monotonic()))
        try:
            with anyio.fail_after(self.limits.seconds):
                return await self._follow(url, validators)
        except TimeoutError as error:
            raise SourceError(f"did not finish within {self.limits.seconds:g} seconds; try again later") from error
        except httpx.TimeoutException as error:
            raise SourceError("does not answer; try again later") from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError) as error:
            raise SourceError(f"is no usable address: {error}") from error
        except httpx.HTTPError as error:
            raise SourceError(f"cannot be fetched: {_reason(error)}; check the address, or try again later") from error
        finally:
            self._last[host] = time.monotonic()

    async def _follow(self, url: str, validators: Validators) -> Fetched:
        client = self._client = self._client or self._made()
        request = client.build_request("GET", url, headers=validators.headers())
        for _ in range(self.limits.redirects + 1):
            response = await client.send(request, stream=True)
            try:
                if response.status_code not in _REDIRECTS:
                    return await self._taken(response, validators)
                if response.next_request is None:
                    raise SourceError(f"redirects ({response.status_code}) to nowhere")
                request = response.next_request
                refuse_address(str(request.url), redirected=True)
            finally:
                await response.aclose()
        raise SourceError(f"redirects more than {self.limits.redirects} times")

    async def _taken(self, response: httpx.Response, before: Validators) -> Fetched:
        data = None
        if response.status_code == _NOT_MODIFIED and before.headers():
            validators = before
        elif response.status_code != 200:
            advice = _ADVICE.get(response.status_code, "try again later")
            named = f"{response.status_code} {response.reason_phrase}".strip()
            raise AnswerError(response.status_code, f"answers {named}: {advice}")
        else:
            validators = Validators(response.headers.get("etag"), response.headers.get("last-modified"))
            data = await self._body(response)
        stated = response.headers.get("content-type", "")
        charset = _CHARSET.search(stated)
        return Fetched(
            url=str(response.url),
            data=data,
            kind=stated.partition(";")[0].strip().lower(),
            encoding=charset.group(1) if charset else None,
            validators=validators,
            at=datetime.now(UTC),
        )

    async def _body(self, response: httpx.Response) -> bytes:
        length = response.headers.get("content-length", "")
        if length.isdigit() and int(length) > self.limits.size:
            raise SourceError(f"is larger than {self.limits.size / 1_000_000:g} MB; download it and name the file")
        unpacker = Unpacker(response.headers.get("content-encoding", ""), self.limits.size)
        data = bytearray()
        async for piece in response.aiter_raw():
            data += unpacker.feed(piece)
        return bytes(data + unpacker.end())

    def _made(self) -> httpx.AsyncClient:
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate", "Accept": "*/*"}
        timeout = httpx.Timeout(min(20.0, self.limits.seconds))
        return httpx.AsyncClient(transport=self._guard, headers=headers, timeout=timeout, trust_env=False)

    async def _close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None


def refuse_address(url: str, *, redirected: bool = False) -> None:
    """Raises SourceError for an address that is never asked, whoever answers there."""
    where = "redirects to an address that" if redirected else ""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise SourceError(f"{where} is no usable address: {error}".strip()) from error
    if parts.scheme.lower() not in _SCHEMES:
        raise SourceError(f"{where} is neither http nor https".strip())
    if not host:
        raise SourceError(f"{where} names no host".strip())
    if parts.username is not None or parts.password is not None:
        raise SourceError(f"{where} holds a user name or password, which is not sent; leave it out".strip())


def _reason(error: httpx.HTTPError) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__

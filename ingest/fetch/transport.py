"""Connections to checked addresses only.

The name of a host is looked up once, every address found is checked, and the connection is made to the very address
that was checked: a name that answers differently a moment later gains nothing. Each redirect is a request of its own
and comes through here again.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping, Sequence
from ipaddress import ip_address
from typing import Protocol

import httpx

from ingest.fetch.addresses import OWN_NETWORK, Address, AddressPolicy
from qa.errors import SourceError

_ADDRESSES_TRIED = 4
_HOSTS_KEPT = 16


class Resolver(Protocol):
    """Looks up the addresses of a host."""

    async def __call__(self, host: str, port: int, /) -> Sequence[str]:
        """Numeric addresses, best first. Raises OSError when there are none."""


async def system_resolver(host: str, port: int, /) -> Sequence[str]:
    """The addresses that this machine's own look-up gives."""
    import socket

    import anyio

    found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class FixedResolver:
    """Answers from a table alone, each time with the next of a host's answers and at last always with its last.

    >>> FixedResolver({"news.example": [["93.184.215.14"], ["127.0.0.1"]]})  # a name that changes its mind
    FixedResolver('news.example')
    """

    def __init__(self, answers: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self._answers = {host: list(rounds) for host, rounds in answers.items()}

    async def __call__(self, host: str, _port: int, /) -> Sequence[str]:
        rounds = self._answers.get(host)
        if not rounds:
            raise OSError(f"{host} is not in the table")
        return rounds.pop(0) if len(rounds) > 1 else rounds[0]

    def __repr__(self) -> str:
        return f"FixedResolver({', '.join(map(repr, self._answers))})"


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends each request to an address of its host that the policy allows, and to no other.

    A host has connections of its own (``connect`` makes what holds them), so that none that was made in the name of
    one is used for another.
    """

    def __init__(
        self,
        policy: AddressPolicy,
        resolver: Resolver = system_resolver,
        connect: Callable[[], httpx.AsyncBaseTransport] | None = None,
    ) -> None:
        self._policy = policy
        self._resolver = resolver
        self._connect = connect or _connector()
        self._hosts: dict[str, httpx.AsyncBaseTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises SourceError for a host without an allowed address, and what httpx raises."""
        host = request.url.raw_host.decode("ascii")
        addresses = await self._checked(host, request.url.port or (443 if request.url.scheme == "https" else 80))
        transport = await self._of(host)
        extensions = {**request.extensions, "sni_hostname": host}
        for address in addresses[:-1]:
            try:
                return await transport.handle_async_request(_pinned(request, address, extensions))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await transport.handle_async_request(_pinned(request, addresses[-1], extensions))

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._hosts.values():
            await transport.aclose()
        self._hosts.clear()

    async def _checked(self, host: str, port: int) -> list[str]:
        found = [host] if _numeric(host) else await self._looked_up(host, port)
        for address in found:
            plain = _numeric(address)
            objection = self._policy.objection(plain) if plain else "is no address"
            if objection:
                named = "" if address == host else f" {host} leads to"
                hint = "; --allow-private allows your own network" if plain and _own(plain) else ""
                raise SourceError(f"is not asked:{named} {address}, which {objection}{hint}")
        return found[:_ADDRESSES_TRIED]

    async def _looked_up(self, host: str, port: int) -> list[str]:
        try:
            found = list(dict.fromkeys(await self._resolver(host, port)))
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise SourceError(f"cannot be reached: there is no host {host} ({reason}); check the address") from error
        if not found:
            raise SourceError(f"cannot be reached: {host} has no address; check the address")
        return found

    async def _of(self, host: str) -> httpx.AsyncBaseTransport:
        if host not in self._hosts:
            if len(self._hosts) >= _HOSTS_KEPT:
                await self._hosts.pop(next(iter(self._hosts))).aclose()
            self._hosts[host] = self._connect()
        return self._hosts[host]


def _connector() -> Callable[[], httpx.AsyncBaseTransport]:
    context: list[ssl.SSLContext] = []

    def connect() -> httpx.AsyncBaseTransport:
        if not context:
            context.append(httpx.create_ssl_context())
        return httpx.AsyncHTTPTransport(verify=context[0], trust_env=False, limits=httpx.Limits(max_connections=2))

    return connect


def _pinned(request: httpx.Request, address: str, extensions: Mapping[str, object]) -> httpx.Request:
    return httpx.Request(
        method=request.method,
        url=request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions=dict(extensions),
    )


def _numeric(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _own(address: Address) -> bool:
    return AddressPolicy(OWN_NETWORK).objection(address) is None

"""Fetching from a real server on loopback; and, at the seams that ship for it, what would be asked elsewhere."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
from collections.abc import Iterator
from ipaddress import ip_network
from itertools import pairwise

import httpx
import pytest

from ingest.fetch import Fetcher, Limits, Validators
from ingest.fetch.addresses import AddressPolicy
from ingest.fetch.transport import FixedResolver
from qa.errors import SourceError
from tests.ingest.site import Site, drip, own_network, serve

PUBLIC = "93.184.215.14"


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serve() as running:
        yield running


@pytest.fixture
def site(server: Site) -> Site:
    server.pages.clear()
    server.asked.clear()
    server.headers.clear()
    return server


def elsewhere(resolver: FixedResolver, answers: dict[str, httpx.Response]) -> tuple[Fetcher, list[httpx.Request]]:
    """A fetcher whose connections end at a table of answers by path, and the requests that reached it."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return answers[request.url.path]

    return Fetcher(limits=Limits(delay=0), resolver=resolver, connect=lambda: httpx.MockTransport(answer)), sent


def test_a_page_comes_with_its_kind_encoding_and_validators(site: Site) -> None:
    url = site.add("/a", "سند", kind="text/HTML; charset=windows-1256", headers={"ETag": '"1"'})
    with own_network() as fetcher:
        fetched = fetcher.get(url)
        assert (fetched.data, fetched.kind, fetched.encoding) == ("سند".encode(), "text/html", "windows-1256")
        assert fetched.validators == Validators('"1"')
        assert fetcher.get(url, fetched.validators).data is None
    assert site.headers[0]["user-agent"].startswith("Sanad/")
    assert "br" not in site.headers[0]["accept-encoding"]


def test_it_works_where_an_event_loop_runs_already(site: Site) -> None:
    url = site.add("/a", "text")

    async def notebook() -> bytes | None:
        with own_network() as fetcher:
            return fetcher.get(url).data

    assert asyncio.run(notebook()) == b"text"


@pytest.mark.parametrize("address", ["http://127.0.0.1:{}/", "http://[::ffff:127.0.0.1]:{}/", "http://0.0.0.0:{}/"])
def test_loopback_is_refused_unless_it_is_allowed(site: Site, address: str) -> None:
    port = site.address.rpartition(":")[2]
    with Fetcher(limits=Limits(delay=0)) as fetcher, pytest.raises(SourceError, match="is not asked"):
        fetcher.get(address.format(port))
    assert site.asked == []


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.0.0.1"])
def test_a_name_that_leads_to_loopback_is_refused_after_it_was_looked_up(site: Site, host: str) -> None:
    resolver = FixedResolver({host: [["127.0.0.1"]]})
    fetcher = Fetcher(limits=Limits(delay=0), resolver=resolver)
    with fetcher, pytest.raises(SourceError, match=f"{host} leads to 127.0.0.1"):
        fetcher.get(f"http://{host}:{site.address.rpartition(':')[2]}/")
    assert site.asked == []


def test_one_bad_address_among_good_ones_is_enough_to_refuse() -> None:
    fetcher, sent = elsewhere(FixedResolver({"news.example": [[PUBLIC, "169.254.169.254"]]}), {})
    with fetcher, pytest.raises(SourceError, match="link-local"):
        fetcher.get("http://news.example/")
    assert sent == []


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    resolver = FixedResolver({"news.example": [[PUBLIC], ["127.0.0.1"]]})
    fetcher, sent = elsewhere(resolver, {"/": httpx.Response(200, stream=httpx.ByteStream(b"text"))})
    with fetcher:
        assert fetcher.get("https://news.example/").data == b"text"
        (request,) = sent
        assert request.url.host == PUBLIC
        assert request.headers["host"] == "news.example"
        assert request.extensions["sni_hostname"] == "news.example"
        with pytest.raises(SourceError, match=r"leads to 127\.0\.0\.1"):  # the name has changed its mind
            fetcher.get("https://news.example/")
    assert len(sent) == 1


def test_a_redirect_to_loopback_is_refused(site: Site) -> None:
    target = site.add("/secret", "secret")
    moved = httpx.Response(302, headers={"location": target})
    fetcher, sent = elsewhere(FixedResolver({"news.example": [[PUBLIC]]}), {"/": moved})
    with fetcher, pytest.raises(SourceError, match=r"127\.0\.0\.1, which is a loopback address"):
        fetcher.get("http://news.example/")
    assert len(sent) == 1
    assert site.asked == []


def test_a_redirect_to_another_host_of_the_machine_is_refused_on_the_wire(site: Site) -> None:
    target = site.add("/secret", "secret")
    with serve("127.0.0.2") as other:
        url = other.add("/", status=302, headers={"Location": target})
        policy = AddressPolicy((ip_network("127.0.0.2/32"),))
        with Fetcher(limits=Limits(delay=0), policy=policy) as fetcher, pytest.raises(SourceError, match="loopback"):
            fetcher.get(url)
        assert other.asked == ["/"]
    assert site.asked == []


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "neither http nor https"),
        ("//user:pw@127.0.0.1/", "password"),
        ("/", "more than 8 times"),
    ],
)
def test_redirects_that_lead_nowhere_good_end(site: Site, location: str, reason: str) -> None:
    url = site.add("/", status=302, headers={"Location": location})
    with own_network() as fetcher, pytest.raises(SourceError, match=reason):
        fetcher.get(url)


def test_a_redirect_is_followed_and_its_endless_body_is_not_read(site: Site) -> None:
    def moved(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 999999\r\n\r\n")
        drip(connection)

    url = site.add("/a", act=moved)
    site.add("/b", "text")
    with own_network(seconds=5) as fetcher:
        fetched = fetcher.get(url)
    assert (fetched.data, fetched.url) == (b"text", site.address + "/b")


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"",
    ],
    ids=["body", "header", "status"],
)
def test_a_slow_drip_ends_in_time(site: Site, start: bytes) -> None:
    def slowly(connection: socket.socket) -> None:
        connection.sendall(start)
        drip(connection)

    url = site.add("/", act=slowly)
    with own_network(seconds=0.5) as fetcher, pytest.raises(SourceError, match=r"within 0\.5 seconds"):
        fetcher.get(url)


def test_a_stream_without_end_stops_at_the_size(site: Site) -> None:
    def endless(connection: socket.socket) -> None:
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            for _ in range(1000):
                connection.sendall(b"x" * 100_000)
        except OSError:
            return

    url = site.add("/", act=endless)
    with own_network(size=1_000_000) as fetcher, pytest.raises(SourceError, match="larger than 1 MB"):
        fetcher.get(url)


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(bytes(30_000_000)), "larger than 1 MB"),
        ({"Content-Encoding": "br"}, b"x", "not asked for"),
        ({"Content-Encoding": "gzip"}, b"no gzip", "damaged"),
        ({"X-Long": "x" * 500_000}, b"x", "cannot be fetched"),
        ({"Content-Encoding": "", "X": "y"}, bytes(1_000_001), "larger than 1 MB"),
    ],
    ids=["gzip bomb", "brotli", "damaged", "headers", "size"],
)
def test_answers_that_are_too_much_are_refused(site: Site, headers: dict[str, str], body: bytes, reason: str) -> None:
    url = site.add("/", body, headers=headers)
    with own_network(size=1_000_000) as fetcher, pytest.raises(SourceError, match=reason):
        fetcher.get(url)


@pytest.mark.parametrize("status", [403, 404, 410, 429, 500, 418])
def test_another_status_says_what_to_do(site: Site, status: int) -> None:
    url = site.add("/", "no", status=status)
    with own_network() as fetcher, pytest.raises(SourceError, match=rf"answers {status}.*: \w+"):
        fetcher.get(url)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://news.example/", "neither http nor https"),
        ("http:///path", "names no host"),
        ("http://user:pw@news.example/", "password"),
        ("http://news.example:99999/", "no usable address"),
        ("http://[::1/", "no usable address"),
        ("http://no-such-host.example/", "no host no-such-host.example"),
        ("http://bad..host/", "bad..host"),
    ],
)
def test_addresses_that_cannot_be_asked(url: str, reason: str) -> None:
    with Fetcher(resolver=FixedResolver({})) as fetcher, pytest.raises(SourceError, match=reason):
        fetcher.get(url)


def test_a_port_where_nobody_listens_is_named(site: Site) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with own_network() as fetcher, pytest.raises(SourceError, match="cannot be fetched"):
        fetcher.get(f"http://127.0.0.1:{port}/")


def test_requests_to_one_host_keep_their_distance(site: Site) -> None:
    times: list[float] = []

    def note(connection: socket.socket) -> None:
        times.append(time.monotonic())
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")

    url = site.add("/", act=note)
    with own_network(delay=0.2) as fetcher:
        for _ in range(3):
            fetcher.get(url)
    assert [later - sooner >= 0.19 for sooner, later in pairwise(times)] == [True, True]

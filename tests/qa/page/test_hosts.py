"""A server on loopback answers to this machine's names alone; another site cannot pose as it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from evals.bench.process import serving
from qa.page.hosts import KnownHosts


def status(host: str, listening: str = "127.0.0.1", named: str = "") -> int:
    app = FastAPI()
    app.get("/")(lambda: "here")

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=KnownHosts(app, listening, named))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.get("/", headers={"host": host})

    answer = asyncio.run(ask())
    if answer.status_code == 421:
        assert "SANAD_HOSTS" in answer.text
        assert answer.headers["content-type"].startswith("text/plain")
    return answer.status_code


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:7860", "LOCALHOST", "news.localhost:1", "127.0.0.1:7860", "[::1]:7860", "10.0.0.7"]
)
def test_this_machine_is_known(host: str) -> None:
    assert status(host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:7860",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "notlocalhost",
        "",
        "[::1",
        "evil.example<script>",
        "127.0.0.1@evil.example",
    ],
)
def test_other_names_are_refused_with_what_to_do(host: str) -> None:
    assert status(host) == 421


def test_names_that_are_set_are_known_and_only_they() -> None:
    assert status("News.example:443", named="archive.example, news.example") == 200
    assert status("evil.example", named="archive.example, news.example") == 421
    assert status("evil.example", listening="0.0.0.0", named="news.example") == 421


def test_whoever_opens_the_server_to_a_network_is_reached_by_any_name() -> None:
    for listening in ("0.0.0.0", "::", "192.168.1.5", "news.example"):
        assert status("news.example", listening=listening) == 200
    assert status("news.example", listening="localhost") == 421
    assert status("news.example", listening="::1") == 421


def test_two_host_headers_are_none() -> None:
    sent: list[int] = []

    async def never(*_: object) -> None:
        raise AssertionError("it was let through")

    async def send(message: dict[str, object]) -> None:
        sent.extend([message["status"]] if "status" in message else [])  # type: ignore[list-item]

    scope = {"type": "http", "headers": [(b"host", b"localhost"), (b"host", b"evil.example")]}
    asyncio.run(KnownHosts(never, "127.0.0.1")(scope, None, send))  # type: ignore[arg-type]
    assert sent == [421]


def test_the_command_serves_page_and_programs_under_known_names_only(tmp_path: Path) -> None:
    with serving(tmp_path / "home", "--library", "write") as (_, address):
        for path in ("en/", "page/script.js", "page/en/library", "api/ask"):
            for host, refused in ((None, False), ("evil.example", True)):
                headers = {"x-sanad-page": "1"} | ({"host": host} if host else {})
                answer = httpx.get(f"{address}{path}", headers=headers, timeout=60)
                assert (answer.status_code == 421) == refused, (path, host)

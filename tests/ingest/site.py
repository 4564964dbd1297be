"""A news site of one's own on loopback, whose every answer a test can set and count."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ingest.fetch import Fetcher, Limits


@dataclass
class Page:
    """What an address answers: a body with headers, or ``act``, which has the whole connection."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    act: Callable[[socket.socket], None] | None = None


class Site:
    """Pages by path; ``asked`` are the paths of all requests, in order. A page with an ETag answers 304 to it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, Page] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []

    def add(self, path: str, body: str | bytes = b"", **options: object) -> str:
        """Set what a path answers; gives its address."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(data, **options)  # type: ignore[arg-type]
        return self.address + path

    def articles_asked(self) -> list[str]:
        return [path for path in self.asked if path != "/robots.txt"]


@contextmanager
def serve(host: str = "127.0.0.1") -> Iterator[Site]:
    """A site that runs until the block ends."""
    server = ThreadingHTTPServer((host, 0), _Handler)
    server.daemon_threads = True
    site = Site(f"http://{host}:{server.server_port}")
    server.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.asked.append(self.path)
        site.headers.append({name.lower(): value for name, value in self.headers.items()})
        page = site.pages.get(self.path, Page(b"no", status=404))
        if page.act:
            self.close_connection = True
            page.act(self.connection)
            return
        tag = page.headers.get("ETag")
        unchanged = page.status == 200 and tag is not None and self.headers.get("If-None-Match") == tag
        self.send_response(304 if unchanged else page.status)
        for name, value in {"Content-Type": page.kind, **page.headers}.items():
            self.send_header(name, value)
        if not unchanged:
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if not unchanged:
            self.wfile.write(page.body)

    def log_message(self, *_: object) -> None:
        pass


def drip(connection: socket.socket, data: bytes = b"x" * 600, pause: float = 0.05) -> None:
    """Send byte after byte, each soon enough that no single wait is long."""
    try:
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(pause)
    except OSError:
        return


def own_network(**limits: float) -> Fetcher:
    """A fetcher that may ask loopback, without a pause between requests."""
    return Fetcher(allow_private=True, limits=Limits(**{"delay": 0.0, **limits}))  # type: ignore[arg-type]


def article(title: str, *paragraphs: str, head: str = "") -> str:
    """A plain web page of one article."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )

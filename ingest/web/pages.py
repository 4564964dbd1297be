"""A fetched page: what format it is in, and which address is its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from ingest.fetch import Fetched
from ingest.readers import FORMATS
from ingest.sources import ARCHIVE

_FORMATS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/x-jsonlines": ".jsonl",
    "multipart/related": ".mhtml",
    "application/zip": ARCHIVE,
    "application/x-zip-compressed": ARCHIVE,
}
_VAGUE = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream", "application/json"})
_HEAD = 300_000
_LINK = re.compile(r"<link\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_SAME_SITE = re.compile(r"^(?:www|m|amp|mobile)\.")


def page_format(fetched: Fetched) -> str | None:
    """The format of what was fetched, by its first bytes, its media type and its name; None when it can't be read."""
    data = fetched.data or b""
    named = PurePosixPath(unquote(urlsplit(fetched.url).path)).suffix.lower()
    named = named if named in FORMATS or named == ARCHIVE else ""
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return named if named in (".docx", ".epub") else _FORMATS.get(fetched.kind, ARCHIVE)
    if fetched.kind in _VAGUE and named:
        return named
    if fetched.kind == "" or (fetched.kind == "text/plain" and _looks_like_html(data)):
        return ".html" if _looks_like_html(data) else ".txt"
    return _FORMATS.get(fetched.kind)


def own_address(fetched: Fetched) -> str:
    """The address that a page calls its own (canonical), where that is of the same site; else where it came from.

    A page can't speak for another site, and one that names its site's front page is set up wrongly.
    """
    came_from = urlsplit(fetched.url)
    for link in _links(fetched.data or b""):
        if "canonical" in link.get("rel", "").lower().split() and link.get("href"):
            url = urljoin(fetched.url, link["href"].strip())
            parts = urlsplit(url)
            same = _site(parts.hostname) == _site(came_from.hostname) and parts.scheme in ("http", "https")
            if same and (parts.path.strip("/") or parts.query or not came_from.path.strip("/")):
                return url
    return fetched.url


def feeds_named(fetched: Fetched) -> list[str]:
    """The feeds that a page names in its head, each once."""
    found = [
        urljoin(fetched.url, link["href"].strip())
        for link in _links(fetched.data or b"")
        if "alternate" in link.get("rel", "").lower().split()
        and link.get("type", "").lower().strip() in _FEED_TYPES
        and link.get("href")
    ]
    return list(dict.fromkeys(found))


def _links(data: bytes) -> Iterator[dict[str, str]]:
    """The attributes of the link tags at a page's top."""
    head = data[:_HEAD].replace(b"\x00", b"").decode("utf-8", errors="replace")
    for tag in _LINK.findall(head):
        yield {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}


def _looks_like_html(data: bytes) -> bool:
    start = data[:1000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<!--"))


def _site(host: str | None) -> str:
    return _SAME_SITE.sub("", host or "")

"""Feeds and sitemaps: what they list, with what they say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.records import Given

_ROOT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:\s|<\?[^>]{0,500}\?>|<!--.{0,4000}?-->|<!DOCTYPE[^>]{0,500}>)*+<(?:\w+:)?(\w+)",
    re.DOTALL | re.IGNORECASE,
)
_KINDS = {b"rss": "feed", b"feed": "feed", b"rdf": "feed", b"urlset": "sitemap", b"sitemapindex": "index"}
_SAMPLE = 8192


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a listing. ``url`` is None when it has no address of its own; ``key`` names it in its listing.

    ``mark`` changes when the listing says that the article has. ``content`` is HTML, there when the listing holds the
    whole article.
    """

    key: str
    url: str | None
    given: Given
    mark: str
    content: str | None = None


def listing_kind(data: bytes) -> str | None:
    """``feed``, ``sitemap`` or ``index`` (of sitemaps), told by the root element; None for anything else."""
    sample = data[:_SAMPLE].lstrip(b"\xff\xfe").replace(b"\x00", b"")  # UTF-16 too
    found = _ROOT.match(sample)
    return _KINDS.get(found.group(1).lower()) if found else None


def addresses(text: str) -> Iterator[str]:
    """The addresses of a text that holds one a line and nothing else; none when it holds anything else."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if all(re.match(r"https?://\S+$", line) for line in lines):
        yield from lines

"""Sitemaps (sitemaps.org), with the news fields that some carry."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from ingest.records import Given
from ingest.web.listings import Entry, addresses
from qa.errors import SourceError

MAX_ENTRIES = 50_000
"""What the protocol allows one file."""


def read_sitemap(data: bytes) -> list[Entry]:
    """The pages of a sitemap, or the sitemaps of an index, in order. Raises SourceError for what is none."""
    try:
        return list(islice(_entries(data), MAX_ENTRIES))
    except UnicodeDecodeError as error:  # lxml reads a reference to half a surrogate pair, but cannot give it
        raise SourceError("is no readable sitemap: it refers to characters that there are not") from error


def read_address_list(text: str) -> list[Entry]:
    """The pages of a sitemap in plain text; empty when it is something else."""
    return [Entry(url, url, Given(url=url), "") for url in list(addresses(text))[:MAX_ENTRIES]]


def _entries(data: bytes) -> Iterator[Entry]:
    for element in _items(data):
        fields = _fields(element)
        url = fields.get("loc", "")
        if url.startswith(("http://", "https://")):
            given = Given(fields.get("title"), fields.get("name"), url, published=fields.get("publication_date"))
            yield Entry(url, url, given, fields.get("lastmod", ""))


def _items(data: bytes) -> Iterator[Any]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(f"is no readable sitemap: {error}") from error
    if root is None:
        raise SourceError("is no readable sitemap")
    yield from (item for item in root if _name(item) in ("url", "sitemap"))


def _fields(item: Any) -> dict[str, str]:
    """The texts in an item by the names of their elements, the first of each name."""
    found: dict[str, str] = {}
    for element in item.iter():
        if element.text and element.text.strip():
            found.setdefault(_name(element), element.text.strip())
    return found


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""

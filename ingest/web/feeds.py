"""RSS and Atom, read by feedparser."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from ingest.identity import short_hash
from ingest.records import Given
from ingest.web.listings import Entry
from qa.errors import SourceError

MAX_BYTES = 10_000_000
MAX_ENTRIES = 5000
WHOLE_WORDS = 150
"""An entry's text of as many words is the article; the summaries in feeds are rarely half as long."""

_TAG = re.compile(r"<[^>]{0,2000}>")
_CUT = re.compile(r"(?:\u2026|\.\.\.)\W*$")
_DAMAGE = (ValueError, LookupError, RecursionError, AttributeError, TypeError, AssertionError)  # of what it trusts


def read_feed(data: bytes, url: str, kind: str = "", encoding: str | None = None) -> list[Entry]:
    """The entries of a feed that came from ``url``, in its order. Raises SourceError for what is no feed.

    ``kind`` and ``encoding`` are what the server says of it.
    """
    import feedparser

    if len(data) > MAX_BYTES:
        raise SourceError(f"is larger than {MAX_BYTES // 1_000_000} MB, too large for a feed")
    stated = f"{kind}; charset={encoding}" if kind and encoding else kind
    headers = {"content-location": url, **({"content-type": stated} if stated else {})}
    try:
        feed = feedparser.parse(BytesIO(data), response_headers=headers)
        outlet = _plain(feed.feed.get("title"))
        entries = [_entry(entry, outlet, url) for entry in feed.entries[:MAX_ENTRIES]]
    except _DAMAGE as error:
        raise SourceError(f"is no readable feed: {error}") from error
    if not entries and feed.bozo and not isinstance(feed.bozo_exception, feedparser.ThingsNobodyCaresAboutButMe):
        raise SourceError(f"is no readable feed: {feed.bozo_exception}")
    return entries


def _entry(entry: dict[str, Any], outlet: str | None, base: str) -> Entry:
    published, updated = dict.get(entry, "published"), dict.get(entry, "updated")  # .get gives one for the other
    link, content = _link(entry, base), _content(entry)
    whole = content if link is None or _is_whole(content) else None
    given = Given(
        title=_plain(entry.get("title")),
        source=_plain(dict(entry.get("source") or {}).get("title")) or outlet,
        url=link,
        author=_plain(entry.get("author")),
        published=_date(published or updated),
        modified=_date(updated) if published and updated != published else None,
        section=next((name for tag in entry.get("tags") or () if (name := _plain(tag.get("term")))), None),
    )
    key = str(entry.get("id") or link or short_hash(f"{given.title}{content}"))
    mark = short_hash(repr((published, updated, entry.get("title"), entry.get("summary"), whole)))
    return Entry(key, link, given, mark, whole)


def _link(entry: dict[str, Any], base: str) -> str | None:
    link = str(entry.get("link") or "").strip()
    joined = urljoin(base, link) if link else ""
    return joined if joined.startswith(("http://", "https://")) else None


def _content(entry: dict[str, Any]) -> str | None:
    """The longest text of an entry, as HTML; feedparser has taken scripts and the like out of it."""
    parts = [part.get("value") or "" for part in entry.get("content") or ()]
    return max([*parts, entry.get("summary") or ""], key=len) or None


def _is_whole(content: str | None) -> bool:
    text = _plain(content) or ""
    return len(text.split()) >= WHOLE_WORDS and not _CUT.search(text)


def _plain(value: Any) -> str | None:
    """One line without markup."""
    return " ".join(unescape(_TAG.sub(" ", value)).split()) or None if isinstance(value, str) else None


def _date(value: str | None) -> str | None:
    """An RFC 822 date as ISO 8601, by the clock of the place that wrote it; any other form as it is."""
    if not value:
        return None
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, IndexError, OverflowError):
        return value

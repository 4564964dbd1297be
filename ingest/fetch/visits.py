"""What was fetched before, kept in the library's home: so that what has not changed is not fetched again."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.fetch.fetcher import Validators
from qa.errors import LibraryError

BY_NAME = ""
"""The listing of the pages that a person has named."""

_WAIT_SECONDS = 20.0
_TABLES = """
CREATE TABLE IF NOT EXISTS visits (
    url TEXT PRIMARY KEY, final TEXT NOT NULL, at TEXT NOT NULL, etag TEXT, modified TEXT, kind TEXT NOT NULL,
    encoding TEXT, mark TEXT NOT NULL, article TEXT, fingerprint TEXT, shape TEXT, body BLOB
);
CREATE TABLE IF NOT EXISTS listed (listing TEXT NOT NULL, article TEXT NOT NULL, PRIMARY KEY (listing, article));
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """The last answer of an address. ``final`` is the address that gave it at last, ``at`` when, in UTC.

    ``mark`` is what the listing said of it then. Of a page, ``article`` and ``fingerprint`` are what it became, under
    the settings ``shape``; of a feed or sitemap, ``body`` is the whole of it.
    """

    final: str
    at: str
    validators: Validators
    kind: str
    encoding: str | None = None
    mark: str = ""
    article: str | None = None
    fingerprint: str | None = None
    shape: str | None = None
    body: bytes | None = None


class Visits:
    """The table of visits in one file. Every change is whole or not at all, whenever the process is killed.

    Losing it costs nothing but a second fetch of what it knew, and that articles it lists are not pruned.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._open: sqlite3.Connection | None = None

    def of(self, url: str) -> Visit | None:
        """The last visit to ``url``."""
        columns = "final, at, etag, modified, kind, encoding, mark, article, fingerprint, shape, body"
        with self._translated() as connection:
            row = connection.execute(f"SELECT {columns} FROM visits WHERE url = ?", (url,)).fetchone()
            if row is None:
                return None
            final, at, etag, modified, kind, encoding, mark, article, fingerprint, shape, body = row
            whole = zlib.decompress(body) if body is not None else None
        return Visit(final, at, Validators(etag, modified), kind, encoding, mark, article, fingerprint, shape, whole)

    def keep(self, url: str, visit: Visit) -> None:
        """Note a visit in place of the last one."""
        values = (url, visit.final, visit.at, visit.validators.etag, visit.validators.modified, visit.kind)
        values += (visit.encoding, visit.mark, visit.article, visit.fingerprint, visit.shape)  # type: ignore[assignment]
        body = zlib.compress(visit.body) if visit.body is not None else None
        with self._translated() as connection, connection:
            connection.execute(f"INSERT OR REPLACE INTO visits VALUES ({', '.join('?' * 12)})", (*values, body))

    def list_article(self, listing: str, article: str) -> None:
        """Note that a feed or sitemap lists an article, or that a person has named its page (BY_NAME)."""
        with self._translated() as connection, connection:
            connection.execute("INSERT OR IGNORE INTO listed VALUES (?, ?)", (listing, article))

    def left(self, listing: str, present: Collection[str]) -> set[str]:
        """The articles that a listing had and has no more, now that it has ``present``; without those others have."""
        query = (
            "SELECT article FROM listed AS one WHERE listing = ? AND NOT EXISTS "
            "(SELECT 1 FROM listed WHERE article = one.article AND listing <> one.listing)"
        )
        with self._translated() as connection:
            return {one for (one,) in connection.execute(query, (listing,))} - set(present)

    def forget(self, listing: str, present: Collection[str]) -> None:
        """Note that a listing has no other articles than ``present`` any more."""
        with self._translated() as connection, connection:
            had = {one for (one,) in connection.execute("SELECT article FROM listed WHERE listing = ?", (listing,))}
            gone = [(listing, one) for one in had - set(present)]
            connection.executemany("DELETE FROM listed WHERE listing = ? AND article = ?", gone)

    def close(self) -> None:
        """Close the file."""
        if self._open is not None:
            self._open.close()
            self._open = None

    @contextmanager
    def _translated(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection()
        except (sqlite3.Error, zlib.error) as error:
            raise LibraryError(
                f"{self._file} cannot be used: {error}.", hint="Delete it; all it holds is what was fetched when."
            ) from error

    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._open = sqlite3.connect(self._file, timeout=_WAIT_SECONDS)
            self._open.execute("PRAGMA journal_mode = WAL")
            self._open.execute("PRAGMA synchronous = NORMAL")
            self._open.executescript(_TABLES)
        return self._open

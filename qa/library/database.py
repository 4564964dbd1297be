"""Connections to the catalog's SQL database, and its errors translated."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from qa.errors import CatalogError

SQLITE_WAIT_MS = 20_000
KEYS_PER_QUERY = 500

Key = TypeVar("Key")


class Database:
    """One SQL database. Transactions read one snapshot. Safe to share between threads."""

    def __init__(self, url: str) -> None:
        try:
            address = make_url(url)
            self.lite = address.get_backend_name() == "sqlite"
            options: dict[str, Any] = {} if self.lite else {"isolation_level": "REPEATABLE READ", "pool_pre_ping": True}
            self._engine = create_engine(address, json_serializer=_compact_json, **options)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise CatalogError(
                f"SANAD_DATABASE_URL cannot be used: {error}.", hint="Write it as sqlite:///FILE or postgresql://…."
            ) from error
        if self.lite:
            event.listen(self._engine, "connect", _configure_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        self._snapshot = threading.local()

    @property
    def address(self) -> str:
        """Where the database is, without its password."""
        return self._engine.url.render_as_string(hide_password=True)

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None when the database is a server."""
        name = self._engine.url.database
        return Path(name) if self.lite and name else None

    def has_table(self, name: str) -> bool:
        """Whether there is a table of this name."""
        with self.reading() as connection:
            return self._engine.dialect.has_table(connection, name)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one snapshot. Raises CatalogError."""
        shared: Connection | None = getattr(self._snapshot, "connection", None)
        with self._translated(), nullcontext(shared) if shared else self._engine.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that this thread reads inside it sees one snapshot, and begins no transaction of its own.

        What the thread writes inside it is not seen there. Raises CatalogError.
        """
        with self.reading() as connection:
            before = getattr(self._snapshot, "connection", None)
            self._snapshot.connection = connection
            try:
                yield
            finally:
                self._snapshot.connection = before

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed at the end, whole or not at all. Raises CatalogError."""
        with (
            self._translated(),
            self._engine.connect().execution_options(sanad_writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            cause = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise CatalogError(
                f"The catalog {self.address} fails: {cause}.",
                hint="Check that the address, the rights and the free space are right.",
            ) from error


def portions(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """The keys in lists that fit into one query."""
    whole = list(keys)
    for start in range(0, len(whole), KEYS_PER_QUERY):
        yield whole[start : start + KEYS_PER_QUERY]


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say, in _begin_sqlite
    for pragma in (f"busy_timeout = {SQLITE_WAIT_MS}", "journal_mode = WAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("sanad_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _compact_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

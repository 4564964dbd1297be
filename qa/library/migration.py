"""Brings the catalog of an earlier version up to this one."""

from __future__ import annotations

from sqlalchemy import Connection, select, update
from sqlalchemy.schema import CreateColumn

from qa.library.database import Database
from qa.library.schema import ADDED, VERSION, meta, metadata


def migrate(database: Database) -> None:
    """Add what later versions have, in one transaction: rows keep all they hold, and who was killed begins again.

    A catalog of a later or an unknown version is left as it is.
    """
    with database.reading() as connection:
        version = _version(connection)
    if version not in range(1, VERSION):
        return
    with database.writing() as connection:
        for added in range(_version(connection) + 1, VERSION + 1):
            for column in ADDED[added]:
                written = CreateColumn(column).compile(dialect=connection.dialect)
                connection.exec_driver_sql(f"ALTER TABLE {column.table.name} ADD COLUMN {written}")
        metadata.create_all(connection)
        for index in (index for table in metadata.tables.values() for index in table.indexes):
            index.create(connection, checkfirst=True)
        connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(VERSION)))


def _version(connection: Connection) -> int:
    found = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar_one_or_none()
    return int(found) if found and found.isdecimal() else 0

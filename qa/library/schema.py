"""The tables of the catalog.

``passages`` are those of the current revisions; their text is a slice of the article's, and ``facts`` are the dates
and numbers that they name. ``revisions`` are the earlier ones, kept whole. ``sketches`` and ``buckets`` find the
near-copies of an article (see :mod:`qa.library.copies`); ``articles.counts_as`` names the one of them that counts.
``garbage`` is what is to be deleted from the two other stores once its writer is gone.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)

VERSION = 2

metadata = MetaData()


def _ranges(name: str) -> Column[Any]:
    """A list that is empty in the rows of a catalog of an earlier version."""
    return Column(name, JSON, nullable=False, server_default=text("'[]'"))


meta = Table(
    "meta",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("value", String(255), nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("fingerprint", String(64)),
    Column("title", Text),
    Column("source", Text),
    Column("source_key", String(255), index=True),
    Column("url", Text),
    Column("author", Text),
    Column("published", String(32), index=True),
    Column("language", String(16), nullable=False, index=True),
    Column("modified", String(32)),
    Column("approximate", Boolean, nullable=False, server_default=false()),
    Column("place", Text),
    Column("section", Text),
    Column("origin", Text),
    Column("clutter", JSON, nullable=False),
    _ranges("teasers"),
    Column("counts_as", String(255), index=True),
    Column("updated", String(32), nullable=False),
    Column("text", Text, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("id", String(300), primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentences", JSON, nullable=False),
    Column("teaser", Boolean, nullable=False, server_default=false()),
    _ranges("facts"),
    Index("passages_of_article", "article_id", "ordinal", unique=True),
)

revisions = Table(
    "revisions",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("hash", String(64), nullable=False),
    Column("title", Text),
    Column("updated", String(32), nullable=False),
    Column("text", Text, nullable=False),
)

sketches = Table(
    "sketches",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("sketch", LargeBinary, nullable=False),
)

buckets = Table(
    "buckets",
    metadata,
    Column("bucket", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

garbage = Table(
    "garbage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("passages", JSON, nullable=False),
    Column("generation", Integer),
)

ADDED: Final = {
    2: (
        *(articles.c[name] for name in ("modified", "approximate", "place", "section", "teasers", "counts_as")),
        *(passages.c[name] for name in ("teaser", "facts")),
    )
}
"""The columns that each version added to tables that were there before, for catalogs of earlier versions."""

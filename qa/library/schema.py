"""The tables of the catalog.

``passages`` are those of the current revisions; their text is a slice of the article's. ``revisions`` are the
earlier ones, kept whole. ``garbage`` is what is to be deleted from the two other stores once its writer is gone.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

VERSION = 1

metadata = MetaData()

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
    Column("origin", Text),
    Column("clutter", JSON, nullable=False),
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

garbage = Table(
    "garbage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("passages", JSON, nullable=False),
    Column("generation", Integer),
)

"""Between rows of the catalog and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, bindparam, select

from qa.library.facts import facts_row
from qa.library.records import Revised
from qa.library.schema import articles, passages
from qa.text import fold
from qa.values import Article, Fact, Filters, Passage, Span

HEADER = ("title", "source", "url", "author", "published", "language", "modified")
"""What an article's passages have of its header."""
ARTICLE_HEADER = (*HEADER, "place", "section", "approximate")
_PASSAGES = select(
    *(passages.c[name] for name in ("id", "article_id", "ordinal", "start", "end", "sentences", "teaser"))
)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_PASSAGES_BY_ID = _PASSAGES.where(passages.c.id.in_(_IDS))
_OWNERS_BY_ID = select(
    *(articles.c[name] for name in ("id", "text", "revision", "updated", "counts_as", *HEADER))
).where(articles.c.id.in_(_IDS))


class Hydrated(NamedTuple):
    """Passages, and the whole texts that they were cut from, by the article's id; of one snapshot."""

    passages: list[Passage]
    texts: dict[str, str]


def article_row(revised: Revised) -> dict[str, Any]:
    """The columns of ``articles``."""
    article = revised.article
    return {
        "id": article.id,
        "revision": article.revision,
        "hash": revised.hash,
        "fingerprint": revised.fingerprint,
        "source_key": source_key(article.source),
        "origin": article.origin,
        "clutter": [list(span) for span in article.clutter],
        "teasers": [list(span) for span in article.teasers],
        "updated": article.updated,
        "text": article.text,
        **{name: getattr(article, name) for name in ARTICLE_HEADER},
    }


def passage_row(passage: Passage, facts: Iterable[Fact]) -> dict[str, Any]:
    """The columns of ``passages``; the text is not among them. ``facts`` are those of its article."""
    return {
        "id": passage.id,
        "article_id": passage.article_id,
        "ordinal": passage.ordinal,
        "start": passage.start,
        "end": passage.end,
        "sentences": [list(span) for span in passage.sentences],
        "teaser": passage.teaser,
        "facts": facts_row(facts, passage),
    }


def article_of(row: Mapping[str, Any]) -> Article:
    """The article of a row; its text is empty when the row has none."""
    return Article(
        id=row["id"],
        text=row.get("text", ""),
        origin=row["origin"],
        clutter=tuple(Span(*span) for span in row["clutter"]),
        teasers=tuple(Span(*span) for span in row["teasers"]),
        revision=row["revision"],
        updated=row["updated"],
        **{name: row[name] for name in ARTICLE_HEADER},
    )


def hydrated(connection: Connection, condition: ColumnElement[bool]) -> list[Passage]:
    """The passages that meet a condition, in reading order, each article's text fetched once.

    Texts are cut here, not in SQL: SQLite's ``substr`` ends at a NUL.
    """
    query = _PASSAGES.where(condition).order_by(passages.c.article_id, passages.c.ordinal)
    return _owned(connection, connection.execute(query).all()).passages


def hydrated_by_id(connection: Connection, ids: Sequence[str]) -> Hydrated:
    """The passages with these ids, in no order: :func:`hydrated` without making the query anew each time."""
    return _owned(connection, connection.execute(_PASSAGES_BY_ID, {"ids": ids}).all())


def _owned(connection: Connection, rows: Sequence[Any]) -> Hydrated:
    wanted = list({row[1] for row in rows})
    owners = {owner[0]: owner for owner in connection.execute(_OWNERS_BY_ID, {"ids": wanted})} if wanted else {}
    return Hydrated([_passage(row, owners[row[1]]) for row in rows], {id: owner[1] for id, owner in owners.items()})


def _passage(row: Any, owner: Any) -> Passage:
    """Taken apart by place: a search reads forty rows, and their names would take longer than the query."""
    id, article_id, ordinal, start, end, sentences, teaser = row
    _, text, revision, updated, counts_as, title, source, url, author, published, language, modified = owner
    return Passage(
        id,
        article_id,
        ordinal,
        start,
        end,
        text[start:end],
        tuple(map(Span._make, sentences)),
        title,
        source,
        url,
        author,
        published,
        language,
        modified=modified,
        teaser=teaser,
        updated=updated if revision > 1 else None,
        counts_as=counts_as,
    )


def limited(query: Select[Any], filters: Filters) -> Select[Any]:
    """The query with the filters applied. Published times are ISO 8601, so they compare as text."""
    if filters.since is not None:
        query = query.where(articles.c.published >= filters.since.isoformat())
    if filters.until is not None:
        query = query.where(articles.c.published <= f"{filters.until.isoformat()}T99")
    if filters.source is not None:
        query = query.where(articles.c.source_key == source_key(filters.source))
    if filters.language is not None:
        query = query.where(articles.c.language == filters.language)
    return query


def source_key(source: str | None) -> str | None:
    """An outlet's name as it is compared: folded, without spaces."""
    return "".join(fold(source).text.split())[:255] if source else None

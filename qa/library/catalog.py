"""The catalog: what is in the library. It is the truth; the vectors and the lexical index can be made from it."""

from __future__ import annotations

import difflib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, case, delete, func, insert, select, update

from qa.errors import ArticleNotFoundError, CatalogError
from qa.library.copies import copies_of, forget, regroup
from qa.library.database import Database, portions
from qa.library.facts import facts_of, facts_row
from qa.library.records import Known, Prepared, Revised
from qa.library.rows import Hydrated, article_of, article_row, hydrated, hydrated_by_id, limited, passage_row
from qa.library.schema import VERSION, articles, garbage, meta, metadata, passages, revisions
from qa.values import Article, Copy, Fact, Filters, Passage

SUGGESTIONS = 3
_STATE = select(meta.c.key, meta.c.value)


@dataclass(frozen=True, slots=True)
class State:
    """What the library as a whole is at. ``revision`` grows with every change of any of its stores.

    ``generation`` counts the rebuilds: each has a Chroma collection and a lexical index of its own.
    """

    library: str
    revision: int
    generation: int
    embedder: str
    dimensions: int


@dataclass(frozen=True, slots=True)
class Garbage:
    """What a writer has yet to delete from the other stores: passages, or a whole generation."""

    id: int
    passages: tuple[str, ...]
    generation: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is in the catalog."""

    articles: int
    passages: int
    sources: int
    languages: Mapping[str, int]


class Catalog:
    """The SQL database of one library. Every change is one transaction. Safe to share between threads."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)

    def close(self) -> None:
        """Close all connections."""
        self.database.close()

    def create(self, embedder: str, dimensions: int) -> None:
        """Make the tables, and the first state, where there are none."""
        first = {"schema": VERSION, "library": uuid.uuid4().hex[:8], "revision": 0, "generation": 1}
        first |= {"embedder": embedder, "dimensions": dimensions}
        with self.database.writing() as connection:
            metadata.create_all(connection)
            if not connection.execute(select(func.count()).select_from(meta)).scalar_one():
                connection.execute(insert(meta), [{"key": key, "value": str(value)} for key, value in first.items()])

    def exists(self) -> bool:
        """Whether the database holds a library."""
        return self.database.has_table("meta")

    def state(self) -> State:
        """What the library is at. Raises CatalogError when another version of Sanad has made it."""
        with self.database.reading() as connection:
            found = dict(connection.execute(_STATE).all())
        if found.get("schema") != str(VERSION):
            raise CatalogError(
                f"The catalog {self.database.address} has format {found.get('schema')}; this Sanad reads {VERSION}.",
                hint="Use the Sanad that made it, or ingest the sources into a new home.",
            )
        return State(
            library=found["library"],
            revision=int(found["revision"]),
            generation=int(found["generation"]),
            embedder=found["embedder"],
            dimensions=int(found["dimensions"]),
        )

    def known(self, ids: Iterable[str]) -> dict[str, Known]:
        """Revision, content hash and fingerprint of those articles that are in the library."""
        query = select(articles.c.id, articles.c.revision, articles.c.hash, articles.c.fingerprint)
        with self.database.reading() as connection:
            rows = [
                row for some in portions(ids) for row in connection.execute(query.where(articles.c.id.in_(some))).all()
            ]
        return {row.id: Known(row.revision, row.hash, row.fingerprint) for row in rows}

    def refresh(self, same: Sequence[Prepared]) -> None:
        """Note new fingerprints of articles that are otherwise as they were, and the facts as they are read now."""
        with self.database.writing() as connection:
            for one in same:
                owner = articles.c.id == one.article.id
                connection.execute(update(articles).where(owner).values(fingerprint=one.fingerprint))
                for passage in one.passages if one.facts is not None else ():
                    kept = (passages.c.article_id == one.article.id) & (passages.c.start == passage.start)
                    connection.execute(update(passages).where(kept).values(facts=facts_row(one.facts or (), passage)))

    def article(self, id: str) -> Article:
        """An article by its id, or by a prefix that only its id has. Raises ArticleNotFoundError."""
        with self.database.reading() as connection:
            row = connection.execute(select(articles).where(articles.c.id == id)).mappings().first()
            if row is None:
                whole = _complete(connection, id)
                row = connection.execute(select(articles).where(articles.c.id == whole)).mappings().one()
        return article_of(dict(row))

    def articles(self, filters: Filters, limit: int | None = None, offset: int = 0) -> list[Article]:
        """Headers of the articles that pass the filters, newest first, those without a date last; no texts."""
        columns = [column for column in articles.c if column.name != "text"]
        undated = case((articles.c.published.is_(None), 1), else_=0)
        query = limited(select(*columns), filters).limit(limit).offset(offset)
        query = query.order_by(undated, articles.c.published.desc(), articles.c.updated.desc(), articles.c.id)
        with self.database.reading() as connection:
            return [article_of(dict(row)) for row in connection.execute(query).mappings()]

    def passages(self, ids: Sequence[str]) -> Hydrated:
        """Current passages in the order asked, with their articles' texts; ids of others are left out."""
        found: dict[str, Passage] = {}
        texts: dict[str, str] = {}
        with self.database.reading() as connection:
            for some in portions(ids):
                read = hydrated_by_id(connection, some)
                found.update((passage.id, passage) for passage in read.passages)
                texts |= read.texts
        return Hydrated([found[id] for id in ids if id in found], texts)

    def passing(self, ids: Iterable[str], filters: Filters) -> set[str]:
        """Those of the current passages with these ids whose articles pass the filters; no text is read."""
        query = limited(select(passages.c.id).join(articles, articles.c.id == passages.c.article_id), filters)
        with self.database.reading() as connection:
            rows = (connection.execute(query.where(passages.c.id.in_(some))).scalars() for some in portions(ids))
            return {id for some in rows for id in some}

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of one article, in reading order; none when it is not there."""
        with self.database.reading() as connection:
            return hydrated(connection, passages.c.article_id == article_id)

    def facts(self, ids: Iterable[str]) -> dict[str, tuple[Fact, ...]]:
        """The facts of current passages, by the passage's id."""
        query = select(passages.c.id, passages.c.facts)
        with self.database.reading() as connection:
            rows = [row for some in portions(ids) for row in connection.execute(query.where(passages.c.id.in_(some)))]
        return {row.id: facts_of(row.facts) for row in rows}

    def copies(self, ids: Iterable[str]) -> dict[str, list[Copy]]:
        """By the id of an article that counts for others, all of its group, itself too, the earliest first."""
        with self.database.reading() as connection:
            return copies_of(connection, ids)

    def all_passages(self, articles_at_once: int) -> Iterator[list[Passage]]:
        """Every passage, those of a few articles at a time."""
        last = ""
        while True:
            query = select(articles.c.id).where(articles.c.id > last).order_by(articles.c.id).limit(articles_at_once)
            with self.database.reading() as connection:
                ids = list(connection.execute(query).scalars())
                found = hydrated(connection, passages.c.article_id.in_(ids)) if ids else []
            if not ids:
                return
            yield found
            last = ids[-1]

    def sources(self) -> list[str]:
        """The outlets' names as the articles give them, in order, each spelling once."""
        query = select(articles.c.source).where(articles.c.source.is_not(None)).distinct().order_by(articles.c.source)
        with self.database.reading() as connection:
            return list(connection.execute(query).scalars())

    def counts(self) -> Counts:
        """How much there is."""
        by_language = select(articles.c.language, func.count()).group_by(articles.c.language)
        with self.database.reading() as connection:
            languages = {
                name: int(number) for name, number in connection.execute(by_language.order_by(articles.c.language))
            }
            sources = connection.execute(select(func.count(articles.c.source_key.distinct()))).scalar_one()
            number = connection.execute(select(func.count()).select_from(passages)).scalar_one()
        return Counts(sum(languages.values()), number, sources, languages)

    def garbage(self) -> list[Garbage]:
        """What writers have yet to delete from the other stores. When nobody is writing, they were killed."""
        with self.database.reading() as connection:
            rows = connection.execute(select(garbage).order_by(garbage.c.id)).all()
        return [Garbage(row.id, tuple(row.passages), row.generation) for row in rows]

    def note_garbage(self, ids: Sequence[str] = (), generation: int | None = None) -> int:
        """Note what is about to be written to the other stores, so that it goes if the writer is killed."""
        with self.database.writing() as connection:
            return _note(connection, ids, generation)

    def drop_garbage(self, note: int) -> None:
        """Forget garbage that is deleted now."""
        with self.database.writing() as connection:
            connection.execute(delete(garbage).where(garbage.c.id == note))
            _count_up(connection)

    def commit(self, revised: Sequence[Revised], note: int) -> Garbage | None:
        """Make these revisions current. ``note`` turns into the garbage they leave: the passages they replace.

        Gives that garbage; when there is none, the note is gone.
        """
        changed = [one.article.id for one in revised if one.article.revision > 1]
        with self.database.writing() as connection:
            old = _passage_ids(connection, changed)
            left = forget(connection, changed)
            _archive(connection, changed)
            for one in revised:
                _put(connection, one)
            rows = [passage_row(passage, one.facts) for one in revised for passage in one.passages]
            if rows:
                connection.execute(insert(passages), rows)
            regroup(connection, revised, left)
            _exchange(connection, note, old)
            _count_up(connection)
        return Garbage(note, old, None) if old else None

    def remove(self, ids: Sequence[str]) -> Garbage:
        """Remove articles with all their revisions, and note their passages as garbage; gives that garbage."""
        with self.database.writing() as connection:
            old = _passage_ids(connection, ids)
            left = forget(connection, ids)
            for some in portions(ids):
                connection.execute(delete(articles).where(articles.c.id.in_(some)))
            regroup(connection, (), left)
            note = _note(connection, old)
            _count_up(connection)
        return Garbage(note, old, None)

    def switch(self, generation: int, embedder: str, dimensions: int, note: int) -> None:
        """Make a generation the current one. ``note`` turns into the garbage it leaves: the one before."""
        values = {"generation": generation, "embedder": embedder, "dimensions": dimensions}
        with self.database.writing() as connection:
            before = connection.execute(select(meta.c.value).where(meta.c.key == "generation")).scalar_one()
            for key, value in values.items():
                connection.execute(update(meta).where(meta.c.key == key).values(value=str(value)))
            connection.execute(update(garbage).where(garbage.c.id == note).values(generation=int(before)))
            _count_up(connection)


def _note(connection: Connection, ids: Sequence[str], generation: int | None = None) -> int:
    done = connection.execute(insert(garbage).values(passages=list(ids), generation=generation))
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def _put(connection: Connection, revised: Revised) -> None:
    row = article_row(revised)
    if revised.article.revision == 1:
        connection.execute(insert(articles), row)
    else:
        connection.execute(delete(passages).where(passages.c.article_id == revised.article.id))
        connection.execute(update(articles).where(articles.c.id == revised.article.id), row)


def _archive(connection: Connection, ids: Sequence[str]) -> None:
    """Keep the current revisions of these articles, which are about to be replaced."""
    names = [column.name for column in revisions.c]
    columns = [articles.c.id if name == "article_id" else articles.c[name] for name in names]
    for some in portions(ids):
        connection.execute(insert(revisions).from_select(names, select(*columns).where(articles.c.id.in_(some))))


def _passage_ids(connection: Connection, article_ids: Sequence[str]) -> tuple[str, ...]:
    query = select(passages.c.id).order_by(passages.c.id)
    return tuple(
        id
        for some in portions(article_ids)
        for id in connection.execute(query.where(passages.c.article_id.in_(some))).scalars()
    )


def _exchange(connection: Connection, note: int, ids: Sequence[str]) -> None:
    noted = garbage.c.id == note
    connection.execute(update(garbage).where(noted).values(passages=list(ids)) if ids else delete(garbage).where(noted))


def _count_up(connection: Connection) -> None:
    now = int(connection.execute(select(meta.c.value).where(meta.c.key == "revision")).scalar_one())
    connection.execute(update(meta).where(meta.c.key == "revision").values(value=str(now + 1)))


def _complete(connection: Connection, prefix: str) -> str:
    """The id that begins with ``prefix``, if there is just one."""
    starts = articles.c.id.startswith(prefix, autoescape=True)
    fitting = list(connection.execute(select(articles.c.id).where(starts).order_by(articles.c.id).limit(4)).scalars())
    if len(fitting) == 1 and prefix:
        return str(fitting[0])
    if fitting and prefix:
        names = ", ".join(fitting[:SUGGESTIONS])
        raise ArticleNotFoundError(f"Several articles begin with {prefix!r}: {names} …", hint="Write more of the id.")
    ids = list(connection.execute(select(articles.c.id).limit(10_000)).scalars())
    close = difflib.get_close_matches(prefix, ids, n=SUGGESTIONS)
    hint = f"Near it: {', '.join(close)}." if close else "`sanad list` names those that there are."
    raise ArticleNotFoundError(f"There is no article {prefix!r}.", hint=hint)

"""The lexical index: BM25 over words and over character n-grams, in tantivy. A cache; the catalog is the truth.

Each language has an index of its own (a *shelf*: fa, ar, en, other), so that the rarity of a word and the usual
length of a passage are those of its language, and a library of three languages ranks as three libraries of one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import tantivy
from tantivy import Occur, Query

from qa.errors import LibraryError
from qa.library.hits import Hit
from qa.library.terms import document_terms, query_terms
from qa.text import fold
from qa.values import Filters, Passage

Channel = Literal["words", "grams", "title"]
CHANNELS: tuple[Channel, ...] = ("words", "grams", "title")
SHELVES = ("fa", "ar", "en", "other")
DEFAULT_WEIGHTS: Mapping[Channel, float] = {"words": 1.0, "grams": 1.0, "title": 0.3}
WRITER_BYTES = 64_000_000
REBUILD_HINT = "Run `sanad rebuild`."


def shelf_of(language: str) -> str:
    """The shelf that holds passages of a language."""
    return language if language in SHELVES else "other"


class LexicalIndex:
    """BM25 over the passages of one library. One process writes at a time; any number read."""

    def __init__(self, folder: Path, shelves: dict[str, _Shelf]) -> None:
        self._folder = folder
        self._shelves = shelves

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> LexicalIndex:
        """Open the index in ``folder``, made when it is not there and ``create`` is set.

        Raises LibraryError when it is missing or cannot be read.
        """
        return cls(folder, {name: _Shelf.open(folder / name, create=create) for name in SHELVES})

    def add(self, passages: Sequence[Passage]) -> None:
        """Add passages; seen by searches after :meth:`commit`."""
        for passage in passages:
            self._shelves[shelf_of(passage.language)].add(passage)

    def delete(self, ids: Iterable[str]) -> None:
        """Delete passages by id, whichever shelf they are on; unknown ids are ignored."""
        ids = list(ids)
        for shelf in self._shelves.values():
            shelf.delete(ids)

    def commit(self) -> None:
        """Make all changes since the last commit durable and visible, and let other processes write."""
        for shelf in self._shelves.values():
            shelf.commit()

    def rollback(self) -> None:
        """Forget all changes since the last commit, and let other processes write."""
        for shelf in self._shelves.values():
            shelf.rollback()

    def clear(self) -> None:
        """Delete everything, at once."""
        for shelf in self._shelves.values():
            shelf.clear()

    def reload(self) -> None:
        """See what other processes have committed."""
        for shelf in self._shelves.values():
            shelf.reload()

    def close(self) -> None:
        """Forget what is not committed and let go of the files."""
        self.rollback()

    def ids(self) -> set[str]:
        """The ids of all passages."""
        return {id for shelf in self._shelves.values() for id in shelf.ids()}

    def counts(self) -> dict[str, int]:
        """How many passages each shelf holds."""
        return {name: shelf.count() for name, shelf in self._shelves.items()}

    def search(
        self,
        text: str,
        *,
        language: str,
        shelf: str | None = None,
        k: int = 10,
        filters: Filters | None = None,
        weights: Mapping[Channel, float] = DEFAULT_WEIGHTS,
    ) -> list[Hit]:
        """The ``k`` best passages of one shelf (that of ``language`` unless told) for a text in ``language``.

        The score is the weighted sum of the channels' BM25 scores (k1 1.2, b 0.75). Best first.
        """
        terms = query_terms(text, language)
        return self._shelves[shelf or shelf_of(language)].search(terms, k, filters or Filters(), weights)


def wipe(folder: Path) -> None:
    """Delete the index folder, readable or not; nothing when it is not there."""
    shutil.rmtree(folder, ignore_errors=True)


@dataclass
class _Shelf:
    index: tantivy.Index
    writer: Any = None

    @classmethod
    def open(cls, folder: Path, *, create: bool) -> _Shelf:
        if not create and not folder.is_dir():
            raise LibraryError(f"The lexical index {folder} is missing.", hint=REBUILD_HINT)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            index = tantivy.Index(_schema(), str(folder))
        except (OSError, ValueError) as error:
            raise LibraryError(f"The lexical index {folder} cannot be read: {error}.", hint=REBUILD_HINT) from error
        for name, analyzer in _analyzers().items():
            index.register_tokenizer(name, analyzer)
        return cls(index)

    def writing(self) -> Any:
        if self.writer is None:
            try:
                self.writer = self.index.writer(WRITER_BYTES, 1)
            except (OSError, ValueError) as error:
                raise LibraryError(f"The lexical index cannot be written: {error}.", hint=REBUILD_HINT) from error
        return self.writer

    def add(self, passage: Passage) -> None:
        self.writing().add_document(tantivy.Document(**_fields(passage)))

    def delete(self, ids: Sequence[str]) -> None:
        if ids and self.count():
            writer = self.writing()
            for id in ids:
                writer.delete_documents_by_term("id", id)

    def commit(self) -> None:
        if self.writer is not None:
            self.writer.commit()
            self._release()
        self.reload()

    def rollback(self) -> None:
        if self.writer is not None:
            self.writer.rollback()
            self._release()

    def _release(self) -> None:
        writer, self.writer = self.writer, None
        writer.wait_merging_threads()

    def clear(self) -> None:
        self.writing().delete_all_documents()
        self.commit()

    def reload(self) -> None:
        self.index.reload()

    def count(self) -> int:
        return int(self.index.searcher().num_docs)

    def ids(self) -> list[str]:
        searcher = self.index.searcher()
        found = searcher.search(Query.all_query(), limit=max(1, searcher.num_docs), count=False)
        return [searcher.doc(address)["id"][0] for _, address in found.hits]

    def search(
        self, terms: dict[str, dict[str, int]], k: int, filters: Filters, weights: Mapping[Channel, float]
    ) -> list[Hit]:
        schema = self.index.schema
        wanted = [
            (Occur.Should, Query.boost_query(Query.term_query(schema, channel, term, "freq"), weights[channel] * count))
            for channel in weights
            if weights[channel]
            for term, count in terms[channel].items()
        ]
        if not wanted or k < 1:
            return []
        query = _limited(Query.boolean_query(wanted), filters, schema)
        searcher = self.index.searcher()
        found = searcher.search(query, limit=k, count=False)
        return [Hit(searcher.doc(address)["id"][0], score) for score, address in found.hits]


def _limited(query: Query, filters: Filters, schema: tantivy.Schema) -> Query:
    musts: list[tuple[Occur, Query]] = []
    if filters.source is not None:
        musts.append((Occur.Must, Query.term_query(schema, "source", folded_source(filters.source), "basic")))
    if filters.since is not None or filters.until is not None:
        first = (filters.since or date.min).toordinal()
        last = (filters.until or date.max).toordinal()
        musts.append((Occur.Must, Query.range_query(schema, "day", tantivy.FieldType.Integer, first, last)))
    if not musts:
        return query
    limits = [(occur, Query.const_score_query(limit, 0.0)) for occur, limit in musts]
    return Query.boolean_query([(Occur.Must, query), *limits])


def folded_source(source: str) -> str:
    """An outlet's name as it is compared: folded, without spaces."""
    return "".join(fold(source).text.split())


def _fields(passage: Passage) -> dict[str, Any]:
    terms = document_terms(passage.text, passage.title, passage.language)
    fields: dict[str, Any] = {"id": passage.id, **terms}
    if passage.source:
        fields["source"] = folded_source(passage.source)
    if passage.published:
        fields["day"] = date.fromisoformat(passage.published[:10]).toordinal()
    return fields


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("source", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    for channel in CHANNELS:
        builder.add_text_field(channel, tokenizer_name="terms", index_option="freq")
    return builder.build()


def _analyzers() -> dict[str, Any]:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return {"terms": builder.build()}

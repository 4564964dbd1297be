"""The lexical index: BM25 over the channels of :mod:`qa.library.terms`, in tantivy. The only module that touches it.

It is a cache: the catalog is the truth, and ``sanad rebuild`` makes the index anew. Each language has an index of
its own (a *shelf*: fa, ar, en, other), so that the rarity of a term and the usual length of a passage are those of
its language: a library of three languages ranks each as a library of that language alone would.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

import tantivy
from tantivy import Occur, Query

from qa.errors import LibraryBusyError, LibraryError
from qa.library.hits import Hit
from qa.library.terms import CHANNELS, Channel, passage_terms, query_terms
from qa.text import fold
from qa.values import Filters, Passage

SHELVES: Final = ("fa", "ar", "en", "other")
# One indexing thread with 64 MB: more of either makes no passage faster, the analysis in Python is what takes time.
WRITER_BYTES: Final = 64_000_000
WRITER_THREADS: Final = 1
# Terms of more than this share of a shelf's passages, and of more passages than COMMON_PASSAGES, are left out of a
# query: they tell next to nothing, and to score them takes half of its time. Hit@1 of 3,665 questions by language with
# all grams, and without those of 30, 15, 7 and 5 %: ar 77.5 77.7 77.8 77.6 77.6, fa 82.6 82.6 82.4 82.7 82.5, en 86.4
# 86.4 86.1 86.6 86.4; of 1,800 questions with all concepts, and without those of 30 %: 78.9 and 79.1.
COMMON: Final[Mapping[Channel, float]] = {"grams": 0.07, "concepts": 0.3}
COMMON_PASSAGES: Final = 50
_MOST_KNOWN: Final = 1 << 16  # terms of a channel of which it is remembered how many passages have them
_BLANKS: Final = "terms"
_HINT: Final = "Run `sanad rebuild`."


def shelf_of(language: str) -> str:
    """The shelf that holds the passages of a language."""
    return language if language in SHELVES else "other"


class LexicalIndex:
    """BM25 over the passages of one library. One process writes at a time, any number read.

    Changes are seen, and survive, from :meth:`commit` on. Between the first change and the commit the index is
    locked against other writers; tantivy's lock goes with its process, however that ends.
    """

    def __init__(self, shelves: Mapping[str, _Shelf]) -> None:
        self._shelves = shelves

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> LexicalIndex:
        """The index in ``folder``; an empty one is made there when there is none and ``create`` is set.

        Raises LibraryError when it is missing, broken, or of another layout.
        """
        return cls({name: _Shelf(folder / name, create=create) for name in SHELVES})

    def add(self, passages: Sequence[Passage], terms: Sequence[Mapping[Channel, str]] | None = None) -> None:
        """Add passages, with the ``terms`` of each where they are known: what ``passage_terms`` makes of it.

        An id that is there already is there twice then: delete it first. Returns before all is indexed.
        """
        terms = terms or [passage_terms(passage, passage) for passage in passages]
        for passage, known in zip(passages, terms, strict=True):
            self._shelves[shelf_of(passage.language)].add(passage, known)

    def delete(self, ids: Iterable[str]) -> None:
        """Delete passages by id, whichever shelf they are on. Unknown ids are ignored."""
        ids = list(ids)
        for shelf in self._shelves.values():
            shelf.delete(ids)

    def commit(self) -> None:
        """Make all changes since the last commit durable and visible, and let others write."""
        for shelf in self._shelves.values():
            shelf.commit()

    def rollback(self) -> None:
        """Forget all changes since the last commit, and let others write."""
        for shelf in self._shelves.values():
            shelf.rollback()

    def clear(self) -> None:
        """Delete every passage, and commit."""
        for shelf in self._shelves.values():
            shelf.clear()

    def reload(self) -> None:
        """See what other processes have committed."""
        for shelf in self._shelves.values():
            shelf.reload()

    def close(self) -> None:
        """Forget what is not committed. The index may be used again."""
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
        weights: Mapping[Channel, float],
        shelf: str | None = None,
        k: int = 10,
        filters: Filters | None = None,
        among: Sequence[str] | None = None,
        common: Mapping[Channel, float] = COMMON,
    ) -> list[Hit]:
        """The ``k`` best passages of one shelf for a text in ``language``; the shelf is that language's unless told.

        A passage's score is the sum over channels of weight × BM25 (k1 1.2, b 0.75; Robertson and Zaragoza 2009,
        "The Probabilistic Relevance Framework"), so that one query ranks by all of them. Best first. Any text is
        accepted, none of its characters is an operator. ``filters.language`` is the caller's choice of shelf.
        ``among`` are the ids of the only passages that are looked at. ``common`` is the share of a shelf's passages
        from which on a channel's terms are left out.
        """
        asked = self._shelves[shelf or shelf_of(language)]
        terms = {**query_terms(text, language)}
        for channel, share in common.items():
            if weights.get(channel):
                terms[channel] = asked.telling(channel, terms[channel], share)
        return asked.search(terms, weights, k, filters or Filters(), among)

    def having(self, stem: str, shelf: str) -> int:
        """How many passages of a shelf have a stem among their words."""
        return self._shelves[shelf].having(stem)

    def rarity(self, stem: str, shelf: str) -> float:
        """The inverse document frequency of a stem among the words of a shelf, as BM25 reckons it; above 0."""
        return self._shelves[shelf].rarity(stem)


class _Shelf:
    """The tantivy index of one language."""

    def __init__(self, folder: Path, *, create: bool) -> None:
        self._folder = folder
        self._writer: Any = None
        with self._translated("opened"):
            if create:
                folder.mkdir(parents=True, exist_ok=True)
            elif not tantivy.Index.exists(str(folder)):
                raise FileNotFoundError("it is missing")
            self._index = tantivy.Index(_schema(), str(folder))
        blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer(_BLANKS, blanks)
        self._having: dict[Channel, dict[str, int]] = {channel: {} for channel in CHANNELS}  # of what was asked for
        self._searcher = self._index.searcher()  # to ask for one gives other threads their turn, which may be long

    def add(self, passage: Passage, terms: Mapping[Channel, str]) -> None:
        document = tantivy.Document(**_fields(passage, terms))
        with self._translated("written"):
            self._writing().add_document(document)

    def delete(self, ids: Sequence[str]) -> None:
        if not ids or not (self._writer or self.count()):
            return
        with self._translated("written"):
            writer = self._writing()
            for id in ids:
                writer.delete_documents_by_term("id", id)

    def commit(self) -> None:
        if self._writer is not None:
            with self._translated("written"):
                self._writer.commit()
                self._release()
        self.reload()

    def rollback(self) -> None:
        if self._writer is not None:
            with self._translated("written"):
                self._writer.rollback()
                self._release()

    def clear(self) -> None:
        with self._translated("written"):
            self._writing().delete_all_documents()
        self.commit()

    def reload(self) -> None:
        with self._translated("read"):
            self._index.reload()
            self._searcher = self._index.searcher()
        self._having = {channel: {} for channel in CHANNELS}

    def count(self) -> int:
        return int(self._searcher.num_docs)

    def having(self, stem: str) -> int:
        with self._translated("read"):
            return int(self._searcher.doc_freq("words", stem))

    def rarity(self, stem: str) -> float:
        with self._translated("read"):
            having, count = self.having(stem), self.count()
        return math.log1p((count - having + 0.5) / (having + 0.5)) if count >= having else 0.0

    def ids(self) -> list[str]:
        with self._translated("read"):
            searcher = self._searcher
            found = searcher.search(Query.all_query(), limit=max(1, searcher.num_docs), count=False)
            return [str(searcher.doc(address)["id"][0]) for _, address in found.hits]

    def search(
        self,
        terms: Mapping[Channel, Mapping[str, float]],
        weights: Mapping[Channel, float],
        k: int,
        filters: Filters,
        among: Sequence[str] | None = None,
    ) -> list[Hit]:
        with self._translated("read"):
            searcher = self._searcher
            query = _query(terms, weights, self._index.schema)
            if query is None or k < 1:
                return []
            found = searcher.search(_limited(query, filters, among, self._index.schema), limit=k, count=False)
            return [Hit(str(searcher.doc(address)["id"][0]), float(score)) for score, address in found.hits]

    def telling(self, channel: Channel, terms: Mapping[str, float], share: float) -> Mapping[str, float]:
        """The terms of a channel that some passages have, but no more than that share; all when there are no such."""
        if len(self._having[channel]) > _MOST_KNOWN:
            self._having[channel] = {}
        searcher, having = self._searcher, self._having[channel]
        most = max(COMMON_PASSAGES, share * searcher.num_docs)
        with self._translated("read"):
            for term in terms.keys() - having.keys():
                having[term] = searcher.doc_freq(channel, term)
        return {term: weight for term, weight in terms.items() if 0 < having[term] <= most} or terms

    def _writing(self) -> Any:
        if self._writer is None:
            self._writer = self._index.writer(WRITER_BYTES, WRITER_THREADS)
        return self._writer

    def _release(self) -> None:
        writer, self._writer = self._writer, None
        writer.wait_merging_threads()

    @contextmanager
    def _translated(self, done: str) -> Iterator[None]:
        """tantivy raises ValueError for nearly everything, OSError for the rest."""
        try:
            yield
        except (ValueError, OSError) as error:
            self._writer = None
            if "LockBusy" in str(error):
                raise LibraryBusyError(f"Another process is writing to {self._folder}.", hint="Try again.") from error
            reason = str(error).partition(" Content:")[0].rstrip(".")
            raise LibraryError(f"The lexical index {self._folder} cannot be {done}: {reason}.", hint=_HINT) from error


def _query(
    terms: Mapping[Channel, Mapping[str, float]], weights: Mapping[Channel, float], schema: tantivy.Schema
) -> Query | None:
    """A query built of terms, not parsed: whatever a question holds, it is only looked up."""
    wanted = [
        (Occur.Should, Query.boost_query(Query.term_query(schema, channel, term, "freq"), weight * count))
        for channel, weight in weights.items()
        if weight
        for term, count in terms[channel].items()
    ]
    return Query.boolean_query(wanted) if wanted else None


def _limited(query: Query, filters: Filters, among: Sequence[str] | None, schema: tantivy.Schema) -> Query:
    limits: list[Query] = []
    if among is not None:
        limits.append(
            Query.boolean_query([(Occur.Should, Query.term_query(schema, "id", id, "basic")) for id in among])
        )
    if filters.source is not None:
        limits.append(Query.term_query(schema, "source", folded_source(filters.source), "basic"))
    if filters.since is not None or filters.until is not None:
        first = (filters.since or date.min).toordinal()
        last = (filters.until or date.max).toordinal()
        limits.append(Query.range_query(schema, "day", tantivy.FieldType.Integer, first, last))
    if not limits:
        return query
    unscored = [(Occur.Must, Query.const_score_query(limit, 0.0)) for limit in limits]
    return Query.boolean_query([(Occur.Must, query), *unscored])


def folded_source(source: str) -> str:
    """An outlet's name as it is compared: folded, without spaces."""
    return "".join(fold(source).text.split())


def _fields(passage: Passage, terms: Mapping[Channel, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": passage.id, **{str(channel): written for channel, written in terms.items()}}
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
        builder.add_text_field(channel, tokenizer_name=_BLANKS, index_option="freq")
    return builder.build()

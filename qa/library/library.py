"""A library of articles: the catalog, the vectors and the lexical index behind one face."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from qa.errors import LibraryError
from qa.library.access import Access
from qa.library.catalog import Catalog
from qa.library.embedders import Embedder, Vectors, make_embedder
from qa.library.indexing import index_all
from qa.library.journal import Journal
from qa.library.lexical import LexicalIndex
from qa.library.migration import migrate
from qa.library.records import Known, Outcome, Prepared, Progress, Status
from qa.library.revising import changed, hashes_of, refingerprinted, revise, validate
from qa.library.rows import Hydrated
from qa.library.stores import Stores
from qa.library.vectors import VectorStore
from qa.library.writer import Writer
from qa.settings import Settings
from qa.values import Article, Fact, Filters, Passage

if TYPE_CHECKING:
    from llama_index.vector_stores.chroma import ChromaVectorStore

WAIT_SECONDS = 30.0


class Library:
    """The articles of one home. Any number of processes and threads read; one at a time writes.

    ``on_step`` is told, by a short name, each step of a change once it is done; for logs and progress.
    """

    def __init__(
        self,
        settings: Settings,
        catalog: Catalog,
        embedder: Embedder,
        *,
        wait: float = WAIT_SECONDS,
        on_step: Callable[[str], None] | None = None,
    ) -> None:
        self._settings = settings
        self._catalog = catalog
        self._writer = Writer(settings, catalog, on_step or (lambda name: None))
        self._access = Access(settings, catalog, embedder, self._writer, wait)

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        create: bool = True,
        check: bool = True,
        wait: float = WAIT_SECONDS,
        on_step: Callable[[str], None] | None = None,
    ) -> Self:
        """Open the library in ``settings.home``, made when there is none and ``create`` is set.

        What a killed process left half done is put right, unless another one is writing now. ``wait`` is how many
        seconds a change waits while another process writes.

        Raises EmbedderMismatchError when another embedder has filled it, unless ``check`` is off, as for a
        rebuild; LibraryError when there is none; CatalogError when the database fails.
        """
        embedder = make_embedder(settings)
        library = cls(settings, _open_catalog(settings, embedder, create), embedder, wait=wait, on_step=on_step)
        try:
            if check:
                library._access.fit_embedder()
                library._access.mend_if_idle()
        except LibraryError:
            library.close()
            raise
        return library

    # --- reading ---

    @property
    def embedder(self) -> Embedder:
        """What turns texts into vectors here."""
        return self._access.embedder

    def stores(self) -> Stores:
        """The vectors and the lexical index together, up to date; cheaper than one by one."""
        return self._access.reading()

    @property
    def vectors(self) -> VectorStore:
        """The vectors, up to date. Stores that are missing or damaged are made anew first."""
        return self._access.reading().vectors

    @property
    def lexical(self) -> LexicalIndex:
        """The lexical index, up to date. Stores that are missing or damaged are made anew first."""
        return self._access.reading().lexical

    def vector_store(self) -> ChromaVectorStore:
        """The vectors as LlamaIndex's ChromaVectorStore, as they are now; for reading.

        Its nodes have the passage's text (unless ``chroma_documents`` is off) and, as metadata, article_id,
        start, end, language, source and published (a day as 20251116).
        """
        return self._access.reading().vectors.llama_index()

    def fingerprints(self, ids: Iterable[str]) -> dict[str, str]:
        """By id, those of these articles that are in the library: the fingerprint given when it was added.

        Of an article that was added without one, it is the content hash; see :func:`content_hash`.
        """
        return {id: known.fingerprint or known.hash for id, known in self._catalog.known(ids).items()}

    def snapshot(self) -> AbstractContextManager[None]:
        """What this thread reads of articles and passages inside it is all of one state, and takes less time."""
        return self._catalog.database.snapshot()

    def article(self, id: str) -> Article:
        """One article, whole, by its id or a prefix that only its id has. Raises ArticleNotFoundError."""
        return self._catalog.article(id)

    def articles(self, filters: Filters | None = None, limit: int | None = None, offset: int = 0) -> list[Article]:
        """The articles' headers, newest first. Their ``text`` is empty: use :meth:`article` for one whole."""
        return self._catalog.articles(filters or Filters(), limit, offset)

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages with these ids, in this order. Ids that are not, or no longer, current are left out."""
        return self._catalog.passages(ids).passages

    def passages_with_texts(self, ids: Sequence[str]) -> Hydrated:
        """The same, with the texts of their articles, which are read anyway."""
        return self._catalog.passages(ids)

    def passing(self, ids: Iterable[str], filters: Filters) -> set[str]:
        """Those of the passages with these ids whose articles pass the filters; much cheaper than to read them."""
        return self._catalog.passing(ids, filters)

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article, in reading order. Raises ArticleNotFoundError."""
        return self._catalog.passages_of(article_id) or self._catalog.passages_of(self.article(article_id).id)

    def facts(self, passages: Iterable[Passage]) -> dict[str, tuple[Fact, ...]]:
        """The dates and numbers that the sentences of these passages name, by the passage's id.

        They were read when the article was added: eight passages' are fetched in a tenth of the time that
        it takes to read them anew.
        """
        return self._catalog.facts(passage.id for passage in passages)

    def facts_of(self, article_id: str) -> list[Fact]:
        """The facts of an article, in reading order. Raises ArticleNotFoundError."""
        passages = self.passages_of(article_id)
        facts = self.facts(passages)
        return [fact for passage in passages for fact in facts[passage.id]]

    def with_copies(self, passages: Sequence[Passage]) -> list[Passage]:
        """The passages with ``also_in`` filled: the near-copies of each one's article, the earliest first."""
        copies = self._catalog.copies({passage.counts_as for passage in passages if passage.counts_as})
        return [
            replace(
                passage,
                also_in=tuple(each for each in copies[passage.counts_as] if each.article_id != passage.article_id),
            )
            if passage.counts_as in copies
            else passage
            for passage in passages
        ]

    def sources(self) -> list[str]:
        """The outlets' names as the articles give them, in order, each spelling once."""
        return self._catalog.sources()

    @property
    def revision(self) -> int:
        """Grows with every change, by whichever process; cheaper than :meth:`status`."""
        return self._catalog.state().revision

    @cached_property
    def journal(self) -> Journal:
        """What readers asked and how they judged the answers. Its tables are made when it is first asked for."""
        return Journal(self._catalog.database)

    def is_empty(self) -> bool:
        """Whether there is no article; cheaper than :meth:`status`."""
        return not self._catalog.articles(Filters(), limit=1)

    def status(self) -> Status:
        """What is in the library, and in what state its stores are. Mends nothing; problems are listed."""
        state, counts = self._catalog.state(), self._catalog.counts()
        stores, problems = self._access.inspected(state)
        return Status(
            home=str(self._settings.home),
            articles=counts.articles,
            passages=counts.passages,
            languages=counts.languages,
            sources=counts.sources,
            revision=state.revision,
            embedder=state.embedder,
            dimensions=state.dimensions,
            catalog=self._catalog.database.address,
            vector_store=self._settings.chroma_url or str(self._settings.home / "chroma"),
            vectors=stores.counts()["vectors"] if stores else None,
            lexical=stores.counts()["lexical index"] if stores else None,
            pending=len(self._catalog.garbage()),
            problems=problems,
            size=sum(file.stat().st_size for file in self._settings.home.rglob("*") if file.is_file()),
        )

    # --- changing ---

    def add(self, batch: Sequence[Prepared]) -> list[Outcome]:
        """Add articles, or new revisions of them; those that have not changed are left alone.

        All of the batch becomes visible at once. Of an article that is in it twice, the last one counts. Raises
        LibraryError for an article that cannot be stored, LibraryBusyError, EmbedderMismatchError,
        EmbeddingError; then nothing of the batch is in the library.
        """
        for prepared in batch:
            validate(prepared)
        latest = {prepared.article.id: prepared for prepared in batch}
        known = self._catalog.known(latest)
        hashes = hashes_of(list(latest.values()))
        news = changed(list(latest.values()), hashes, known)
        if not news and not refingerprinted(list(latest.values()), known, news):
            return [_outcome(id, known.get(id), None) for id in latest]
        ready = index_all(news, self.embedder, self._held_vectors(news, known))
        with self._access.writing() as stores:
            known = self._catalog.known(latest)
            news = changed(list(latest.values()), hashes, known)
            ready |= index_all([prepared for prepared in news if prepared.article.id not in ready], self.embedder)
            revised = [
                revise(prepared, known, hashes[prepared.article.id], ready[prepared.article.id]) for prepared in news
            ]
            if revised:
                self._writer.add(stores, revised)
            if same := refingerprinted(list(latest.values()), known, news):
                self._catalog.refresh(same)
        done = {one.article.id: one.article.revision for one in revised}
        return [_outcome(id, known.get(id), done.get(id)) for id in latest]

    def remove(self, ids: Iterable[str]) -> int:
        """Remove articles, by their whole ids, with all their revisions; how many of them there were."""
        with self._access.writing() as stores:
            there = list(self._catalog.known(ids))
            if there:
                self._writer.remove(stores, there)
        return len(there)

    def rebuild(self, settings: Settings | None = None, progress: Callable[[Progress], None] | None = None) -> None:
        """Make the vectors and the lexical index anew from the catalog, with the embedder of ``settings``.

        Searches go on in the old ones until the new ones are whole; killed before that, nothing has changed.
        """
        self._access.rebuild(make_embedder(settings) if settings else self.embedder, progress)

    def close(self) -> None:
        """Let go of the stores and the database. A closed library cannot be used again."""
        self._access.close()
        self._catalog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- inside ---

    def _held_vectors(self, news: Sequence[Prepared], known: Mapping[str, Known]) -> dict[str, Vectors]:
        """By text, the vectors of passages that an update may keep, where the embedder is dearer than a look."""
        updated = [prepared.article.id for prepared in news if prepared.article.id in known]
        if self._settings.embeddings == "embedded" or not updated:
            return {}
        passages = [passage for id in updated for passage in self._catalog.passages_of(id)]
        vectors = self.vectors.embeddings([passage.id for passage in passages])
        return {passage.text: vectors[passage.id] for passage in passages if passage.id in vectors}


def _open_catalog(settings: Settings, embedder: Embedder, create: bool) -> Catalog:
    catalog = Catalog(settings.catalog_url)
    file = catalog.database.file
    if file is not None and not file.exists():
        if not create:
            raise LibraryError(f"There is no library in {settings.home}.", hint="Fill one with `sanad ingest PATH`.")
        _make_folder(file.parent)
    if not catalog.exists():
        catalog.create(embedder.identity, embedder.dimensions)
    migrate(catalog.database)
    return catalog


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"The folder {folder} cannot be made: {error.strerror}.", hint="Give another with --home."
        ) from error


def _outcome(id: str, before: Known | None, revision: int | None) -> Outcome:
    if revision is None:
        return Outcome(id, "unchanged", before.revision if before else 0)
    return Outcome(id, "updated" if before else "added", revision)

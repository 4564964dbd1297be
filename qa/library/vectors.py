"""The vectors, in Chroma: embedded in this process, or a server. The only module that touches chromadb."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from qa.errors import VectorStoreError
from qa.library.chroma_folder import SYNC_THRESHOLD, ChromaFolder
from qa.library.embedders import Vectors
from qa.library.hits import Hit
from qa.settings import Settings, disable_vendor_telemetry
from qa.values import Passage

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from llama_index.vector_stores.chroma import ChromaVectorStore

# Chosen on 12,000 passages in three languages and 300 questions, the embedded embedder in 384 dimensions, against
# exact search: recall@10 0.993, recall@50 0.990, 1.4 ms (Chroma's default ef_search, 100: 0.960 and 0.902). On
# 48,000 overlapping passages: 0.991 and 0.993. ef_construction 100 does as well there, but of 2,000 sentences that
# fill three templates it left 515 that no search reaches, 200 left 22, of the 12,000 neither left any.
HNSW = {"space": "cosine", "ef_search": 400, "ef_construction": 200, "max_neighbors": 16}
PAGE = 5_000
EMBEDDED_PAGE = 250  # the embedded Chroma holds Python's lock while it writes: 0.5 s for 1,000 records with their texts
REOPENING_SHARE = 0.1  # of the time, at most, goes into catching up with what another process writes

# What Chroma says of a folder that is damaged: SQLite's codes 11 and 26, and its own words about the graph.
DAMAGE = ("code: 11)", "code: 26)", "backfill request", "hnsw", "no such table")

_openings = count()


class VectorsLostError(VectorStoreError):
    """The collection is missing or damaged: it has to be made anew from the catalog."""


class VectorStore:
    """One Chroma collection. Safe to share between threads; one process writes at a time.

    The embedded Chroma sees what its own process writes; what others have written it sees after :meth:`refresh`.
    """

    def __init__(self, settings: Settings, name: str, *, create: bool = False) -> None:
        """Open the collection ``name``. Raises VectorStoreError, VectorsLostError when it is not there or damaged."""
        self.name = name
        self._settings = settings
        self._folder = None if settings.chroma_url else ChromaFolder(settings.home / "chroma")
        self._reopening = threading.Lock()
        self._revision = -1
        self._due = 0.0
        with self._translated(), self._held():
            self._connection = self._connect(create)

    @property
    def address(self) -> str:
        """The folder or the server."""
        return self._settings.chroma_url or str(self._settings.home / "chroma")

    @property
    def collection_id(self) -> str:
        """Chroma's own id of the collection."""
        return str(self._connection.collection.id)

    def refresh(self, revision: int, *, now: bool = False) -> None:
        """See what other processes have written up to ``revision`` of the library.

        Reopening takes about 0.1 s at 12,000 passages, so while another process is writing, it is done now and
        then only, unless ``now`` is set, which a writer must.
        """
        if self._folder is None or revision == self._revision or (not now and time.monotonic() < self._due):
            return
        if not self._reopening.acquire(blocking=now):
            return
        try:
            self.reopen(revision)
        finally:
            self._reopening.release()

    def reopen(self, revision: int) -> None:
        """Read Chroma anew from its folder. Searches that are under way finish on the old state."""
        started = time.monotonic()
        with self._translated(), self._held():  # which keeps a writing thread from using the old one meanwhile
            self._connection = self._connect(create=False)
        self._revision = revision
        self._due = 0.0 if self._connection.empty else time.monotonic() + (time.monotonic() - started) / REOPENING_SHARE

    def seen(self, revision: int) -> None:
        """Note that all changes up to ``revision`` are this process's own, or have been read."""
        self._revision = revision

    def query(self, vector: Vectors, k: int, where: Mapping[str, Any] | None = None) -> list[Hit]:
        """The ``k`` nearest passages by cosine similarity (the score, in [-1, 1]), best first.

        ``where`` is a Chroma filter over article_id, language, source and published (a day as 20251116). Slow.
        """
        connection = self._connection
        if k < 1 or connection.empty:
            return []
        with self._translated():
            found = connection.collection.query(
                query_embeddings=vector.reshape(1, -1),
                n_results=k,
                where=dict(where) if where else None,
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        return [Hit(id, 1.0 - distance) for id, distance in zip(found["ids"][0], distances, strict=True)]

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Store passages with their vectors. Their ids must be new: Chroma keeps what it has under an id."""
        documents = self._settings.chroma_documents

        def add(collection: Collection, part: slice) -> None:
            some = passages[part]
            collection.add(
                ids=[passage.id for passage in some],
                embeddings=vectors[part],
                metadatas=[_metadata(passage) for passage in some],
                documents=[passage.text for passage in some] if documents else None,
            )

        self._write(len(passages), add)

    def delete(self, ids: Sequence[str]) -> None:
        """Delete passages by id; those that are not there are ignored."""
        self._write(len(ids), lambda collection, part: collection.delete(ids=list(ids[part])))

    def drop(self, name: str) -> None:
        """Delete another collection, whole; nothing when it is not there."""
        from chromadb.errors import NotFoundError

        with self._translated(), self._held():
            with suppress(NotFoundError):
                self._connection.client.delete_collection(name)
            if self._folder:
                self._folder.forget(name)

    def count(self) -> int:
        """How many passages there are."""
        with self._translated():
            return int(self._connection.collection.count())

    def ids(self) -> set[str]:
        """The ids of all passages."""
        connection = self._connection
        with self._translated():
            number = connection.collection.count()
            pages = [
                connection.collection.get(limit=PAGE, offset=start, include=[])["ids"]
                for start in range(0, number, PAGE)
            ]
        return {id for page in pages for id in page}

    def embeddings(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of those passages that are there."""
        if not ids:
            return {}
        connection = self._connection
        with self._translated():
            found = connection.collection.get(ids=list(ids), include=["embeddings"])
        rows = np.asarray(found["embeddings"], np.float32)
        return dict(zip(found["ids"], rows, strict=True))

    def documents(self, ids: Sequence[str]) -> dict[str, str]:
        """The texts that Chroma keeps of those passages that are there."""
        if not ids:
            return {}
        connection = self._connection
        with self._translated():
            found = connection.collection.get(ids=list(ids), include=["documents"])
        return {id: text for id, text in zip(found["ids"], found["documents"] or (), strict=True) if text is not None}

    def llama_index(self) -> ChromaVectorStore:
        """The collection as LlamaIndex's vector store, on a connection of its own, as it is now."""
        from llama_index.vector_stores.chroma import ChromaVectorStore

        with self._translated(), self._held():
            connection = self._connect(create=False)
        store = ChromaVectorStore(chroma_collection=connection.collection)
        weakref.finalize(store, lambda kept: None, connection)
        return store

    def close(self) -> None:
        """Let go of Chroma."""
        self._connection.close()

    def _connect(self, create: bool) -> _Connection:
        """Open the collection; with the folder held."""
        if self._folder is None:
            return _Connection(_server(self._settings), self.name, create)
        if self._folder.half_saved(self.name):
            raise VectorsLostError(f"A process was killed while it saved the vectors in {self.address}.")
        if not create and not self._folder.path.is_dir():
            raise VectorsLostError(f"The vectors in {self.address} are missing.")
        connection = _Connection(_embedded(self._folder), self.name, create)
        saves = self._folder.room(str(connection.collection.id)) < 0
        with self._folder.saving(self.name) if saves else nullcontext():
            connection.empty = connection.collection.count() == 0  # which makes Chroma replay its log
        return connection

    @contextmanager
    def _held(self) -> Iterator[None]:
        with self._folder.hold() if self._folder else nullcontext():
            yield

    def _write(self, total: int, write: Callable[[Collection, slice], object]) -> None:
        """Write ``total`` records, as many at once as Chroma takes; the one that makes it save goes alone."""
        with self._translated(), self._held():
            connection = self._connection
            limit = min(connection.client.get_max_batch_size(), EMBEDDED_PAGE if self._folder else PAGE)
            start = 0
            while start < total:
                room = self._folder.room(self.collection_id) if self._folder else limit
                part = slice(start, start + max(1, min(limit, room, total - start)))
                with self._folder.saving(self.name) if self._folder and room < 1 else nullcontext():
                    write(connection.collection, part)
                connection.empty = False
                start = part.stop

    @contextmanager
    def _translated(self) -> Iterator[None]:
        import httpx
        from chromadb.errors import ChromaError, NotFoundError

        try:
            yield
        except NotFoundError as error:
            raise VectorsLostError(f"The vectors in {self.address} are missing: {_line(error)}.") from error
        except (ChromaError, httpx.HTTPError, ValueError, OSError) as error:
            if any(sign in str(error) for sign in DAMAGE):
                raise VectorsLostError(f"The vectors in {self.address} are damaged: {_line(error)}.") from error
            raise VectorStoreError(f"Chroma fails in {self.address}: {_line(error)}.", hint=self._hint()) from error

    def _hint(self) -> str:
        return "Start that server, or unset SANAD_CHROMA_URL." if self._settings.chroma_url else "Run `sanad rebuild`."


class _Connection:
    """A Chroma client and a collection; closed when the last thread that uses it lets go of it.

    ``empty`` says that the collection was empty when it was opened, and that nothing was added here: Chroma then
    has no graph in this process, and fails when it is asked for one that another process has begun.
    """

    empty = False

    def __init__(self, client: ClientAPI, name: str, create: bool) -> None:
        self.client = client
        self.close = weakref.finalize(self, client.close)  # type: ignore[attr-defined]
        if create:
            hnsw: Any = {**HNSW, "sync_threshold": SYNC_THRESHOLD, "batch_size": 100}
            self.collection: Collection = client.get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": hnsw}
            )
        else:
            self.collection = client.get_collection(name, embedding_function=None)


def _embedded(folder: ChromaFolder) -> ClientAPI:
    """A client with its own memory. Chroma shares one between all that spell a path alike, so no two do."""
    disable_vendor_telemetry()
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    folder.path.mkdir(parents=True, exist_ok=True)
    spelling = "".join("/." if bit == "1" else "/" for bit in f"{next(_openings):b}")
    settings = ChromaSettings(anonymized_telemetry=False, allow_reset=False)
    return chromadb.PersistentClient(f"{folder.path}{spelling}", settings)


def _server(settings: Settings) -> ClientAPI:
    disable_vendor_telemetry()
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    url = urlsplit(settings.chroma_url or "")
    secure = url.scheme == "https"
    if url.scheme not in ("http", "https") or not url.hostname:
        raise VectorStoreError("SANAD_CHROMA_URL is not an address.", hint="Write it as http://localhost:8000.")
    return chromadb.HttpClient(
        host=url.hostname,
        port=url.port or (443 if secure else 8000),
        ssl=secure,
        settings=ChromaSettings(anonymized_telemetry=False, allow_reset=False),
    )


def _metadata(passage: Passage) -> dict[str, str | int]:
    metadata: dict[str, str | int] = {
        "article_id": passage.article_id,
        "start": passage.start,
        "end": passage.end,
        "language": passage.language,
    }
    if passage.source:
        metadata["source"] = passage.source
    if passage.published:
        metadata["published"] = int(passage.published[:10].replace("-", ""))
    return metadata


def _line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else type(error).__name__

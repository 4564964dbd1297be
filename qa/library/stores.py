"""The two stores that are made from the catalog: the vectors and the lexical index of one generation."""

from __future__ import annotations

import shutil
from pathlib import Path

from qa.errors import LibraryError, VectorStoreError
from qa.library.catalog import Catalog, State
from qa.library.chroma_folder import ChromaFolder
from qa.library.lexical import LexicalIndex
from qa.library.vectors import VectorsLostError, VectorStore
from qa.settings import Settings


class StoresLostError(LibraryError):
    """A store is missing, damaged or lacks passages that the catalog has: both have to be made anew."""


class Stores:
    """The vectors and the lexical index of one generation. Reading is safe from many threads."""

    def __init__(self, generation: int, vectors: VectorStore, lexical: LexicalIndex) -> None:
        self.generation = generation
        self.vectors = vectors
        self.lexical = lexical
        self._revision = -1

    @classmethod
    def open(cls, settings: Settings, catalog: Catalog) -> Stores:
        """Open the stores of the current generation; empty ones are made for an empty library.

        Raises StoresLostError when they do not hold all that the catalog has.
        """
        state = catalog.state()
        empty = catalog.counts().passages == 0
        folder = lexical_folder(settings, state.generation)
        if not empty and not folder.is_dir():
            raise StoresLostError(f"The lexical index {folder} is missing.")
        try:
            stores = cls.make(settings, state, state.generation) if empty else cls._existing(settings, state)
        except VectorsLostError as error:
            raise StoresLostError(str(error)) from error
        stores.refuse_gaps(catalog)
        return stores

    @classmethod
    def make(cls, settings: Settings, state: State, generation: int) -> Stores:
        """Open the stores of a generation, made where they are not there."""
        name = collection_name(state, generation)
        try:
            vectors = VectorStore(settings, name, create=True)
        except VectorStoreError:
            if settings.chroma_url:
                raise
            ChromaFolder(settings.home / "chroma").wipe()  # unreadable, and all in it can be made again
            vectors = VectorStore(settings, name, create=True)
        return cls(generation, vectors, LexicalIndex.open(lexical_folder(settings, generation)))

    @classmethod
    def _existing(cls, settings: Settings, state: State) -> Stores:
        vectors = VectorStore(settings, collection_name(state, state.generation))
        try:
            lexical = LexicalIndex.open(lexical_folder(settings, state.generation))
        except LibraryError as error:
            raise StoresLostError(error.message) from error
        return cls(state.generation, vectors, lexical)

    @property
    def revision(self) -> int:
        """The revision of the library that the lexical index was last read at."""
        return self._revision

    def refresh(self, revision: int) -> None:
        """See what other processes have written up to ``revision``."""
        if revision != self._revision:
            self.lexical.reload()
            self._revision = revision
        self.vectors.refresh(revision)

    def take_over(self, revision: int, *, reopen: bool) -> None:
        """Get ready to write after whoever wrote last, who was killed if ``reopen`` is set."""
        self.lexical.rollback()
        if reopen:
            self.vectors.reopen(revision)
        else:
            self.vectors.refresh(revision, now=True)

    def seen(self, revision: int) -> None:
        """Note that all changes up to ``revision`` have been made, or read, here."""
        self._revision = revision
        self.vectors.seen(revision)

    def close(self) -> None:
        """Let go of the files."""
        self.vectors.close()
        self.lexical.close()

    def counts(self) -> dict[str, int]:
        """How many passages each store holds, by its name."""
        return {"vectors": self.vectors.count(), "lexical index": sum(self.lexical.counts().values())}

    def refuse_gaps(self, catalog: Catalog) -> None:
        """Raises StoresLostError when a store holds less than the catalog. More is garbage, and does no harm."""
        while True:
            revision = catalog.state().revision
            wanted = catalog.counts().passages
            self.lexical.reload()
            held = self.counts()
            short = [f"{count} of {wanted} passages in the {name}" for name, count in held.items() if count < wanted]
            if not short:
                return
            if catalog.state().revision == revision:  # else somebody wrote in between: count again
                raise StoresLostError(f"There are only {' and '.join(short)}.")


def drop_generation(settings: Settings, state: State, stores: Stores, generation: int) -> None:
    """Delete the stores of another generation, whole."""
    stores.vectors.drop(collection_name(state, generation))
    shutil.rmtree(lexical_folder(settings, generation), ignore_errors=True)


def collection_name(state: State, generation: int) -> str:
    """The Chroma collection of a generation; libraries that share a server do not collide."""
    return f"sanad-{state.library}-{generation}"


def lexical_folder(settings: Settings, generation: int) -> Path:
    """The folder of the lexical index of a generation."""
    return settings.home / f"lexical-{generation}"

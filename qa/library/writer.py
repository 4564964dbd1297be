"""How the catalog, the vectors and the lexical index are kept in step, whenever a process is killed.

The catalog is the truth. To add revisions of articles,

1. the ids of their passages are noted in the catalog as garbage;
2. the passages go into Chroma, and 3. into the lexical index;
4. one transaction of the catalog makes them current, and turns the note into the ids that they replace;
5. those are deleted from Chroma and the lexical index, and the note is dropped.

Ids name the revision, so old and new never collide, and who searches gets passages through the catalog, which
drops whatever is not current. A process that is killed leaves a note, and the next one deletes what it names: so
each article is in the library as it was or as it is now, and nothing else is. Removing begins with step 4. A
rebuild is the same with a whole collection and index, a *generation*, in the place of passages.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from qa.errors import LibraryError
from qa.library.catalog import Catalog, Garbage
from qa.library.embedders import Embedder
from qa.library.embedders.embedded import EmbeddedEmbedder
from qa.library.indexing import Indexing, letters
from qa.library.records import Progress, Revised
from qa.library.stores import Stores, drop_generation
from qa.memory import give_back_memory
from qa.settings import Settings
from qa.workers import Lost, Workers

ARTICLES_AT_ONCE = 100  # in a rebuild; bounds its memory
PASSAGES_THAT_LEAVE_MUCH = 500
GRACE_SECONDS = 0.1  # for searches that have begun in the stores that a rebuild replaces


class Writer:
    """Changes a library. Use it only while holding the library's lock.

    ``step`` is told each step once it is done.
    """

    def __init__(self, settings: Settings, catalog: Catalog, step: Callable[[str], None]) -> None:
        self._settings = settings
        self._catalog = catalog
        self._step = step

    def add(self, stores: Stores, revised: Sequence[Revised]) -> None:
        """Make revisions current."""
        passages = [passage for one in revised for passage in one.passages]
        note = self._catalog.note_garbage([passage.id for passage in passages])
        self._step("noted")
        if passages:
            stores.lexical.add(passages, [terms for one in revised for terms in one.index.terms])  # in its own threads
            stores.vectors.add(passages, np.concatenate([one.index.vectors for one in revised if one.passages]))
            self._step("vectors")
            stores.lexical.commit()
            self._step("lexical")
        garbage = self._catalog.commit(revised, note)
        self._step("committed")
        self._sweep(stores, garbage)
        if len(passages) > PASSAGES_THAT_LEAVE_MUCH:
            give_back_memory()

    def remove(self, stores: Stores, ids: Sequence[str]) -> None:
        """Remove articles."""
        garbage = self._catalog.remove(ids)
        self._step("committed")
        self._sweep(stores, garbage)

    def mend(self, stores: Stores) -> None:
        """Delete what killed processes have left, and what a rebuild has."""
        for garbage in self._catalog.garbage():
            self._sweep(stores, garbage)

    def rebuild(self, embedder: Embedder, progress: Callable[[Progress], None] | None = None) -> Stores:
        """Make both stores anew from the catalog, and then make them the current ones."""
        state = self._catalog.state()
        taken = [note.generation for note in self._catalog.garbage() if note.generation is not None]
        generation = max(state.generation, *taken) + 1 if taken else state.generation + 1
        note = self._catalog.note_garbage(generation=generation)
        self._step("noted")
        stores = Stores.make(self._settings, state, generation)
        done, total = 0, self._catalog.counts().passages
        here = isinstance(embedder, EmbeddedEmbedder)
        with Workers(Indexing(embedder if here else None), count=self._settings.workers, size=letters) as workers:
            for passages, index in workers.map(self._catalog.all_passages(ARTICLES_AT_ONCE)):
                if isinstance(index, Lost):
                    raise LibraryError(f"{passages[0].id} and the passages after it cannot be indexed: {index.reason}.")
                vectors = index.vectors
                if vectors is None:
                    vectors = embedder.embed_passages([passage.text for passage in passages])
                stores.lexical.add(passages, index.terms)
                stores.vectors.add(passages, vectors)
                done += len(passages)
                self._step("passages")
                if progress:
                    progress(Progress(done, total))
        stores.lexical.commit()
        self._step("stores")
        self._catalog.switch(generation, embedder.identity, embedder.dimensions, note)
        self._step("committed")
        time.sleep(GRACE_SECONDS)
        return stores

    def _sweep(self, stores: Stores, garbage: Garbage | None) -> None:
        if garbage is None:
            return
        if garbage.passages:
            stores.vectors.delete(garbage.passages)
            self._step("vectors swept")
            stores.lexical.delete(garbage.passages)
            stores.lexical.commit()
            self._step("lexical swept")
        if garbage.generation is not None:
            drop_generation(self._settings, self._catalog.state(), stores, garbage.generation)
            self._step("generation swept")
        self._catalog.drop_garbage(garbage.id)
        self._step("swept")

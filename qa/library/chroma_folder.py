"""The folder of the embedded Chroma, made safe for several processes and for processes that are killed.

Chroma keeps records in SQLite, which is safe for both, and saves its HNSW graph in place beside it, which is safe
for neither: whenever ``SYNC_THRESHOLD`` records have gathered in its log, it overwrites the graph's files. So

* whoever opens the folder or writes to it holds a lock for as long as that takes (opening replays the log, and
  may save). A search needs no lock: it reads the graph that its process has in memory;
* whoever makes Chroma save leaves a mark while it does. A mark without a process that holds the lock means that
  the graph was half saved when its process was killed; its collection is then made anew from the catalog.

Killed while saving (12 rounds, a save in every 250 records), Chroma 1.5.9 could not open two of the folders again.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from qa.library.lock import FileLock

SYNC_THRESHOLD = 1000
WAIT_SECONDS = 60.0
DATABASE = "chroma.sqlite3"


class ChromaFolder:
    """The folder, its lock and its marks. Lock and marks lie beside it, so that they outlive it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(path.with_name(f"{path.name}.lock"))

    def hold(self) -> AbstractContextManager[None]:
        """Keep every other process, and other object of this one, from opening or writing."""
        return self._lock.hold(WAIT_SECONDS)

    def room(self, collection_id: str) -> int:
        """How many records may be written to a collection before the one that makes Chroma save.

        At least; a peek into Chroma's log, which its own interface does not offer.
        """
        query = "SELECT count(*) FROM embeddings_queue WHERE topic LIKE ?"
        try:
            with closing(sqlite3.connect(f"{(self.path / DATABASE).resolve().as_uri()}?mode=ro", uri=True)) as log:
                logged = log.execute(query, (f"%{collection_id}",)).fetchone()[0]
        except sqlite3.Error:
            return 0
        return SYNC_THRESHOLD - 1 - int(logged)

    @contextmanager
    def saving(self, name: str) -> Iterator[None]:
        """Leave a mark for as long as Chroma may be saving the graph of a collection; for good if that fails.

        An interrupt (Ctrl-C) reaches Python only before or after, so it takes the mark away as success does.
        """
        mark = self._mark(name)
        mark.touch()
        try:
            yield
        except (KeyboardInterrupt, SystemExit):
            mark.unlink(missing_ok=True)
            raise
        mark.unlink(missing_ok=True)

    def half_saved(self, name: str) -> bool:
        """Whether a process was killed while Chroma saved this collection. Ask while holding the lock."""
        return self._mark(name).exists()

    def forget(self, name: str) -> None:
        """Forget the mark of a collection that is gone."""
        self._mark(name).unlink(missing_ok=True)

    def wipe(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _mark(self, name: str) -> Path:
        return self.path.with_name(f"{self.path.name}.{name}.saving")

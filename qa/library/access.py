"""Who may do what with a library's stores, and when: reading at any time, writing one at a time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qa.errors import EmbedderMismatchError, LibraryBusyError, LibraryError
from qa.library.catalog import Catalog, State
from qa.library.embedders import Embedder
from qa.library.lock import FileLock
from qa.library.records import Progress
from qa.library.stores import Stores, StoresLostError
from qa.library.writer import Writer
from qa.settings import Settings

log = logging.getLogger(__name__)


class Access:
    """Opens the stores when they are first needed, follows what other processes change, and mends what is broken.

    Stores that are missing, damaged or incomplete, because somebody has deleted them or a process was killed while
    Chroma saved, are made anew from the catalog: at the first search or change, with a warning in the log.
    """

    def __init__(self, settings: Settings, catalog: Catalog, embedder: Embedder, writer: Writer, wait: float) -> None:
        self.embedder = embedder
        self._settings = settings
        self._catalog = catalog
        self._writer = writer
        self._wait = wait
        self._lock = FileLock(settings.home / "library.lock")
        self._stores: Stores | None = None
        self._opening = threading.Lock()  # taken after the file lock, never before it

    def reading(self) -> Stores:
        """The stores, up to date."""
        state = self._catalog.state()
        self.check_embedder(state)
        try:
            stores = self._opened(state.generation)
        except StoresLostError:
            with self._lock.hold(self._wait):
                stores = self._opened_or_rebuilt()
        stores.refresh(state.revision)
        return stores

    @contextmanager
    def writing(self, wait: float | None = None) -> Iterator[Stores]:
        """The stores to write to, with the lock held and nothing left half done.

        Raises LibraryBusyError when another process still holds the lock after ``wait`` seconds.
        """
        with self._lock.hold(self._wait if wait is None else wait):
            self.check_embedder(self._catalog.state())
            stores = self._opened_or_rebuilt()
            stores.take_over(self._catalog.state().revision, reopen=bool(self._catalog.garbage()))
            self._writer.mend(stores)
            yield stores
            stores.seen(self._catalog.state().revision)

    def rebuild(self, embedder: Embedder, progress: Callable[[Progress], None] | None = None) -> None:
        """Make the stores anew with this embedder, which is the library's from then on."""
        with self._lock.hold(self._wait):
            self._rebuild(embedder, progress)

    def mend_if_idle(self) -> None:
        """Put right what a killed process left, unless somebody is writing: then it may be theirs."""
        if not self._catalog.garbage():
            return
        try:
            with self.writing(wait=0):
                log.info("Put right what an interrupted change had left.")
        except LibraryBusyError:
            return

    def fit_embedder(self) -> None:
        """An empty library takes any embedder, another only its own. Raises EmbedderMismatchError."""
        if self._catalog.state().embedder != self.embedder.identity and not self._catalog.counts().articles:
            self.rebuild(self.embedder)
        self.check_embedder(self._catalog.state())

    def check_embedder(self, state: State) -> None:
        """Raises EmbedderMismatchError when the library was filled by another embedder."""
        if state.embedder != self.embedder.identity:
            raise EmbedderMismatchError(
                f"The library {self._settings.home} was filled by the embedder {state.embedder}, "
                f"but {self.embedder.identity} is set.",
                hint=f"Run `sanad rebuild --embeddings {self._settings.embeddings}`, or set the other one again.",
            )

    def inspected(self, state: State) -> tuple[Stores | None, tuple[str, ...]]:
        """The stores, None when they cannot be opened, and all that is wrong with the library. Mends nothing."""
        stores = None
        problems = []
        try:
            stores = self._opened(state.generation)
            stores.refuse_gaps(self._catalog)
        except LibraryError as error:
            problems.append(str(error))
        try:
            self.check_embedder(state)
        except EmbedderMismatchError as error:
            problems.append(str(error))
        return stores, tuple(problems)

    def close(self) -> None:
        """Let go of the stores."""
        stores, self._stores = self._stores, None
        if stores is not None:
            stores.close()

    def _opened(self, generation: int) -> Stores:
        with self._opening:
            if self._stores is None or self._stores.generation != generation:
                self._stores = Stores.open(self._settings, self._catalog)
            return self._stores

    def _opened_or_rebuilt(self) -> Stores:
        """With the lock held."""
        try:
            return self._opened(self._catalog.state().generation)
        except StoresLostError as lost:
            log.warning("%s Making the vectors and the lexical index anew from the catalog.", lost)
            return self._rebuild(self.embedder)

    def _rebuild(self, embedder: Embedder, progress: Callable[[Progress], None] | None = None) -> Stores:
        stores = self._writer.rebuild(embedder, progress)
        self._writer.mend(stores)
        stores.seen(self._catalog.state().revision)
        with self._opening:
            self._stores, self.embedder = stores, embedder
        return stores

"""Hands out items to processes, and takes the results in the order of the items."""

from __future__ import annotations

import os
import queue
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, count
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from qa.workers.chunk import Chunk, Lost
from qa.workers.process import Process
from qa.workers.serving import outcome

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 640
AHEAD_BYTES = 12_000_000
"""Items, and bytes of them, that are worked on or wait to be taken: no more is held in memory. Enough to keep the
processes busy while two batches of articles are stored; what is made of a text takes some fifteen times its bytes,
on disk."""

FEW = 64
FEW_BYTES = 300_000
"""Up to so many items, and bytes of them, are done in this process: another takes 0.7 s to start."""

_CHUNK = 96
_CHUNK_BYTES = 500_000
_CHUNK_SECONDS = 5.0  # that a slow source may keep a chunk waiting to be full
_MOST = 8
_WATCH_SECONDS = 0.25


def default_count() -> int:
    """One process for each core but the one that takes the results, and at most eight."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(_MOST, cores - 1))


class Workers(Generic[Item, Result]):
    """Calls ``function``, which pickles by name, on items. Use it in a ``with`` block.

    ``size`` gives the bytes of an item, ``limit`` the seconds that one may take before its process is stopped.
    ``alone`` says of an item that it must not be tried in this process, however few there are.
    """

    def __init__(
        self,
        function: Callable[[Item], Result],
        *,
        count: int | None = None,
        size: Callable[[Item], int] = lambda item: 1,
        limit: Callable[[Item], float] = lambda item: 600.0,
        alone: Callable[[Item], bool] = lambda item: False,
    ) -> None:
        self._function = function
        self._size = size
        self._alone = alone
        self._processes = [Process(function, limit) for _ in range(count or default_count())]
        self._idle: queue.SimpleQueue[Process] = queue.SimpleQueue()
        for process in self._processes:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(len(self._processes), "worker")
        self._closed = threading.Event()
        self._watch: threading.Thread | None = None

    def map(self, items: Iterable[Item]) -> Iterator[tuple[Item, Result | Lost]]:
        """Each item with its result, in order. A few small items are done here: starting a process takes longer.

        Raises WorkerError when no process can be started.
        """
        source = iter(items)
        head = self._head(source)
        if head is None:
            return
        some, more = head
        if not more:
            yield from ((item, outcome(self._function, item)) for item in some)
            return
        with tempfile.TemporaryDirectory(prefix="sanad-", ignore_cleanup_errors=True) as folder:
            yield from self._shared(self._chunks(chain(some, source), Path(folder)))

    def close(self) -> None:
        """Stop all processes, whatever they are doing."""
        self._closed.set()
        for process in self._processes:
            process.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in self._processes:
            process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _head(self, source: Iterator[Item]) -> tuple[list[Item], bool] | None:
        """The first few items, and whether processes are worth their start."""
        some: list[Item] = []
        total = 0
        began = time.monotonic()
        for item in source:
            some.append(item)
            total += self._size(item)
            slow = time.monotonic() - began > _CHUNK_SECONDS
            if len(some) > FEW or total > FEW_BYTES or slow or self._alone(item):
                return some, True
        return (some, False) if some else None

    def _shared(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Item, Result | Lost]]:
        pending: deque[tuple[Chunk, Future[None]]] = deque()
        held = held_bytes = 0
        for chunk in chunks:
            pending.append((chunk, self._threads.submit(self._work, chunk)))
            held, held_bytes = held + len(chunk.items), held_bytes + chunk.bytes
            while pending and (held > AHEAD or held_bytes > AHEAD_BYTES or pending[0][1].done()):
                done, future = pending.popleft()
                held, held_bytes = held - len(done.items), held_bytes - done.bytes
                future.result()
                yield from done.taken()
        while pending:
            done, future = pending.popleft()
            future.result()
            yield from done.taken()

    def _chunks(self, items: Iterator[Item], folder: Path) -> Iterator[Chunk]:
        """The items in chunks, whose results have a file each in the folder."""
        files = (folder / str(number) for number in count())
        chunk = Chunk([], 0, next(files))
        due = time.monotonic() + _CHUNK_SECONDS
        for item in items:
            chunk.items.append(item)
            chunk.bytes += self._size(item)
            if len(chunk.items) >= _CHUNK or chunk.bytes >= _CHUNK_BYTES or time.monotonic() > due:
                yield chunk
                chunk = Chunk([], 0, next(files))
                due = time.monotonic() + _CHUNK_SECONDS
        if chunk.items:
            yield chunk

    def _work(self, chunk: Chunk) -> None:
        """In a thread: have one process do a chunk."""
        if self._watch is None:
            self._watch = threading.Thread(target=self._stop_late, name="worker-watch", daemon=True)
            self._watch.start()
        process = self._idle.get()
        try:
            process.work(chunk)
        finally:
            self._idle.put(process)

    def _stop_late(self) -> None:
        while not self._closed.wait(_WATCH_SECONDS):
            for process in self._processes:
                process.stop_if_late()

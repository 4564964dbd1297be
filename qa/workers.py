"""One function over many items, in processes of their own, which may die or hang on an item without harm.

A process is a new Python that imports the function's module and what that needs, and nothing else: it is small, no
state is inherited, and a program that calls this needs no ``if __name__ == "__main__"``. It gets items as pickles
over its standard input and ends when that does, so it outlives nobody. Results go into files, and over its standard
output only where in them each lies: so a process goes on while nobody has time for its results, as when Chroma holds
Python's lock for most of the time that a batch of articles is stored.
"""

from __future__ import annotations

import gc
import logging
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Generic, Self, TypeVar

from qa.errors import WorkerError
from qa.memory import keep_memory_together

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

MOST_MEMORY = 2_000_000_000
"""Bytes that a process may take, far more than any sound item needs."""

_LENGTH = struct.Struct("<Q")
_PLACE = struct.Struct("<QQ")  # of a result in its file: where it begins, and its length
_COLLECTED = 20_000  # objects made between looks for cycles, of which there are few: 3 % of the time with Python's 700
_CHUNK = 96
_CHUNK_BYTES = 500_000
_CHUNK_SECONDS = 5.0  # that a slow source may keep a chunk waiting to be full
_MOST = 8
_WATCH_SECONDS = 0.25
_LAST_WORDS_SECONDS = 0.5  # that a process which has closed its output may take to end

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lost:
    """What came of an item that the function failed on, hung on or died of: ``reason`` is one line."""

    reason: str


STOPPED = Lost("was not read: the run was stopped")


@dataclass(slots=True)
class _Chunk:
    """Items that one process does, one after the other, and where in the file their results lie, or why nowhere."""

    items: list[Any]
    bytes: int
    file: Path
    results: list[tuple[int, int] | Lost] = field(default_factory=list)

    def taken(self) -> Iterator[tuple[Any, Any]]:
        """The items with their results; the file goes."""
        try:
            file = self.file.open("ab+")
        except FileNotFoundError:  # all of them went when the run was stopped
            yield from ((item, STOPPED) for item in self.items)
            return
        with file:
            for item, place in zip(self.items, self.results, strict=True):
                if isinstance(place, Lost):
                    yield item, place
                else:
                    file.seek(place[0])
                    yield item, pickle.loads(file.read(place[1]))
        self.file.unlink(missing_ok=True)


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
        self._processes = [_Process(function, limit) for _ in range(count or default_count())]
        self._spool = tempfile.TemporaryDirectory(prefix="sanad-", ignore_cleanup_errors=True)
        self._idle: queue.SimpleQueue[_Process] = queue.SimpleQueue()
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
            yield from ((item, _outcome(self._function, item)) for item in some)
            return
        yield from self._shared(chain(some, source))

    def close(self) -> None:
        """Stop all processes, whatever they are doing."""
        self._closed.set()
        for process in self._processes:
            process.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in self._processes:
            process.close()
        self._spool.cleanup()

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

    def _shared(self, items: Iterator[Item]) -> Iterator[tuple[Item, Result | Lost]]:
        pending: deque[tuple[_Chunk, Future[None]]] = deque()
        held = held_bytes = 0
        for chunk in self._chunks(items):
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

    def _chunks(self, items: Iterator[Item]) -> Iterator[_Chunk]:
        number = count()
        chunk = _Chunk([], 0, Path(self._spool.name, str(next(number))))
        due = time.monotonic() + _CHUNK_SECONDS
        for item in items:
            chunk.items.append(item)
            chunk.bytes += self._size(item)
            if len(chunk.items) >= _CHUNK or chunk.bytes >= _CHUNK_BYTES or time.monotonic() > due:
                yield chunk
                chunk = _Chunk([], 0, Path(self._spool.name, str(next(number))))
                due = time.monotonic() + _CHUNK_SECONDS
        if chunk.items:
            yield chunk

    def _work(self, chunk: _Chunk) -> None:
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


class _Process:
    """One process, started when it is needed and again when it has ended."""

    def __init__(self, function: Callable[[Any], Any], limit: Callable[[Any], float]) -> None:
        self._function = function
        self._limit = limit
        self._running: subprocess.Popen[bytes] | None = None
        self._deadline = float("inf")
        self._late = False
        self._closed = False

    def work(self, chunk: _Chunk) -> None:
        """Do a chunk; the item that a process ends on is Lost, the rest goes to the next process."""
        results = chunk.results
        while len(results) < len(chunk.items) and not self._closed:
            left = chunk.items[len(results) :]
            try:
                running = self._started()
                _send(running.stdin, (str(chunk.file), left))
                for item in left:
                    self._deadline = time.monotonic() + self._limit(item)
                    results.append(_place(running.stdout))
            except (EOFError, OSError):
                results.append(Lost(self._why(chunk.items[len(results)])))
            finally:
                self._deadline = float("inf")
        results += [STOPPED] * (len(chunk.items) - len(results))

    def stop_if_late(self) -> None:
        """Stop the process if its item takes longer than it may."""
        if time.monotonic() > self._deadline:
            self._late = True
            if (running := self._running) is not None:
                running.kill()

    def close(self) -> None:
        """Stop the process, whatever it is doing, for good."""
        self._closed = True
        if (running := self._running) is not None:
            _let_go(running.stdin)  # which ends it, unless it is busy
            _end(running)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._running is not None and self._running.poll() is None:
            return self._running
        code = f"import sys; sys.path[:] = {sys.path!r}; from qa.workers import serve; serve()"
        try:
            command = [sys.executable, "-c", code]
            self._running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            if self._closed:  # meanwhile; or else close() finds it
                raise EOFError
            _send(self._running.stdin, self._function)
            _receive(self._running.stdout)
        except (OSError, EOFError) as error:
            if self._closed:
                raise
            raise WorkerError(
                f"A process to work in cannot be started: {error or 'it ends at once'}.",
                hint="Is there memory left? SANAD_WORKERS=1 starts no more than one.",
            ) from error
        return self._running

    def _why(self, item: Any) -> str:
        running, late = self._running, self._late
        self._running, self._late = None, False
        code = _end(running) if running is not None else 0
        if late:
            return f"takes longer than {self._limit(item):.0f} s to read and was given up"
        return f"makes the process that reads it end ({_name_of(code)})"


def serve() -> None:
    """What a process runs: the function first, then chunks of items, until there are no more."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the results
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the one who takes the results decides
    bound_memory()
    keep_memory_together()
    gc.set_threshold(_COLLECTED)
    source = sys.stdin.buffer
    try:
        function = pickle.loads(_receive(source))
        _send(sink, True)
        while True:
            path, items = pickle.loads(_receive(source))
            with open(path, "ab") as results:
                for item in items:
                    start = results.tell()
                    pickle.dump(_outcome(function, item), results, pickle.HIGHEST_PROTOCOL)
                    results.flush()
                    sink.write(_PLACE.pack(start, results.tell() - start))
                    sink.flush()
    except (EOFError, BrokenPipeError):
        os._exit(0)


def _outcome(function: Callable[[Item], Result], item: Item) -> Result | Lost:
    try:
        return function(item)
    except Exception as error:
        log.exception("%s fails", function)
        return Lost(f"{type(error).__name__}: {error}".splitlines()[0])


def _send(stream: IO[bytes] | None, value: object) -> None:
    assert stream is not None
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    with _ending_when_closed():
        stream.write(_LENGTH.pack(len(data)) + data)
        stream.flush()


def _receive(stream: IO[bytes] | None) -> bytes:
    """One pickle, whole. Raises EOFError."""
    assert stream is not None
    with _ending_when_closed():
        head = stream.read(_LENGTH.size)
        data = stream.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
    if not data or len(data) < _LENGTH.unpack(head)[0]:
        raise EOFError
    return data


def _place(stream: IO[bytes] | None) -> tuple[int, int]:
    """Where a result lies. Raises EOFError."""
    assert stream is not None
    with _ending_when_closed():
        data = stream.read(_PLACE.size)
    if len(data) < _PLACE.size:
        raise EOFError
    start, length = _PLACE.unpack(data)
    return start, length


@contextmanager
def _ending_when_closed() -> Iterator[None]:
    """EOFError where another thread has closed the stream meanwhile, of which Python makes a ValueError."""
    try:
        yield
    except ValueError as error:
        raise EOFError from error


def _end(process: subprocess.Popen[bytes]) -> int:
    """Stop a process if it has not ended itself, and let go of it; its exit code."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(_LAST_WORDS_SECONDS)
    process.kill()
    process.wait()
    _let_go(process.stdin)
    _let_go(process.stdout)
    return process.returncode


def _let_go(stream: IO[bytes] | None) -> None:
    if stream is not None:
        with suppress(OSError):
            stream.close()


def bound_memory(limit: int = MOST_MEMORY) -> None:
    """Let this process have no more than ``limit`` bytes of its own; beyond, it raises MemoryError. Not on Windows."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _name_of(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"

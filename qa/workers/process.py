"""One process, seen from the one that started it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from qa.errors import WorkerError
from qa.workers.chunk import STOPPED, Chunk, Lost
from qa.workers.messages import receive, receive_place, send

_LAST_WORDS_SECONDS = 0.5  # that a process which has closed its output may take to end


class Process:
    """One process, started when it is needed and again when it has ended."""

    def __init__(self, function: Callable[[Any], Any], limit: Callable[[Any], float]) -> None:
        self._function = function
        self._limit = limit
        self._running: subprocess.Popen[bytes] | None = None
        self._deadline = float("inf")
        self._late = False
        self._closed = False

    def work(self, chunk: Chunk) -> None:
        """Do a chunk; the item that a process ends on is Lost, the rest goes to the next one. Raises WorkerError."""
        results = chunk.results
        while len(results) < len(chunk.items) and not self._closed:
            left = chunk.items[len(results) :]
            try:
                running = self._started()
                send(running.stdin, (str(chunk.file), left))
                for item in left:
                    self._deadline = time.monotonic() + self._limit(item)
                    results.append(receive_place(running.stdout))
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
        code = f"import sys; sys.path[:] = {sys.path!r}; from qa.workers.serving import serve; serve()"
        try:
            command = [sys.executable, "-c", code]
            self._running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            if self._closed:  # meanwhile; or else close() finds it
                raise EOFError
            send(self._running.stdin, self._function)
            receive(self._running.stdout)
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


def _name_of(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"

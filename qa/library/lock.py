"""One writer at a time: a lock that the operating system lets go of when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.errors import LibraryBusyError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

POLL_SECONDS = 0.02


class FileLock:
    """An exclusive lock on a file, across processes and across the objects of one process."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def hold(self, wait: float) -> Iterator[None]:
        """Hold the lock, after at most ``wait`` seconds. Raises LibraryBusyError, which names the holder's pid."""
        file = self._acquire(wait)
        try:
            yield
        finally:
            os.close(file)

    def holder(self) -> str:
        """Who holds the lock, or held it last."""
        try:
            return self._path.read_text(encoding="ascii", errors="replace").strip() or "unknown"
        except OSError:
            return "unknown"

    def _acquire(self, wait: float) -> int:
        file = self._open()
        deadline = time.monotonic() + wait
        while not _lock(file):
            if time.monotonic() >= deadline:
                os.close(file)
                raise LibraryBusyError(
                    f"The library {self._path.parent} is being written by process {self.holder()}.",
                    hint="Wait for it to finish, or stop it; nothing is lost by that.",
                )
            time.sleep(POLL_SECONDS)
        self._sign(file)
        return file

    def _open(self) -> int:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)

    def _sign(self, file: int) -> None:
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)


def _lock(file: int) -> bool:
    """Take the lock of an open file if it is free. Closing the file lets go of it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

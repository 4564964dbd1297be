"""Runs a command as a process of its own and watches how much memory it and all that it starts take."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.05
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True, slots=True)
class Run:
    """What a command said and took.

    ``peak_mb`` is the highest sum of the resident set sizes of the process and all its descendants, in millions of
    bytes, looked at twenty times a second; pages that they share count once for each. None where /proc is missing.
    """

    output: str
    seconds: float
    cpu_seconds: float
    peak_mb: float | None


def measure(arguments: Sequence[str]) -> Run:
    """Run this Python with ``arguments``. Raises CalledProcessError, with what it said, when it fails."""
    started, before = time.perf_counter(), os.times()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen([sys.executable, *arguments], stdout=output)
        watch = _Watch(process.pid)
        code = process.wait()
        peak = watch.stop()
        seconds, after = time.perf_counter() - started, os.times()
        output.seek(0)
        said = output.read()
    if code:
        raise subprocess.CalledProcessError(code, arguments, said)
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(said, seconds, cpu, peak)


class _Watch:
    def __init__(self, root: int) -> None:
        self._root = root
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> float | None:
        """The peak in megabytes."""
        self._over.set()
        self._thread.join()
        return self._peak / 1e6 if self._peak else None

    def _look(self) -> None:
        while not self._over.wait(SAMPLE_SECONDS):
            self._peak = max(self._peak, sum(map(_resident, _family(self._root))))


def resident_mb(root: int) -> float:
    """The resident set sizes of a process and all its descendants, in millions of bytes; 0 where /proc is missing."""
    return sum(map(_resident, _family(root))) / 1e6


def _family(root: int) -> list[int]:
    """A process and its descendants."""
    found = [root]
    for process in found:
        try:
            for children in Path(f"/proc/{process}/task").glob("*/children"):
                found += [int(child) for child in children.read_text().split()]
        except OSError:
            continue
    return found


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0

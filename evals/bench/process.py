"""Whole processes measured: how long one runs, and the most memory that it held."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from qa.errors import SanadError

SANAD_COMMAND = (sys.executable, "-m", "qa.cli.commands")
_BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss


@dataclass(frozen=True, slots=True)
class Ran:
    """Wall-clock seconds of a process, and its peak resident memory in bytes (its own, without its children's)."""

    seconds: float
    peak_bytes: int


def run(command: Sequence[str], *, accept: Sequence[int] = (0,)) -> Ran:
    """Run to the end. Raises SanadError, with the end of its messages, when it ends with another code."""
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = process.stderr.read()
        peak, code = reap(process)
    if code not in accept:
        raise SanadError(f"`{' '.join(command[1:4])} …` ended with code {code}: {' '.join(told.split())[-300:]}")
    return Ran(time.perf_counter() - begin, peak)


def reap(process: subprocess.Popen[str]) -> tuple[int, int]:
    """Wait for a process; its peak resident memory in bytes, and its exit code."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * _BYTES_PER_UNIT, process.returncode

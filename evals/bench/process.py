"""Whole processes measured: how long one runs, and the most memory that it held."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from qa.errors import SanadError

SANAD_COMMAND = (sys.executable, "-m", "qa.cli.commands")
_ADDRESS = re.compile(r"http://\S+/")
_BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss
# Linux carries the peak of whoever starts a process over into it, so a small process starts it and measures.
_STARTER = """
import os, signal, sys, time
signal.signal(signal.SIGINT, lambda *_: None)  # meant for the process that is measured
begin = time.perf_counter()
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
os.write(int(sys.argv[1]), f"{time.perf_counter() - begin} {usage.ru_maxrss}".encode())
sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """Wall-clock seconds of a process, and its peak resident memory in bytes (its own, without its children's)."""

    seconds: float
    peak_bytes: int


class Running:
    """A process while it runs: the lines that it writes to standard error, and how to interrupt it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.ran: Ran | None = None
        self.expected = {0}

    @property
    def pid(self) -> int:
        """The process that started it: a small one, whose only child is what is measured."""
        return self._process.pid

    def read_line(self) -> str:
        """The next line, empty once there are no more."""
        assert self._process.stderr is not None
        return self._process.stderr.readline()

    def interrupt(self) -> None:
        """What Ctrl+C does."""
        self.expected = {0, 128 + signal.SIGINT}
        os.killpg(self._process.pid, signal.SIGINT)


@contextmanager
def running(command: Sequence[str]) -> Iterator[Running]:
    """Start a process; at the end of the block wait for it, and set ``ran``.

    ``command[0]`` is a whole path. Raises SanadError, with the last of what it wrote, when it fails.
    """
    reading, writing = os.pipe()
    started = [sys.executable, "-I", "-S", "-c", _STARTER, str(writing), *command]
    with (
        os.fdopen(reading) as measured,
        subprocess.Popen(
            started,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            pass_fds=(writing,),
            start_new_session=True,
        ) as process,
    ):
        os.close(writing)
        now = Running(process)
        try:
            yield now
            _, told = process.communicate()
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        if process.returncode not in now.expected:
            last = " ".join(told.split())[-300:]
            raise SanadError(f"`{' '.join(command[1:4])} …` ended with code {process.returncode}: {last}")
        seconds, peak = measured.read().split()
        now.ran = Ran(float(seconds), int(peak) * _BYTES_PER_UNIT)


@contextmanager
def serving(home: str | os.PathLike[str], *options: str) -> Iterator[tuple[Running, str]]:
    """``sanad serve`` over a library, on any free port, and its address; interrupted at the end of the block.

    Raises SanadError when it gives no address.
    """
    with running([*SANAD_COMMAND, "serve", "--port", "0", "--home", os.fspath(home), *options]) as server:
        said = server.read_line()
        if (address := _ADDRESS.search(said)) is None:
            raise SanadError(f"`sanad serve` gave no address: {said.strip()}")
        yield server, address[0]
        server.interrupt()


def run(command: Sequence[str]) -> Ran:
    """Run a process to its end. Raises SanadError when it fails."""
    with running(command) as process:
        pass
    assert process.ran is not None
    return process.ran

"""Functions for test_workers.py that other processes run, some of which end, hang or print."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

KILLED, EXITING, FAILING, HANGING = 20, 50, 70, 30


def with_process(item: int) -> tuple[int, int]:
    """The square of a number, and which process worked it out."""
    return item * item, os.getpid()


def dangerous(item: int) -> int:
    """The number itself; three of them end the process or fail."""
    if item == KILLED:
        os.kill(os.getpid(), signal.SIGKILL)
    if item == EXITING:
        os._exit(7)
    if item == FAILING:
        raise ValueError("no such number")
    return item


def hanging(item: int) -> int:
    """The number itself; for one of them it takes for ever."""
    if item == HANGING:
        time.sleep(3600)
    return item


def slow(item: int) -> int:
    """The number itself, after a little while."""
    time.sleep(0.001)
    return item


def talkative(item: int) -> int:
    """The number itself, with noise on standard output."""
    print("noise", item, flush=True)
    os.write(1, b"noise\n")
    sys.stdout.flush()
    return item


def refuse_to_load() -> None:
    """Fails in the process that it is sent to."""
    os._exit(3)


def is_running(process: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def large(item: tuple[str, int]) -> bytes:
    """100 kB, after a little while, once a file of the item's number is in the folder."""
    folder, number = item
    Path(folder, str(number)).touch()
    time.sleep(0.005)
    return bytes(100_000)


def without_room(item: int) -> int:
    """The number itself, in a process that may write next to nothing into files."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (4, 4))
    return item

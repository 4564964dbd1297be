"""What a process runs that works for another."""

from __future__ import annotations

import gc
import logging
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from qa.memory import keep_memory_together
from qa.workers.chunk import Lost
from qa.workers.messages import receive, send, send_place

MOST_MEMORY = 2_000_000_000
"""Bytes that a process may take, far more than any sound item needs."""

_COLLECTED = 20_000  # objects made between looks for cycles, of which there are few: 3 % of the time with Python's 700

log = logging.getLogger(__name__)


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
        function = pickle.loads(receive(source))
        send(sink, True)
        while True:
            path, items = pickle.loads(receive(source))
            with open(path, "ab") as results:
                for item in items:
                    start, data = results.tell(), pickle.dumps(outcome(function, item), pickle.HIGHEST_PROTOCOL)
                    results.write(data)
                    results.flush()
                    send_place(sink, start, len(data))
    except (EOFError, BrokenPipeError):
        os._exit(0)
    except OSError as error:
        send_place(sink, error.errno or 0, 0)
        os._exit(1)


def outcome(function: Callable[[Any], Any], item: Any) -> Any:
    """What the function makes of an item; Lost when it fails."""
    try:
        return function(item)
    except Exception as error:
        log.exception("%s fails", function)
        return Lost(f"{type(error).__name__}: {error}".splitlines()[0])


def bound_memory(limit: int = MOST_MEMORY) -> None:
    """Let this process have no more than ``limit`` bytes of its own; beyond, it raises MemoryError. Not on Windows."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))

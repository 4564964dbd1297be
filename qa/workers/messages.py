"""What goes over the pipes: pickles to a process, and back the place of each result in its file."""

from __future__ import annotations

import os
import pickle
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from qa.errors import WorkerError

_LENGTH = struct.Struct("<Q")
_PLACE = struct.Struct("<QQ")  # where a result begins, and its length; or the number of an error, and 0


def send(stream: IO[bytes] | None, value: object) -> None:
    """One pickle, whole."""
    assert stream is not None
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    with _ending_when_closed():
        stream.write(_LENGTH.pack(len(data)) + data)
        stream.flush()


def receive(stream: IO[bytes] | None) -> bytes:
    """One pickle, whole. Raises EOFError."""
    assert stream is not None
    with _ending_when_closed():
        head = stream.read(_LENGTH.size)
        data = stream.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
    if not data or len(data) < _LENGTH.unpack(head)[0]:
        raise EOFError
    return data


def send_place(stream: IO[bytes], start: int, length: int) -> None:
    """Where a result lies; with no ``length``, ``start`` is the number of the error why it does not."""
    stream.write(_PLACE.pack(start, length))
    stream.flush()


def receive_place(stream: IO[bytes] | None) -> tuple[int, int]:
    """Where a result begins in its file, and its length. Raises EOFError, and WorkerError if there was no room."""
    assert stream is not None
    with _ending_when_closed():
        data = stream.read(_PLACE.size)
    if len(data) < _PLACE.size:
        raise EOFError
    start, length = _PLACE.unpack(data)
    if not length:
        raise WorkerError(
            f"What was made of an article cannot be kept until it is stored: {os.strerror(start)}.",
            hint=f"Is there room in {tempfile.gettempdir()}? TMPDIR names another folder. What is stored stays.",
        )
    return start, length


@contextmanager
def _ending_when_closed() -> Iterator[None]:
    """EOFError where another thread has closed the stream meanwhile, of which Python makes a ValueError."""
    try:
        yield
    except ValueError as error:
        raise EOFError from error

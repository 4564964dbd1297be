"""Items that one process does together, and where what came of each lies."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Lost:
    """What came of an item that the function failed on, hung on or died of: ``reason`` is one line."""

    reason: str


STOPPED = Lost("was not read: the run was stopped")


@dataclass(slots=True)
class Chunk:
    """Items that one process does, one after the other, and where in the file their results lie, or why nowhere."""

    items: list[Any]
    bytes: int
    file: Path
    results: list[tuple[int, int] | Lost] = field(default_factory=list)

    def taken(self) -> Iterator[tuple[Any, Any]]:
        """The items with their results; the file goes."""
        with self.file.open("ab+") as file:
            for item, place in zip(self.items, self.results, strict=True):
                if isinstance(place, Lost):
                    yield item, place
                else:
                    file.seek(place[0])
                    yield item, pickle.loads(file.read(place[1]))
        self.file.unlink()

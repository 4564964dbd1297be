"""What an ingest run tells: while it works (Progress) and when it is done (IngestReport)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that did not go in: ``source`` is a path (``path:line`` in a bulk file), ``reason`` one line."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Departure:
    """An article that was removed because it has left its source, the file, feed or sitemap ``source``."""

    article_id: str
    title: str | None
    source: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What a run did. ``added``, ``updated``, ``unchanged`` and ``removed`` count articles.

    ``articles`` counts all that were read and are in the library now. ``skipped`` counts files in folders that
    have no format that can be read. ``departed`` are the articles removed by ``prune``.
    ``doubts`` name what of an article that went in was left empty, a date that may be two days, say, and why.
    ``seconds`` is wall-clock time.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: int = 0
    articles: int = 0
    failed: tuple[Failure, ...] = ()
    departed: tuple[Departure, ...] = ()
    doubts: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def changed(self) -> int:
        """How many changes the library has seen."""
        return self.added + self.updated + self.removed

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, ready for ``json.dumps``."""
        return asdict(self)


class Progress(Protocol):
    """Told how far a run is. A terminal draws a bar from it; a test counts."""

    def __call__(self, done: int, total: int, /) -> None:
        """``done`` of ``total`` articles are dealt with. ``total`` is known from the start."""

"""All that is done to a record before it is stored, in one call that any process can make."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ingest.analysis import analyse
from ingest.readers import read
from ingest.records import Record
from ingest.report import Failure
from qa.errors import SourceError
from qa.library import Prepared, indexed
from qa.library.embedders.embedded import EmbeddedEmbedder

FRAGILE = frozenset({".pdf", ".docx", ".epub"})
"""Formats whose libraries a malicious or broken file may crash, hang or fill the memory through."""

LIMIT_SECONDS = 60.0
LIMIT_SECONDS_PER_BYTE = 20 / 1_000_000
"""How long one record may take: some twenty times what text takes on a slow core."""


@dataclass(frozen=True)
class Preparing:
    """Reads, cleans, splits and indexes a record. ``budget`` is in tokens a passage.

    Vectors are worked out here when ``embedded`` is set, else left to whoever stores the article.
    """

    budget: int
    embedded: bool

    def __call__(self, record: Record) -> Prepared | Failure:
        """The article, or why there is none."""
        try:
            prepared = analyse(record, read(record), budget=self.budget)
        except SourceError as error:
            return Failure(record.origin, str(error))
        except MemoryError:
            return Failure(record.origin, "needs more memory than one article may take; split it")
        return indexed(prepared, self._embedder)

    @cached_property
    def _embedder(self) -> EmbeddedEmbedder | None:
        return EmbeddedEmbedder() if self.embedded else None


def size(record: Record) -> int:
    """The bytes of a record."""
    return len(record.data)


def limit(record: Record) -> float:
    """The seconds that a record may take."""
    return LIMIT_SECONDS + LIMIT_SECONDS_PER_BYTE * len(record.data)


def is_fragile(record: Record) -> bool:
    """Whether a record is better not read in the process that writes the library."""
    return record.format in FRAGILE

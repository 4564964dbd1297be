"""Plain text: the file as it is."""

from __future__ import annotations

from ingest.decoding import decode
from ingest.records import Draft


def read_text(data: bytes, encoding: str | None = None) -> Draft:
    """The whole text, unchanged. ``encoding`` is what came with it. Raises SourceError."""
    return Draft(text=decode(data, encoding))

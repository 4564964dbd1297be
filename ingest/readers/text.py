"""Plain text: the file as it is."""

from __future__ import annotations

from ingest.decoding import decode
from ingest.records import Draft


def read_text(data: bytes) -> Draft:
    """The whole text, unchanged. Raises SourceError."""
    return Draft(text=decode(data))

"""One reader a format: raw bytes in, a Draft out. Anything that cannot be read is a SourceError with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace

from ingest.readers.html import read_html
from ingest.readers.json_lines import read_json_article
from ingest.readers.markdown import read_markdown
from ingest.readers.mhtml import read_mhtml
from ingest.readers.office import read_docx, read_epub
from ingest.readers.pdf import read_pdf
from ingest.readers.text import read_text
from ingest.records import Draft, Given, Record

READERS: dict[str, Callable[[bytes], Draft]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".epub": read_epub,
    ".json": read_json_article,
}
"""Formats of one article."""

_DECLARED: dict[str, Callable[[bytes, str | None], Draft]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}

FORMATS = frozenset(READERS) - {".json"} | {".jsonl", ".csv"}
"""File name endings that can be ingested. A bulk file (.jsonl, .csv) is opened into many records."""


def read(record: Record) -> Draft:
    """The draft that a record's reader makes of it, completed by what was given with it. Raises SourceError."""
    declared = _DECLARED.get(record.format) if record.encoding else None
    draft = declared(record.data, record.encoding) if declared else READERS[record.format](record.data)
    return _completed(draft, record.given) if record.given else draft


def _completed(draft: Draft, given: Given) -> Draft:
    missing = {name: value for name, value in asdict(given).items() if value and not getattr(draft, name)}
    return replace(draft, **missing)

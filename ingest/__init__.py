"""Reads articles into a library: ``ingest(["articles/"], home=".sanad")``.

The names below are imported when they are first used: processes that only prepare articles need no library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

_HOME = {
    "Failure": "ingest.report",
    "IngestReport": "ingest.report",
    "Progress": "ingest.report",
    "ingest": "ingest.run",
}
__all__ = ["Failure", "IngestReport", "Progress", "ingest"]

if TYPE_CHECKING:
    from ingest.report import Failure, IngestReport, Progress
    from ingest.run import ingest


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'ingest' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)

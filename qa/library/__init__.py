"""The library: what was ingested, in a SQL catalog (the truth), Chroma (vectors) and tantivy (a lexical index).

The names below are imported when they are first used: who only prepares articles needs no database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

_HOME = {
    "Library": "qa.library.library",
    "Outcome": "qa.library.records",
    "Prepared": "qa.library.records",
    "Progress": "qa.library.records",
    "Status": "qa.library.records",
    "content_hash": "qa.library.records",
    "facts_in": "qa.library.facts",
    "indexed": "qa.library.indexing",
    "sketch_of": "qa.library.sketches",
}
__all__ = ["Library", "Outcome", "Prepared", "Progress", "Status", "content_hash", "facts_in", "indexed", "sketch_of"]

if TYPE_CHECKING:
    from qa.library.facts import facts_in
    from qa.library.indexing import indexed
    from qa.library.library import Library
    from qa.library.records import Outcome, Prepared, Progress, Status, content_hash
    from qa.library.sketches import sketch_of


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'qa.library' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)

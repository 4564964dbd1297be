"""The library: what was ingested, in a SQL catalog (the truth), Chroma (vectors) and tantivy (a lexical index)."""

from qa.library.facts import facts_in
from qa.library.library import Library
from qa.library.records import Outcome, Prepared, Progress, Status, content_hash
from qa.library.sketches import sketch_of

__all__ = ["Library", "Outcome", "Prepared", "Progress", "Status", "content_hash", "facts_in", "sketch_of"]

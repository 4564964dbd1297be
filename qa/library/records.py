"""What goes into a library and what it says back. All are frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from qa.library.embedders.embedder import Vectors
from qa.library.sketches import Sketch
from qa.library.terms import Channel
from qa.values import Article, Fact, Passage

Action = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the stores hold of an article's passages, in their order: the terms of each, and a row of ``vectors``.

    ``vectors`` are float32 ``[passages, dimensions]`` of the ``embedder`` of this identity; without one, None.
    """

    terms: tuple[Mapping[Channel, str], ...]
    vectors: Vectors | None = None
    embedder: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with its passages, ready to be added.

    Of each passage only ``start``, ``end``, ``text``, ``sentences`` and ``teaser`` count; the library gives it its
    id, its ordinal and the article's header. ``fingerprint`` is a hash of the raw source that the article was made
    from: the library keeps it, so that who ingests can tell from the source alone that there is nothing to do.
    ``sketch``, ``facts`` and ``index`` are made of the passages where they are not given. ``doubts`` say, for the
    report, what of the article was left empty, and why; they are not stored.
    """

    article: Article
    passages: tuple[Passage, ...]
    fingerprint: str | None = None
    sketch: Sketch | None = None
    facts: tuple[Fact, ...] | None = None
    index: Indexed | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What :meth:`Library.add` did with one article, which is now at ``revision``."""

    article_id: str
    action: Action
    revision: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job has come: ``done`` of ``total`` passages."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a library.

    ``revision`` grows with every change. ``vectors`` and ``lexical`` are the passages in each store, None when it
    cannot be opened. ``pending`` are changes under way, or left half done by a killed process; the next open that
    finds nobody writing puts those right. ``problems`` say what is wrong and what to do, one line each. ``size``
    is the bytes on disk in home.
    """

    home: str
    articles: int
    passages: int
    languages: Mapping[str, int]
    sources: int
    revision: int
    embedder: str
    dimensions: int
    catalog: str
    vector_store: str
    vectors: int | None
    lexical: int | None
    pending: int = 0
    problems: tuple[str, ...] = ()
    size: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The status as plain values, ready for ``json.dumps``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalog has of an article: its current revision, that revision's content hash, its fingerprint."""

    revision: int
    hash: str
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class Revised:
    """A revision about to become current, with its content hash and its passages as they will be stored."""

    article: Article
    hash: str
    passages: tuple[Passage, ...]
    index: Indexed
    fingerprint: str | None = None
    sketch: Sketch | None = None
    facts: tuple[Fact, ...] = ()


def content_hash(article: Article, passages: Sequence[Passage] = ()) -> str:
    """A SHA-256 over all that makes a revision: the text, its clutter and teasers, the header, and where it is split.

    Not over the id or the origin.
    """
    digest = hashlib.sha256()
    header = (article.title, article.source, article.url, article.author, article.published, article.language)
    filed = (article.place, article.section, article.modified, "approximate" if article.approximate else None)
    spans = [span for passage in passages for span in ((passage.start, passage.end), *passage.sentences)]
    teasers = [(passage.start, passage.end) for passage in passages if passage.teaser]
    ranges = [_written(each) for each in (article.clutter, article.teasers, spans, teasers)]
    for part in (*header, *filed, *ranges, article.text):
        data = b"\x00" if part is None else b"\x01" + part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def _written(spans: Sequence[tuple[int, int]]) -> str:
    return ";".join(f"{start}-{end}" for start, end in spans)


def passage_id(article_id: str, revision: int, ordinal: int) -> str:
    """The id of a passage: it names the revision, so that the passages of two revisions never collide."""
    return f"{article_id}@{revision}#{ordinal}"

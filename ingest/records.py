"""What lies between a source and an article: the raw Record, with what was Given of it, and the Draft made of it."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.clutter import Clutter


@dataclass(frozen=True, slots=True)
class Given:
    """What the place that listed an article says of it; it counts where the article itself says nothing.

    ``published`` and ``modified`` in whatever form they are written.
    """

    title: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The raw bytes of what will be one article.

    ``id`` is the article's, ``origin`` where it lies (``path``, ``path:line`` or ``path!member``), ``format`` a
    key of READERS. ``fingerprint`` is a hash of all that the article will be made from: while it stays the same,
    nothing has to be read, cleaned or split again. ``superseded`` says that the same file has a later version of
    the same article. Of what was fetched, ``encoding`` is the one that the server names, ``fetched`` the UTC time
    (ISO 8601, seconds), and ``given`` what the feed or sitemap said; ``data`` is empty when the library is known to
    hold just this fingerprint.
    """

    id: str
    origin: str
    format: str
    data: bytes
    fingerprint: str
    superseded: bool = False
    encoding: str | None = None
    fetched: str | None = None
    given: Given | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader got out of a record: the text, and whatever metadata the document plainly states.

    ``published`` is as written (any calendar, any form) until metadata.py has understood it. ``head`` is text
    that a page shows around its article (a line with the date, say) and that is not part of ``text``.
    ``clutter`` are ranges of ``text`` that the format itself says are not the article. ``modified`` is as written too.
    """

    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    head: str = ""
    clutter: tuple[Clutter, ...] = ()
    section: str | None = None
    modified: str | None = None
    place: str | None = None

"""What was read: articles, their passages, and the filters that choose among them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, NamedTuple


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read. ``text`` is the original and is never changed.

    ``published`` is ISO 8601, a date (``2025-11-16``) or a minute (``2025-11-16T11:04``), or None when the
    page does not plainly say. ``language`` is ``fa``, ``ar`` or ``en``, another ISO 639 code when the text is
    plainly in that language (``ckb``, ``ur``), or ``und``. ``origin`` is the file or address it was read from.
    ``clutter`` are ranges of ``text`` that are not the article (menus, lists of other stories); they stay in
    the text and are never cited. ``teasers`` are ranges that tell of another story (a linked headline with its
    lines): they can be found and cited, as teasers. ``published`` is ``approximate`` when it was worked out from
    words such as "2 days ago". ``modified`` is when the outlet says it last changed the story, ISO 8601 like
    ``published``; ``place`` is where it was filed from, ``section`` the outlet's own heading for it, both as
    written. ``revision`` counts from 1 and grows when the same article comes in changed.
    ``updated`` is the UTC time (ISO 8601, seconds) at which this revision was ingested; the library sets both.
    """

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    language: str = "und"
    origin: str | None = None
    clutter: tuple[Span, ...] = ()
    revision: int = 1
    updated: str | None = None
    place: str | None = None
    section: str | None = None
    modified: str | None = None
    approximate: bool = False
    teasers: tuple[Span, ...] = ()

    def header(self) -> dict[str, Any]:
        """All but the text and its ranges, as plain values."""
        return {name: value for name, value in asdict(self).items() if name not in {"text", "clutter", "teasers"}}


class Fact(NamedTuple):
    """A date or a number that an article names, normalised: ``article.text[start:end]`` writes it.

    A date means the days ``first`` to ``last`` (ISO 8601, Gregorian, both included). A number has its ``value`` as a
    decimal, magnitude worked in («دو میلیارد» is 2000000000), ``upper`` when it is a range, and the name of its
    ``unit`` in :class:`qa.text.numbers.Quantity`'s terms. It is ``approximate`` where something was supposed (the
    year of «۲۴ آبان», the day of "yesterday") or the words themselves loosen it ("about 40", "more than 40").
    """

    kind: Literal["date", "number"]
    start: int
    end: int
    first: str | None = None
    last: str | None = None
    value: str | None = None
    upper: str | None = None
    unit: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article of the library that tells the same, nearly word for word."""

    article_id: str
    title: str | None
    source: str | None
    url: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article: ``article.text[start:end] == text``.

    ``sentences`` are absolute offsets in the article's text, in order, inside ``[start, end)``; clutter is in
    none of them. ``score`` is set by retrieval (higher is better, comparable within one result list only).
    The article's header (title, source, …) is copied in, so that a hit can be shown without a second look-up.
    A ``teaser`` tells of another story than its article: it ranks behind, and a citation of it says so.
    ``updated`` is when the article's revision was ingested, None for its first. ``counts_as`` is the id of the
    near-copy that counts in its article's place (its own when it is that one), None when there is no near-copy;
    ``also_in``, set by retrieval, names the others.
    """

    id: str
    article_id: str
    ordinal: int
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]
    title: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    language: str = "und"
    score: float = 0.0
    modified: str | None = None
    teaser: bool = False
    updated: str | None = None
    counts_as: str | None = None
    also_in: tuple[Copy, ...] = ()

    def sentence(self, index: int) -> str:
        """The text of sentence ``index`` (0-based). Raises IndexError outside the passage."""
        if not 0 <= index < len(self.sentences):
            raise IndexError(f"passage {self.id} has no sentence {index}")
        start, end = self.sentences[index]
        return self.text[start - self.start : end - self.start]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to. Dates are inclusive; an article without a date passes no date filter.

    ``source`` matches the outlet's name after folding (letters, case, spaces); ``language`` is fa, ar or en.
    """

    since: date | None = None
    until: date | None = None
    source: str | None = None
    language: str | None = None

    def __bool__(self) -> bool:
        return any(value is not None for value in (self.since, self.until, self.source, self.language))

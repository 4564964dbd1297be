"""The values that travel through Sanad, from an article to an answer. All are frozen.

Offsets are always half-open ``[start, end)``, count Unicode code points, start at 0, and refer to
``Article.text`` exactly as it was ingested. Labels such as ``[2.3]`` count from 1.

    Article -> Passage -> Evidence -> DraftStatement -> Statement + Citation -> Answer
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

Verdict = Literal["supported", "unsupported", "unchecked"]
FindingKind = Literal["number", "date", "name", "negation", "support", "citation"]
RefusalReason = Literal["empty_library", "no_evidence", "weak_evidence", "nothing_supported"]


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


@dataclass(frozen=True, slots=True)
class Fact:
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


@dataclass(frozen=True, slots=True)
class Understanding:
    """A filter that was read out of the question's own words: ``question[start:end] == words``.

    ``kind`` says which filters it sets: ``dates`` since and until, ``source`` the outlet, ``language`` the language.
    ``strict`` is whether other articles are left out; otherwise those that fit only rank higher. ``dropped`` says that
    it was strict and left nothing, so that all articles were searched after all.
    """

    kind: Literal["dates", "source", "language"]
    words: str
    start: int
    end: int
    filters: Filters
    strict: bool = True
    dropped: bool = False


class Label(NamedTuple):
    """Names sentence ``sentence`` of passage ``passage`` in the evidence; both count from 1. ``str`` is 2.3."""

    passage: int
    sentence: int

    def __str__(self) -> str:
        return f"{self.passage}.{self.sentence}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Ranked passages for one question, every sentence labelled. The only thing an answer may rest on.

    ``question`` stands by itself; ``asked`` is what was typed, when that leans on a conversation. ``understood`` are
    the filters that retrieval read out of the question and applied.
    """

    question: str
    language: str
    passages: tuple[Passage, ...]
    asked: str | None = None
    understood: tuple[Understanding, ...] = ()

    def labelled(self) -> Iterator[tuple[Label, str]]:
        """Every (label, sentence text), in order of rank, then of reading."""
        for number, passage in enumerate(self.passages, start=1):
            for position in range(len(passage.sentences)):
                yield Label(number, position + 1), passage.sentence(position)

    def exists(self, label: Label) -> bool:
        """Whether the label names a sentence. 0 and negative numbers name none."""
        if not 1 <= label.passage <= len(self.passages):
            return False
        return 1 <= label.sentence <= len(self.passages[label.passage - 1].sentences)

    def locate(self, label: Label) -> tuple[Passage, Span]:
        """The passage and the absolute span of a label. Raises KeyError when there is no such sentence."""
        if not self.exists(label):
            raise KeyError(str(label))
        passage = self.passages[label.passage - 1]
        return passage, passage.sentences[label.sentence - 1]


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A statement as an answerer wrote it, before it is checked.

    ``labels`` exist in the evidence; ``unknown`` are labels, as written, that do not. ``answer`` marks the
    few words that answer a factoid question, as absolute offsets in the first label's article, or None.
    """

    text: str
    labels: tuple[Label, ...]
    unknown: tuple[str, ...] = ()
    answer: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the checker noticed about a statement: its kind, and ``detail``, an English sentence that says what.

    ``message`` is the key of that sentence below ``finding`` in ``qa/texts``, and ``values`` fill its placeholders, so
    that it can be said in another language.
    """

    kind: FindingKind
    detail: str
    message: str = ""
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Check:
    """The checker's judgement of one statement. ``support`` is in [0, 1]: how much of it the quotes cover."""

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    support: float = 0.0


@dataclass(frozen=True, slots=True)
class Statement:
    """A checked statement of an answer. ``citations`` are the ids (from 1) of the answer's citations.

    It is ``translated`` when it is in another language than all that it cites.
    """

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    translated: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: ``article.text[start:end] == quote``. ``id`` counts from 1 in reading order.

    ``modified`` is when the outlet last changed the story, ``updated`` when it was ingested with changes (UTC), None
    if it never was; ``teaser`` says that the quote is a teaser of another story on the article's page; ``also_in``
    names the article's near-copies, which do not count in retrieval.
    """

    id: int
    article_id: str
    title: str | None
    source: str | None
    url: str | None
    published: str | None
    language: str
    quote: str
    start: int
    end: int
    passage: str
    passage_start: int
    passage_end: int
    score: float
    answer_start: int | None = None
    answer_end: int | None = None
    author: str | None = None
    modified: str | None = None
    updated: str | None = None
    teaser: bool = False
    also_in: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Cited sources that give different figures, dates or names for the same thing.

    ``citations`` are the ids of the citations that differ, newest article first, and ``values`` what each gives, as
    its quote words it; both have the same length, two at least.
    """

    kind: Literal["number", "date", "name"]
    citations: tuple[int, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Where a retrieved passage lies, with its score; kept in the answer so that evals can judge retrieval."""

    article_id: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the server counted them, or o200k_base tokens where it does not count; 0 without an LLM.

    ``cost`` is in US dollars, None when no price is known (``SANAD_PRICE_INPUT``, ``SANAD_PRICE_OUTPUT``).
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None

    def __add__(self, other: Usage) -> Usage:
        """Both together. The cost is known when that of each one that used any tokens is."""
        spent = [each for each in (self, other) if each.prompt_tokens or each.completion_tokens]
        costs = [each.cost for each in spent if each.cost is not None]
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            sum(costs) if costs and len(costs) == len(spent) else None,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer or a refusal. ``answer`` is the shown text with ``[n]`` marks, n a citation's id.

    ``withheld`` are statements that were written but did not pass the check; they are not part of ``answer``.
    ``nearest`` are passages that may be related; filled when refused, and never claimed as the answer.
    ``confidence`` is in [0, 1]: how sure the answerer is that the first statement answers, None if not known.
    ``understood`` are the filters read out of the question, and ``disagreements`` name citations that contradict
    each other. ``notice`` says what the reader must know (an LLM that could not be reached, say), in their language.
    """

    question: str
    standalone_question: str
    language: str
    answer: str
    refused: bool
    mode: str
    refusal_reason: RefusalReason | None = None
    model: str | None = None
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    withheld: tuple[Statement, ...] = ()
    nearest: tuple[Citation, ...] = ()
    retrieved: tuple[Retrieved, ...] = ()
    confidence: float | None = None
    notice: str | None = None
    usage: Usage = field(default_factory=Usage)
    timings_ms: dict[str, float] = field(default_factory=dict)
    prompts: dict[str, str] = field(default_factory=dict)
    understood: tuple[Understanding, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values, ready for ``json.dumps``; the README lists the keys."""
        return plain(self)


@dataclass(frozen=True, slots=True)
class Found:
    """Stream event: retrieval is done; these passages are the evidence."""

    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Delta:
    """Stream event: provisional words of the statement being written. Not checked yet; show them as such."""

    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Stream event: the statement in progress is complete and checked; it replaces the Deltas before it.

    ``citations`` are those the statement cites, numbered as in the final answer. ``withheld`` is true when
    the statement did not pass and is not part of the answer: clear its Deltas away.
    """

    statement: Statement
    citations: tuple[Citation, ...]
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """Stream event, always the last: the whole answer."""

    answer: Answer


def plain(value: Any) -> dict[str, Any]:
    """A value of this module as plain ones, ready for ``json.dumps``: dates become ISO 8601."""
    return asdict(value, dict_factory=_dated)


def _dated(items: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: item.isoformat() if isinstance(item, date) else item for name, item in items}


Event = Found | Delta | Checked | Done


def final_answer(events: Iterable[Event]) -> Answer:
    """The answer at the end of a stream, which is run through."""
    for event in events:
        if isinstance(event, Done):
            return event.answer
    raise AssertionError("a stream ends with Done")

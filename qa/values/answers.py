"""What an answer is: checked statements, verbatim citations, or a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from qa.values.articles import Copy
from qa.values.evidence import Understanding

Verdict = Literal["supported", "unsupported", "unchecked"]
FindingKind = Literal["number", "date", "name", "negation", "support", "citation"]
RefusalReason = Literal["empty_library", "no_evidence", "weak_evidence", "nothing_supported"]


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


def plain(value: Any) -> dict[str, Any]:
    """A value of this module as plain ones, ready for ``json.dumps``: dates become ISO 8601."""
    return asdict(value, dict_factory=_dated)


def _dated(items: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: item.isoformat() if isinstance(item, date) else item for name, item in items}

"""What a scorer is given and what it gives: a value with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evals.datasets.values import Case, Expected
from evals.judges.values import Judge
from qa.values import Answer, Citation, Retrieved, Span


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` is None where the question does not arise (no citation to be right or wrong, say).

    A share or a yes and no is in [0, 1]; other units are in the name (``latency_ms``).
    """

    name: str
    value: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Gold:
    """An expected sentence, found in the library: ``text_of(article_id)[span.start:span.end]`` is its quote."""

    article_id: str
    span: Span
    expected: Expected

    def overlaps(self, article_id: str, start: int, end: int) -> bool:
        """Whether a stretch of an article shares a character with it."""
        return article_id == self.article_id and start < self.span.end and self.span.start < end


@dataclass(frozen=True, slots=True)
class Sample:
    """One case with what came of it: ``answer`` is None when it failed (``error`` says why) or was a search only.

    ``ranked`` are the passages retrieved, best first. ``text_of`` gives an article's text by its id.
    """

    case: Case
    gold: tuple[Gold, ...]
    answer: Answer | None
    error: str | None
    ranked: tuple[Retrieved, ...]
    text_of: Callable[[str], str]
    judge: Judge

    @property
    def prediction(self) -> str:
        """What is compared with the accepted answers: the marked words where there are some, else all that was said.

        Empty for a refusal and for a case that failed.
        """
        if self.answer is None or self.answer.refused:
            return ""
        marked = next((words for cited in self.answer.citations if (words := answering_words(cited))), "")
        return marked or " ".join(statement.text for statement in self.answer.statements)

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every accepted answer; none for an unanswerable case."""
        return tuple(dict.fromkeys(text for gold in self.case.expected for text in gold.answers))


Normaliser = Callable[[str], list[str]]
"""Cuts a text into the tokens that are compared."""

Scorer = Callable[[Sample], Iterator[Score]]
"""Yields one Score, or several that belong together, for one sample. A failed case scores 0 where it could have won."""


def answering_words(cited: Citation) -> str:
    """The words marked in a quote as those that answer, or nothing."""
    if cited.answer_start is None or cited.answer_end is None:
        return ""
    return cited.quote[cited.answer_start - cited.start : cited.answer_end - cited.start]

"""Marks the answering words of a sentence with the shipped marker."""

from __future__ import annotations

from functools import lru_cache

from qa.answer.across import as_asked
from qa.answer.analysis import Analysis, analyse
from qa.answer.model import load_model
from qa.answer.questions import Question
from qa.answer.spans import Marked
from qa.values import Span

SURE = 0.7  # F1 over words to expect of a mark that is taken for the answer itself, not only shown as a hint


def answer_span(question: Question, sentence: str, language: str, *, least: float | None = None) -> Span | None:
    """Where in ``sentence`` the answer is, or None when no run of words is likely enough.

    A sentence in another language is seen through the question's words (:mod:`qa.answer.across`).
    ``least`` is the F1 over words to expect of it at least, in [0, 1]; by default the shipped model's own bar.
    """
    marked = mark(question, as_asked(question, analyse(sentence, language)))
    bar = load_model().marker.least if least is None else least
    return marked.span if marked and marked.expected >= bar else None


def expected(question: Question, sentence: Analysis) -> float:
    """How much like the answer the likeliest words are, as F1 over words; 0 for a sentence without words."""
    marked = mark(question, sentence)
    return marked.expected if marked else 0.0


@lru_cache(maxsize=256)
def mark(question: Question, sentence: Analysis) -> Marked | None:
    """The likeliest answering words, see :meth:`qa.answer.spans.Marker.mark`; the last few are remembered."""
    return load_model().marker.mark(question, sentence)

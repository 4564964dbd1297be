"""Marks the answering words of a sentence with the shipped marker."""

from __future__ import annotations

from qa.answer.analysis import analyse
from qa.answer.model import load_model
from qa.answer.questions import Question
from qa.values import Span

SURE = 0.7  # F1 over words to expect of a mark that is taken for the answer itself, not only shown as a hint


def answer_span(question: Question, sentence: str, language: str, *, least: float | None = None) -> Span | None:
    """Where in ``sentence`` the answer is, or None when no run of words is likely enough.

    ``least`` is the F1 over words to expect of it at least, in [0, 1]; by default the shipped model's own bar.
    """
    marker = load_model().marker
    marked = marker.mark(question, analyse(sentence, language))
    return marked.span if marked and marked.expected >= (marker.least if least is None else least) else None

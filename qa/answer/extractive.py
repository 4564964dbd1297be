"""The answerer that quotes: the sentences of the evidence that answer, chosen by a small embedded ranker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from qa.answer.answerers import Piece
from qa.answer.marking import answer_span
from qa.answer.parts import parts_of
from qa.answer.questions import Question
from qa.answer.reader import read
from qa.values import Delta, DraftStatement, Evidence, Label, Span


class ExtractiveAnswerer:
    """Answers with at most three sentences of the articles, word for word."""

    mode: Literal["extractive", "openai"] = "extractive"
    model: str | None = None

    @property
    def prompts(self) -> dict[str, str]:
        """None."""
        return {}

    def draft(self, evidence: Evidence) -> Iterator[Piece]:
        """The sentences that answer, each with its label; nothing when none bears on the question."""
        for question, label in _chosen(evidence):
            passage, span = evidence.locate(label)
            sentence = passage.sentence(label.sentence - 1)
            shown = " ".join(sentence.split())
            yield Delta(shown)
            answer = answer_span(question, sentence, passage.language)
            marked = answer and Span(span.start + answer.start, span.start + answer.end)
            yield DraftStatement(shown, (label,), answer=marked)


def _chosen(evidence: Evidence) -> list[tuple[Question, Label]]:
    """The labels to give, each with the question that it answers; the best one of each part, where there are parts."""
    whole = read(evidence)
    parts = parts_of(evidence.asked or evidence.question, evidence.language) if whole.chosen else ()
    readings = [read(replace(evidence, asked=part)) for part in parts]
    found: dict[Label, Question] = {}
    for reading in readings:
        for label in reading.chosen[:1]:
            found.setdefault(label, reading.question)
    return [(question, label) for label, question in found.items()] or [(whole.question, each) for each in whole.chosen]

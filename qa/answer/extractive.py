"""The answerer that quotes: the sentences of the evidence that answer, chosen by a small embedded ranker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from qa.answer.answerers import Piece
from qa.answer.marking import answer_span
from qa.answer.reader import read
from qa.values import Delta, DraftStatement, Evidence, Span


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
        reading = read(evidence)
        for label in reading.chosen:
            passage, span = evidence.locate(label)
            sentence = passage.sentence(label.sentence - 1)
            shown = " ".join(sentence.split())
            yield Delta(shown)
            answer = answer_span(reading.question, sentence, passage.language)
            marked = answer and Span(span.start + answer.start, span.start + answer.end)
            yield DraftStatement(shown, (label,), answer=marked)

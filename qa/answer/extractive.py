"""The answerer that quotes: the sentences of the evidence that answer, chosen by a small embedded ranker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from qa.answer.answerers import Piece
from qa.text import content_words
from qa.values import Delta, DraftStatement, Evidence


class ExtractiveAnswerer:
    """Answers with at most a few sentences of the articles, word for word."""

    mode: Literal["extractive", "openai"] = "extractive"
    model: str | None = None
    prompts: dict[str, str] = {}  # noqa: RUF012

    def draft(self, evidence: Evidence) -> Iterator[Piece]:
        """The best sentences, each with its label; nothing when none bears on the question."""
        asked = set(content_words(evidence.question, evidence.language))
        ranked = sorted(
            evidence.labelled(),
            key=lambda pair: -len(asked & set(content_words(pair[1], evidence.language))),
        )
        for label, sentence in ranked[:1]:
            if len(asked & set(content_words(sentence, evidence.language))) * 2 < len(asked):
                return
            shown = " ".join(sentence.split())
            yield Delta(shown)
            yield DraftStatement(shown, (label,))

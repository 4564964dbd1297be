"""The seam between the retriever and whatever orders its best passages anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.retrieve.scoring import scored
from qa.values import Passage


class Reranker(Protocol):
    """Judges how well each of a few passages answers a question."""

    def scores(self, question: str, passages: Sequence[Passage]) -> list[float]:
        """One number a passage, higher is better, comparable within one call only. Raises SanadError."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A reranker that scores by words it was told: the sum of those that a passage holds. For tests and examples."""

    worth: Mapping[str, float]

    def scores(self, question: str, passages: Sequence[Passage]) -> list[float]:
        """The sum of the worth of the words in each passage's text."""
        return [sum(value for word, value in self.worth.items() if word in passage.text) for passage in passages]


def reordered(question: str, passages: Sequence[Passage], reranker: Reranker) -> list[Passage]:
    """The passages by the reranker's scores, best first, equals as they were; each place keeps its score."""
    scores = reranker.scores(question, passages)
    order = sorted(range(len(passages)), key=lambda at: -scores[at])
    return [scored(passages[at], passages[place].score) for place, at in enumerate(order)]

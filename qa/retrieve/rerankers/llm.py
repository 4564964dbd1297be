"""The LLM as a reranker: in one call it names the articles that answer, best first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence import fence_evidence
from qa.llm import LLM
from qa.prompts import load_prompt
from qa.settings import Settings
from qa.text import detect_language
from qa.values import Evidence, Passage

PROMPT = "rerank"
_NUMBER = re.compile(r"\d+")


class LLMReranker:
    """Asks the LLM that answers. The tokens of the call are not in an answer's ``usage``."""

    def __init__(self, settings: Settings) -> None:
        self._llm = LLM(settings)
        self._budget = settings.evidence_tokens

    def scores(self, question: str, passages: Sequence[Passage]) -> list[float]:
        """The passages that it names, by their place in its list; those that it leaves out have 0. Raises LLMError."""
        fenced = fence_evidence(Evidence(question, detect_language(question), tuple(passages)), self._budget)
        messages = load_prompt(PROMPT).fill(question=question, fence=fenced.fence, evidence=fenced.text)
        said = "".join(piece for piece in self._llm.stream(messages) if isinstance(piece, str))
        named = [int(number) for number in dict.fromkeys(_NUMBER.findall(said))]
        worth = {number: len(named) - place for place, number in enumerate(named)}
        return [float(worth.get(number, 0)) for number in range(1, len(passages) + 1)]

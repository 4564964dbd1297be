"""The seam between the engine and what writes an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Protocol

from qa.values import Delta, DraftStatement, Evidence, Usage

Piece = Delta | DraftStatement | Usage


class Answerer(Protocol):
    """Writes statements with labels from evidence. Two stand behind it: the extractive reader and an LLM.

    ``mode`` is what :class:`qa.values.Answer` reports; ``model`` the LLM's name, or None. ``prompts`` are the
    hashes of the prompt files used, by name.
    """

    mode: Literal["extractive", "openai"]
    model: str | None

    @property
    def prompts(self) -> dict[str, str]:
        """The prompts in use."""
        ...

    def draft(self, evidence: Evidence) -> Iterator[Piece]:
        """The answer piece by piece: the Deltas of a statement, then the DraftStatement itself.

        Nothing at all means that the evidence does not answer the question. Raises LLMError; statements that
        were yielded before it stand.
        """
        ...

"""Follow-up questions made standalone by an LLM, in one call, when the settings ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.errors import LLMError
from qa.evidence import defuse
from qa.llm import LLM
from qa.prompts import load_prompt
from qa.settings import Settings
from qa.tokenizer import count_tokens
from qa.values import Usage

if TYPE_CHECKING:
    from qa.conversation import Turn

PROMPT = "standalone"
LONGEST = 300  # code points of a standalone question; a longer one is something else
_NAMES = {"fa": "Persian", "ar": "Arabic", "en": "English"}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A standalone question, and what writing it used. ``question`` is None when the LLM wrote no usable one."""

    question: str | None
    usage: Usage


class Rewriter:
    """Asks an LLM for the standalone form of a follow-up. Raises SettingsError when no server is set."""

    def __init__(self, settings: Settings) -> None:
        self._llm = LLM(settings)
        self._budget = settings.history_tokens
        self._prompt = load_prompt(PROMPT)
        self.prompts = {PROMPT: self._prompt.sha256}

    def rewrite(self, question: str, turns: Sequence[Turn], language: str) -> Rewritten:
        """``question`` as it would be asked without the turns before it; None in it when the LLM fails."""
        messages = self._prompt.fill(
            history=window(turns, self._budget),
            question=defuse(question),
            language=_NAMES.get(language, "the language of the question"),
        )
        words: list[str] = []
        usage = Usage()
        try:
            for piece in self._llm.stream(messages):
                if isinstance(piece, Usage):
                    usage = piece
                else:
                    words.append(piece)
        except LLMError:
            return Rewritten(None, usage)
        return Rewritten(_usable("".join(words)), usage)


def window(turns: Sequence[Turn], budget: int) -> str:
    """The newest turns that fit into ``budget`` o200k_base tokens, oldest first, a line a question and an answer.

    Answers are quotes from articles, so what could pass for a fence or a label in them is taken away.
    """
    kept: list[str] = []
    for turn in reversed(turns):
        text = f"Reader: {defuse(turn.question)}\nAnswer: {defuse(turn.answer.answer)}"
        budget -= count_tokens(text) + 1
        if budget < 0:
            break
        kept.append(text)
    return "\n".join(reversed(kept))


def _usable(words: str) -> str | None:
    """The question, if it is one line of a sensible length."""
    lines = [line.strip() for line in words.strip().splitlines() if line.strip()]
    return lines[0] if len(lines) == 1 and len(lines[0]) <= LONGEST else None

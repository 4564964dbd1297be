"""The LLM as a judge of what has passed the rules: do the quotes say what the statement says?

One call for all statements of an answer. It can only lower a verdict: "no" makes a statement unsupported, and where
no verdict comes (the server is down, the line is missing) it is left as unchecked, which readers see.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.errors import LLMError
from qa.evidence import defuse
from qa.llm import LLM
from qa.prompts import load_prompt
from qa.settings import Settings
from qa.texts import interface_language
from qa.values import Usage

_VERDICT = re.compile(r"^\W*(\d+)\W+(YES|NO)\b", re.MULTILINE | re.IGNORECASE)
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with the quotes that it rests on."""

    text: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """``supported[i]`` is the verdict on claim i, None where none came."""

    supported: tuple[bool | None, ...]
    usage: Usage


class LLMJudge:
    """Asks the LLM of the settings. Raises SettingsError when no server is set."""

    def __init__(self, settings: Settings) -> None:
        self._llm = LLM(settings)

    def warm_up(self) -> None:
        """Build the client now."""
        self._llm.warm_up()

    def prompts(self, language: str) -> dict[str, str]:
        """The hash of the prompt for a language, by name."""
        name = f"judge.{interface_language(language)}"
        return {name: load_prompt(name).sha256}

    def judge(self, claims: Sequence[Claim], language: str) -> Judgement:
        """A verdict on each claim, in one call; ``language`` is that of the answer. Nothing is asked of no claims."""
        if not claims:
            return Judgement((), Usage())
        listed = json.dumps(
            [
                {"number": number, "statement": defuse(each.text), "quotes": [defuse(quote) for quote in each.quotes]}
                for number, each in enumerate(claims, start=1)
            ],
            ensure_ascii=False,
            indent=1,
        )
        fence = f"claims-{hashlib.sha256(listed.encode()).hexdigest()[:8]}"
        messages = load_prompt(f"judge.{interface_language(language)}").fill(statements=listed, fence=fence)
        words, usage = "", Usage()
        try:
            for piece in self._llm.stream(messages):
                if isinstance(piece, Usage):
                    usage += piece
                else:
                    words += piece
        except LLMError:
            return Judgement((None,) * len(claims), usage)
        return Judgement(_read(words, len(claims)), usage)


def _read(words: str, count: int) -> tuple[bool | None, ...]:
    """The verdicts by number. A number that is judged both ways has no verdict."""
    said: dict[int, set[bool]] = {}
    for number, verdict in _VERDICT.findall(_THOUGHT.sub("", words)):
        said.setdefault(int(number), set()).add(verdict.upper() == "YES")
    verdicts = (said.get(number, set()) for number in range(1, count + 1))
    return tuple(next(iter(each)) if len(each) == 1 else None for each in verdicts)

"""The seam behind which somebody judges whether quotes support a statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from qa.values import Usage


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the quotes support the statement, how surely in [0, 1], and why. ``usage`` is what asking cost now."""

    supported: bool
    score: float
    reason: str
    usage: Usage = field(default_factory=Usage)


class Judge(Protocol):
    """Judges a statement against quotes. ``name`` is what reports call it: the checker, or a model with its prompts."""

    @property
    def name(self) -> str: ...

    def judge(self, statement: str, quotes: Sequence[str], *, language: str) -> Judgement:
        """``language`` is that of the question. Raises SanadError when it cannot judge."""
        ...

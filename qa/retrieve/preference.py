"""Which of passages that fit equally well come first: those of the time that is asked about, and the newer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from qa.library.lexical import folded_source
from qa.retrieve.scoring import scored
from qa.values import Filters, Passage

# Shares of the best score that a passage gains whose article is of the time that the question speaks of, and that the
# newest gains over one without a date. Chosen small: they order what is nearly equal, and no more.
WISHED: Final = 0.15
NEWEST: Final = 0.02
HALF_AS_NEW: Final = 365.0  # days


def most_gained(best: float, wishes: Sequence[Filters]) -> float:
    """The most that :func:`preferred` adds to a score where ``best`` is the best one."""
    return best * (NEWEST + (WISHED if wishes else 0.0))


def preferred(passages: Sequence[Passage], wishes: Sequence[Filters]) -> list[Passage]:
    """The passages, best first, after what the newer and those that fit all wishes have gained."""
    best = max((passage.score for passage in passages), default=0.0)
    newest = max((day for passage in passages if (day := published(passage))), default=None)
    raised = [
        scored(each, each.score + best * (_newness(each, newest) + (WISHED if _fits(each, wishes) else 0.0)))
        for each in passages
    ]
    return sorted(raised, key=lambda passage: -passage.score)


def _newness(passage: Passage, newest: date | None) -> float:
    day = published(passage)
    return NEWEST * 0.5 ** ((newest - day).days / HALF_AS_NEW) if day and newest else 0.0


def _fits(passage: Passage, wishes: Sequence[Filters]) -> bool:
    return bool(wishes) and all(passes(passage, wish) for wish in wishes)


def published(passage: Passage) -> date | None:
    """The day on which the passage's article came out."""
    return date.fromisoformat(passage.published[:10]) if passage.published else None


def passes(passage: Passage, filters: Filters) -> bool:
    """Whether a passage passes the filters; the lexical index has seen to it for what it found, Chroma has not."""
    if not filters:
        return True
    if filters.language and passage.language != filters.language:
        return False
    if filters.source and folded_source(passage.source or "") != folded_source(filters.source):
        return False
    if filters.since is None and filters.until is None:
        return True
    day = published(passage)
    return day is not None and (filters.since or date.min) <= day <= (filters.until or date.max)

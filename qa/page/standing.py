"""What the page says of its library: how much is in it, what answers, and questions that it can answer."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qa.texts import LANGUAGES, text
from qa.values import Filters, final_answer

if TYPE_CHECKING:
    from qa.sanad import Sanad

STARTERS: Final = 4
TRIED: Final = 12  # questions tried for a language: each costs an answer, a few milliseconds


@dataclass(frozen=True, slots=True)
class Standing:
    """The library at one revision. ``outlets`` are names to filter by, ``starters`` questions by page language."""

    revision: int
    articles: int
    outlets: tuple[str, ...]
    answerer: str
    model: str
    starters: dict[str, tuple[str, ...]]


class Lookout:
    """Knows the library's standing, and looks anew when its revision has changed. Safe for several threads."""

    def __init__(self, sanad: Sanad) -> None:
        self._sanad = sanad
        self._lock = threading.Lock()
        self._seen: Standing | None = None

    def now(self) -> Standing:
        """The standing of the current revision."""
        revision = self._sanad.library.revision
        with self._lock:
            if self._seen is None or self._seen.revision != revision:
                self._seen = self._look(revision)
            return self._seen

    def _look(self, revision: int) -> Standing:
        articles = self._sanad.status().articles
        settings = self._sanad.settings
        return Standing(
            revision=revision,
            articles=articles,
            outlets=tuple(self._sanad.library.sources()),
            answerer=settings.answerer,
            model=settings.model,
            starters={language: self._starters(language) if articles else () for language in LANGUAGES},
        )

    def _starters(self, language: str) -> tuple[str, ...]:
        """The first questions that the library answers by itself; no LLM is asked."""
        from qa.answer import Engine

        extractive = self._sanad.settings.model_copy(update={"llm": "extractive"})
        engine = Engine(self._sanad.library, self._sanad.retriever, extractive)
        chosen: list[str] = []
        for question in self._candidates(language):
            if not final_answer(engine.stream(question)).refused:
                chosen.append(question)
            if len(chosen) == STARTERS:
                break
        return tuple(chosen)

    def _candidates(self, language: str) -> list[str]:
        """The questions of the sample articles, then one about each of the newest articles."""
        from qa.resources import starter_questions

        newest = self._sanad.articles(Filters(language=language), limit=TRIED)
        about = [text("page.about", language, title=each.title) for each in newest if each.title]
        return (starter_questions(language) + about)[:TRIED]

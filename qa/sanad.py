"""`Sanad`: the one object that programs, the page, the command line and the HTTP API talk to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from qa.conversation import Conversation
from qa.settings import Settings, load_settings
from qa.values import Answer, Article, Event, Filters, Passage, final_answer

if TYPE_CHECKING:
    from llama_index.core.base.base_query_engine import BaseQueryEngine

    from qa.answer import Engine
    from qa.library import Library, Status
    from qa.retrieve import Retriever


class Sanad:
    """A library of articles and everything that answers from it.

    Open it with :meth:`open`; it is a context manager. One object may be used by many threads at once.

    >>> from qa import Sanad
    >>> with Sanad.open(home=home) as sanad:                     # doctest: +SKIP
    ...     print(sanad.ask("Who drives the night ferry?").answer)
    """

    def __init__(self, settings: Settings, library: Library, retriever: Retriever, engine: Engine) -> None:
        self.settings = settings
        self.library = library
        self.retriever = retriever
        self.engine = engine

    @classmethod
    def open(cls, home: str | Path | None = None, **overrides: Any) -> Self:
        """Open the library in ``home``, creating an empty one if there is none.

        Settings come from the environment, ``.env`` and ``sanad.toml``; keywords override them
        (``llm="openai"``, ``top_k=5``, …). Raises SettingsError, and LibraryError with its kinds.
        """
        return cls.from_settings(load_settings(home=home, **overrides))

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Open the library that ``settings`` name."""
        from qa.answer import Engine
        from qa.library import Library
        from qa.retrieve import Retriever

        library = Library.open(settings)
        retriever = Retriever(library, settings)
        return cls(settings, library, retriever, Engine(library, retriever, settings))

    def stream(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        top_k: int | None = None,
        standalone: str | None = None,
        understand: bool = True,
    ) -> Iterator[Event]:
        """Answer piece by piece: Found, then Delta and Checked as statements come, then Done, always last.

        ``standalone`` is the question with its references to a conversation resolved, if there was one; it is
        what is searched for. Dates, outlets and languages that the question names as those of the articles limit
        the search, unless ``understand`` is off. Raises QuestionError for an empty question.
        """
        return self.engine.stream(
            question, filters=filters or Filters(), top_k=top_k, standalone=standalone, understand=understand
        )

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        top_k: int | None = None,
        standalone: str | None = None,
        understand: bool = True,
    ) -> Answer:
        """The cited answer to ``question``, or a refusal (``answer.refused``). See :meth:`stream`."""
        return final_answer(
            self.stream(question, filters=filters, top_k=top_k, standalone=standalone, understand=understand)
        )

    async def aask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        top_k: int | None = None,
        standalone: str | None = None,
        understand: bool = True,
    ) -> Answer:
        """:meth:`ask`, without blocking the event loop."""
        return await asyncio.to_thread(
            self.ask, question, filters=filters, top_k=top_k, standalone=standalone, understand=understand
        )

    async def astream(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        top_k: int | None = None,
        standalone: str | None = None,
        understand: bool = True,
    ) -> AsyncIterator[Event]:
        """:meth:`stream`, without blocking the event loop."""
        events = self.stream(question, filters=filters, top_k=top_k, standalone=standalone, understand=understand)
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event

    def search(
        self, query: str, *, filters: Filters | None = None, top_k: int | None = None, understand: bool = True
    ) -> list[Passage]:
        """The passages that bear on ``query``, best first, at most ``top_k`` (default: the setting)."""
        return self.retriever.retrieve(
            query, filters=filters, top_k=top_k or self.settings.top_k, understand=understand
        )

    def conversation(self) -> Conversation:
        """A new conversation: follow-up questions are made standalone before they are searched for."""
        return Conversation(self)

    def article(self, article_id: str) -> Article:
        """One article, whole. A unique prefix of its id will do. Raises ArticleNotFoundError."""
        return self.library.article(article_id)

    def articles(self, filters: Filters | None = None, *, limit: int | None = None, offset: int = 0) -> list[Article]:
        """The articles' headers (``text`` is empty), newest first."""
        return self.library.articles(filters or Filters(), limit=limit, offset=offset)

    def remove(self, article_ids: list[str]) -> int:
        """Remove articles; the number that were there."""
        return self.library.remove(article_ids)

    def status(self) -> Status:
        """What is in the library, and in what state its stores are."""
        return self.library.status()

    def as_query_engine(self, *, filters: Filters | None = None, top_k: int | None = None) -> BaseQueryEngine:
        """A LlamaIndex query engine over this library, for use inside LlamaIndex programs."""
        from qa.llamaindex import SanadQueryEngine

        return SanadQueryEngine(self.engine, filters=filters or Filters(), top_k=top_k)

    def close(self) -> None:
        """Close the stores. A closed object cannot be used again."""
        self.library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

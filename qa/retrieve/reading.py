"""What one search reads of the library: each passage once, with the text of its article beside it."""

from __future__ import annotations

from collections.abc import Sequence

from qa.errors import ArticleNotFoundError
from qa.library import Library
from qa.values import Passage


class Reading:
    """Reads passages from a library, each once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, Passage] = {}
        self._texts: dict[str, str] = {}

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Those of the passages that are there, in the order asked."""
        missing = [id for id in ids if id not in self._known]
        if missing:
            found = self._library.passages_with_texts(missing)
            self._known.update((each.id, each) for each in found.passages)
            self._texts |= found.texts
        return [self._known[id] for id in ids if id in self._known]

    def article(self, id: str) -> list[Passage]:
        """All passages of an article; none when it is gone."""
        try:
            return self._library.passages_of(id)
        except ArticleNotFoundError:
            return []

    def text(self, article_id: str) -> str | None:
        """The text of an article of which a passage was read, as it was then."""
        return self._texts.get(article_id)

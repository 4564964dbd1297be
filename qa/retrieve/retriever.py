"""From a question to the passages that may answer it: lexical channels and vectors, fused."""

from __future__ import annotations

from dataclasses import replace

from qa.library import Library
from qa.library.embedders import make_embedder
from qa.library.lexical import SHELVES, shelf_of
from qa.retrieve.weights import OTHER_LANGUAGE, SAME_LANGUAGE
from qa.settings import Settings
from qa.text import detect_language
from qa.values import Filters, Passage


class Retriever:
    """Ranks the passages of a library for a question."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._settings = settings
        self._embedder = make_embedder(settings)

    def retrieve(self, question: str, *, filters: Filters | None = None, top_k: int = 8) -> list[Passage]:
        """The ``top_k`` best passages, scored, best first."""
        filters = filters or Filters()
        language = detect_language(question)
        shelves = [shelf_of(filters.language)] if filters.language else SHELVES
        hits = [
            hit
            for shelf in shelves
            for hit in self._library.lexical.search(
                question,
                language=language,
                shelf=shelf,
                k=top_k,
                filters=filters,
                weights=SAME_LANGUAGE[shelf] if shelf == shelf_of(language) else OTHER_LANGUAGE,
            )
        ]
        scores = {hit.id: hit.score for hit in sorted(hits, key=lambda hit: -hit.score)[:top_k]}
        return [replace(passage, score=scores[passage.id]) for passage in self._library.passages(list(scores))]

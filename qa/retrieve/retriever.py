"""From a question to the passages that may answer it: one query a language, and the vectors, fused."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import NamedTuple

from qa.errors import EmbeddingError, LLMError
from qa.library import Library
from qa.library.hits import Hit
from qa.library.stores import Stores
from qa.library.vectors import VectorStore
from qa.retrieve.copies import counted_once
from qa.retrieve.fusion import EMBEDDED_SHARE, MODEL_SHARE, add_vectors, merge_languages
from qa.retrieve.languages import by_language
from qa.retrieve.neighbours import joined
from qa.retrieve.preference import most_gained, passes, preferred
from qa.retrieve.question import Outlets, limited_by, understand, without
from qa.retrieve.reading import Reading
from qa.retrieve.rerankers import Reranker, make_reranker
from qa.retrieve.rerankers.reranker import reordered
from qa.retrieve.scoring import scored
from qa.retrieve.selection import contenders, select
from qa.settings import Settings
from qa.values import Filters, Passage, Understanding

log = logging.getLogger(__name__)

# Candidates for each place of the list: copies and passages beyond an article's share fall out.
CANDIDATES = 3
FEWEST_CANDIDATES = 24
MOST_CANDIDATES = 1000
AT_FIRST = 2  # candidates that are read at once for each place of the list: seldom are more needed
# Chroma knows nothing of the filters (its own are slow), so more is fetched and the catalog says what passes.
FILTERED_CANDIDATES = 400
# A teaser of another story is worth this much of what a passage of the article itself would be: enough to be found
# where nothing else tells of it, too little to come before an article that does.
TEASER_WORTH = 0.5
# The vectors, and what the question means in the other languages, are searched beside its own words; each of several
# readers gets as many threads.
THREADS = 4


class Retrieval(NamedTuple):
    """What was found, best first, and the filters that were read out of the question."""

    passages: tuple[Passage, ...]
    understood: tuple[Understanding, ...] = ()


class Retriever:
    """Ranks the passages of a library for a question.

    ``today`` gives the day that "last week" counts from; ``reranker`` takes the place of the one in the settings, and
    ``vector_share`` that of the embedder's usual share in the scores (0 leaves the vectors out).
    """

    def __init__(
        self,
        library: Library,
        settings: Settings,
        *,
        today: Callable[[], date] = date.today,
        reranker: Reranker | None = None,
        vector_share: float | None = None,
    ) -> None:
        self._library = library
        usual = EMBEDDED_SHARE if settings.embeddings == "embedded" else MODEL_SHARE
        self._share = usual if vector_share is None else vector_share
        self._today = today
        self._reranker = make_reranker(settings) if reranker is None else reranker
        self._outlets: tuple[int, Outlets] | None = None
        self._beside = ThreadPoolExecutor(THREADS, "sanad-search")

    def retrieve(
        self, question: str, *, filters: Filters | None = None, top_k: int = 8, understand: bool = True
    ) -> list[Passage]:
        """The passages of :meth:`find`."""
        return list(self.find(question, filters=filters, top_k=top_k, understand=understand).passages)

    def find(
        self, question: str, *, filters: Filters | None = None, top_k: int = 8, understand: bool = True
    ) -> Retrieval:
        """The ``top_k`` best passages that pass the filters, scored (see :mod:`qa.retrieve.fusion`), best first.

        Unless ``understand`` is off, the dates, outlets and languages that the question names as those of the
        articles (see :mod:`qa.retrieve.question`) are filters too; when nothing passes those, they are dropped.
        Any text is accepted; one without words finds nothing. Raises LibraryError when a store fails and
        EmbeddingError when the embedder does.
        """
        given = filters or Filters()
        stores = self._library.stores()
        understood = self._understood(question, given, stores.revision) if understand else ()
        with self._library.snapshot():
            return self._found(stores, question, given, top_k, understood)

    def _found(
        self, stores: Stores, question: str, given: Filters, top_k: int, understood: tuple[Understanding, ...]
    ) -> Retrieval:
        """What passes the filters that the question names too, or if nothing does, what passes the given ones."""
        strict = [each for each in understood if each.strict]
        if strict:
            limits = limited_by(given, strict)
            passages = self._ranked(stores, without(question, strict), limits, top_k, understood)
            if passages:
                return Retrieval(passages, understood)
            understood = tuple(replace(each, strict=False, dropped=each.strict) for each in understood)
        return Retrieval(self._ranked(stores, question, given, top_k, understood), understood)

    def _understood(self, question: str, given: Filters, revision: int) -> tuple[Understanding, ...]:
        if self._outlets is None or self._outlets[0] != revision:
            self._outlets = revision, Outlets.named(self._library.sources())
        return tuple(understand(question, outlets=self._outlets[1], today=self._today(), given=given))

    def _ranked(
        self,
        stores: Stores,
        question: str,
        filters: Filters,
        top_k: int,
        understood: Sequence[Understanding],
        count: int = 0,
    ) -> tuple[Passage, ...]:
        count = count or max(FEWEST_CANDIDATES, CANDIDATES * top_k)
        read = Reading(self._library)
        nearest = self._beside.submit(self._nearest, stores.vectors, question, filters, count)
        found = merge_languages(*by_language(stores.lexical, read, question, filters, count, self._beside))
        scores = add_vectors(found, nearest.result(), self._share)
        if filters:
            unsure = scores.keys() - found.keys()
            # Where words find enough, what only the vectors do would stand behind all of it.
            passing_too = self._library.passing(unsure, filters) if len(found) < count else set()
            for id in unsure - passing_too:
                del scores[id]
        ranked = sorted(scores, key=lambda id: (-scores[id], id))
        passing = _scored(read, ranked, scores, filters, AT_FIRST * top_k)
        once = counted_once(read.article, passing, scores, lambda passage: passes(passage, filters))
        wishes = [each.filters for each in understood if not each.strict and not each.dropped]
        kept = (
            list(islice(once, count))
            if self._reranker
            else contenders(islice(once, count), top_k, most_gained(max(scores.values(), default=0.0), wishes))
        )
        if len(kept) < top_k and count <= len(scores) and count < MOST_CANDIDATES:
            return self._ranked(stores, question, filters, top_k, understood, 4 * count)  # copies took the places
        chosen = select(self._reordered(question, preferred(kept, wishes)), top_k)
        return tuple(self._library.with_copies(joined(chosen, read.text)))

    def _reordered(self, question: str, passages: list[Passage]) -> list[Passage]:
        """The passages as the reranker orders them; as they were when it fails, which the log says."""
        if self._reranker is None or len(passages) < 2:
            return passages
        try:
            return reordered(question, passages, self._reranker)
        except (EmbeddingError, LLMError) as error:
            log.warning("The passages are not reranked: %s", error)
            return passages

    def _nearest(self, vectors: VectorStore, question: str, filters: Filters, count: int) -> Sequence[Hit]:
        vector = self._library.embedder.embed_query(question)
        if not self._share or not vector.any():
            return []
        return vectors.query(vector, max(count, FILTERED_CANDIDATES) if filters else count)


def _scored(
    read: Reading, ids: Sequence[str], scores: Mapping[str, float], filters: Filters, at_once: int
) -> Iterator[Passage]:
    """The passages with these ids, a few at a time, with their scores; those that do not pass are left out."""
    for start in range(0, len(ids), at_once):
        for passage in read.passages(ids[start : start + at_once]):
            if passes(passage, filters):
                worth = TEASER_WORTH if passage.teaser else 1.0
                yield scored(passage, worth * scores[passage.id])

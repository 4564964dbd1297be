"""From a question to the passages that may answer it: one query a language, and the vectors, fused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from qa.library import Library
from qa.library.hits import Hit
from qa.library.lexical import SHELVES, LexicalIndex, folded_source, shelf_of
from qa.retrieve.copies import counted_once
from qa.retrieve.fusion import EMBEDDED_SHARE, MODEL_SHARE, LanguageList, add_vectors, merge_languages
from qa.retrieve.selection import select
from qa.retrieve.weights import OTHER_LANGUAGE, SAME_LANGUAGE
from qa.settings import Settings
from qa.text import detect_language
from qa.values import Filters, Passage

# Candidates for each place of the list: copies and passages beyond an article's share fall out.
CANDIDATES = 3
FEWEST_CANDIDATES = 24
# Chroma knows nothing of the filters (its own are slow), so more is fetched and what does not pass is dropped.
FILTERED_CANDIDATES = 400
# A teaser of another story is worth this much of what a passage of the article itself would be: enough to be found
# where nothing else tells of it, too little to come before an article that does.
TEASER_WORTH = 0.5


class Retriever:
    """Ranks the passages of a library for a question."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._share = EMBEDDED_SHARE if settings.embeddings == "embedded" else MODEL_SHARE

    def retrieve(self, question: str, *, filters: Filters | None = None, top_k: int = 8) -> list[Passage]:
        """The ``top_k`` best passages that pass the filters, scored (see :mod:`qa.retrieve.fusion`), best first.

        Any text is accepted; one without words finds nothing. Raises LibraryError when a store fails and
        EmbeddingError when the embedder does.
        """
        filters = filters or Filters()
        count = max(FEWEST_CANDIDATES, CANDIDATES * top_k)
        scores = _by_language(self._library.lexical, question, filters, count)
        scores = add_vectors(scores, self._nearest(question, filters, count), self._share)
        ranked = sorted(scores, key=lambda id: (-scores[id], id))
        read = self._read(ranked, scores, filters, 2 * top_k)
        counted = counted_once(self._library, read, lambda passage: _passes(passage, filters))
        return self._library.with_copies(select(counted, top_k))

    def _read(
        self, ids: Sequence[str], scores: Mapping[str, float], filters: Filters, at_once: int
    ) -> Iterator[Passage]:
        """The passages with these ids, a few at a time, with their scores; those that do not pass are left out."""
        for start in range(0, len(ids), at_once):
            for passage in self._library.passages(ids[start : start + at_once]):
                if _passes(passage, filters):
                    worth = TEASER_WORTH if passage.teaser else 1.0
                    yield replace(passage, score=worth * scores[passage.id])

    def _nearest(self, question: str, filters: Filters, count: int) -> Sequence[Hit]:
        vector = self._library.embedder.embed_query(question)
        if not vector.any():
            return []
        return self._library.vectors.query(vector, max(count, FILTERED_CANDIDATES) if filters else count)


def _by_language(lexical: LexicalIndex, question: str, filters: Filters, count: int) -> dict[str, float]:
    language = detect_language(question)
    home = shelf_of(language)
    filled = [shelf for shelf, passages in lexical.counts().items() if passages]
    if filters.language:
        filled = [shelf for shelf in filled if shelf == shelf_of(filters.language)]

    def hits(shelf: str, *, foreign: bool, k: int = count) -> list[Hit]:
        weights = OTHER_LANGUAGE if foreign else SAME_LANGUAGE[shelf]
        return lexical.search(question, language=language, shelf=shelf, k=k, filters=filters, weights=weights)

    own = hits(home, foreign=False) if home in filled else []
    abroad = [found for shelf in SHELVES if shelf in filled and shelf != home if (found := hits(shelf, foreign=True))]
    others = [LanguageList(found, found[0].score) for found in abroad]
    strength = hits(home, foreign=True, k=1) if own and others else []
    return merge_languages(LanguageList(own, strength[0].score if strength else 0.0), others)


def _passes(passage: Passage, filters: Filters) -> bool:
    """Whether a passage passes the filters; the lexical index has seen to it for what it found, Chroma has not."""
    if not filters:
        return True
    if filters.language and passage.language != filters.language:
        return False
    if filters.source and folded_source(passage.source or "") != folded_source(filters.source):
        return False
    if filters.since is None and filters.until is None:
        return True
    if not passage.published:
        return False
    day = date.fromisoformat(passage.published[:10])
    return (filters.since or date.min) <= day <= (filters.until or date.max)

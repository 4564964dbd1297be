"""What the lexical index and Chroma will hold of an article, worked out before anything is written.

It is a pure function of the article and its passages, and most of the work of adding one: so it is done outside the
library's lock, by whoever prepares articles, in any process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from qa.library.embedders import Embedder, Vectors
from qa.library.records import Indexed, Prepared
from qa.library.terms import Channel, passage_terms
from qa.values import Article, Passage


def indexed(prepared: Prepared, embedder: Embedder | None = None) -> Prepared:
    """The article with its index; without vectors where there is no embedder. Raises EmbeddingError."""
    index = prepared.index or Indexed(terms_of(prepared.article, prepared.passages))
    if embedder is not None:
        vectors = embedder.embed_passages([passage.text for passage in prepared.passages])
        index = replace(index, vectors=vectors, embedder=embedder.identity)
    return replace(prepared, index=index)


def terms_of(article: Article, passages: Sequence[Passage]) -> tuple[Mapping[Channel, str], ...]:
    """The terms of each passage, of all channels."""
    return tuple(passage_terms(passage, article) for passage in passages)


@dataclass(frozen=True)
class Indexing:
    """The index of passages that carry their articles' headers, without vectors where there is no embedder."""

    embedder: Embedder | None

    def __call__(self, passages: Sequence[Passage]) -> Indexed:
        """Their terms and vectors. Raises EmbeddingError."""
        terms = tuple(passage_terms(passage, passage) for passage in passages)
        if self.embedder is None:
            return Indexed(terms)
        vectors = self.embedder.embed_passages([passage.text for passage in passages])
        return Indexed(terms, vectors, self.embedder.identity)


def letters(passages: Sequence[Passage]) -> int:
    """About how many bytes the texts of passages take."""
    return sum(2 * len(passage.text) for passage in passages)


def index_all(
    batch: Sequence[Prepared], embedder: Embedder, held: Mapping[str, Vectors] | None = None
) -> dict[str, Indexed]:
    """The index of each article of a batch, by its id, with vectors of this embedder, which is asked once.

    What an article brings along is kept. ``held`` are vectors that are known already, by text. Raises EmbeddingError.
    """
    ready = {one.article.id: one.index or Indexed(terms_of(one.article, one.passages)) for one in batch}
    bare = [one for one in batch if ready[one.article.id].embedder != embedder.identity]
    rows = dict(held or {})
    wanted = list(dict.fromkeys(passage.text for one in bare for passage in one.passages if passage.text not in rows))
    if wanted:
        rows.update(zip(wanted, embedder.embed_passages(wanted), strict=True))
    for one in bare:
        vectors = [np.zeros((0, embedder.dimensions), np.float32), *(rows[passage.text] for passage in one.passages)]
        ready[one.article.id] = replace(ready[one.article.id], vectors=np.vstack(vectors), embedder=embedder.identity)
    return ready

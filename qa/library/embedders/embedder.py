"""The seam between the library and whatever computes its vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.settings import Settings

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into unit vectors. A library holds the vectors of one embedder only."""

    @property
    def identity(self) -> str:
        """Names the embedding space, ``kind:model:dimensions``: vectors of another identity cannot be compared."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, float32 ``[len(texts), dimensions]``, of length 1. Raises EmbeddingError."""

    def embed_query(self, text: str) -> Vectors:
        """One vector, float32 ``[dimensions]``, of length 1; zeros when nothing in the text means anything."""


def make_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings ask for. Loads nothing heavy before it is used."""
    if settings.embeddings == "openai":
        from qa.library.embedders.server import ServerEmbedder

        return ServerEmbedder(settings)
    if settings.embeddings == "fastembed":
        from qa.library.embedders.local import DEFAULT_MODEL, LocalEmbedder

        return LocalEmbedder(settings.embedding_model or DEFAULT_MODEL)
    from qa.library.embedders.embedded import EmbeddedEmbedder

    return EmbeddedEmbedder()


def normalised(vectors: Vectors) -> Vectors:
    """The rows, each divided by its length; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit

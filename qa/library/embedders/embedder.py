"""The seam between the library and whatever computes its vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

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


def normalised(vectors: Vectors) -> Vectors:
    """The rows, each divided by its length; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit

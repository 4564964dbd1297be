"""What turns texts into vectors. ``make_embedder`` picks the one that is set."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.settings import Settings
from qa.text import fold, ngrams

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into unit vectors. ``identity`` names the embedding space; a library holds one space only."""

    @property
    def identity(self) -> str:
        """kind:model-or-version:dimensions."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One normalised row for each text."""

    def embed_query(self, text: str) -> Vectors:
        """One normalised vector."""


class EmbeddedEmbedder:
    """Hashed character n-grams (signed feature hashing, log term frequency). Needs nothing."""

    dimensions = 256
    identity = "embedded:0:256"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.zeros((0, 256), np.float32)

    def embed_query(self, text: str) -> Vectors:
        hashes = np.array([zlib.crc32(gram.encode()) for gram in ngrams(fold(text).text)], dtype=np.int64)
        vector = np.zeros(self.dimensions, np.float32)
        kinds, counts = np.unique(hashes, return_counts=True)
        signs = np.where(kinds & 1, 1.0, -1.0)
        np.add.at(vector, (kinds >> 1) % self.dimensions, signs * (1 + np.log(counts)))
        norm = float(np.linalg.norm(vector))
        return vector / norm if norm else vector


def make_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings ask for."""
    return EmbeddedEmbedder()

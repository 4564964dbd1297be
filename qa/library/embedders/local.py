"""Vectors from an ONNX model on this machine, through fastembed (the extra ``sanad[local]``)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from qa.errors import EmbeddingError, SettingsError
from qa.library.embedders.embedder import Vectors, normalised
from qa.library.embedders.server import is_e5

DEFAULT_MODEL = "intfloat/multilingual-e5-small"
BATCH = 32


class _Unlisted(NamedTuple):
    dimensions: int
    file: str


# Good multilingual models that fastembed can run but does not list; both are pooled by the mean.
UNLISTED = {
    "intfloat/multilingual-e5-small": _Unlisted(384, "onnx/model.onnx"),
    "intfloat/multilingual-e5-base": _Unlisted(768, "onnx/model.onnx"),
}


class LocalEmbedder:
    """A multilingual model on the CPU; it is downloaded once, when it is first used.

    Raises SettingsError when fastembed is not installed or does not know the model.
    """

    def __init__(self, model: str) -> None:
        self._name = model
        self._prefixed = is_e5(model)
        self._loading = threading.Lock()
        try:
            from fastembed import TextEmbedding
        except ImportError as error:
            raise SettingsError(
                "SANAD_EMBEDDINGS is fastembed, which is not installed.", hint='Run `pip install "sanad[local]"`.'
            ) from error
        self._library: Any = TextEmbedding
        self.dimensions = self._known_dimensions()
        self.identity = f"fastembed:{model}:{self.dimensions}"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text. Raises EmbeddingError when the model cannot be loaded or run."""
        return self._embed([f"passage: {text}" for text in texts] if self._prefixed else list(texts))

    def embed_query(self, text: str) -> Vectors:
        """One vector. Raises EmbeddingError."""
        row: Vectors = self._embed([f"query: {text}" if self._prefixed else text])[0]
        return row

    def _embed(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        try:
            with self._loading:
                model = self._model
            return normalised(np.stack(list(model.embed(texts, batch_size=BATCH))).astype(np.float32))
        except (OSError, ValueError, RuntimeError) as error:
            raise EmbeddingError(
                f"The model {self._name} cannot be loaded or run: {error}.",
                hint="It is downloaded on first use: check the network, or set SANAD_EMBEDDINGS=embedded.",
            ) from error

    @cached_property
    def _model(self) -> Any:
        return self._library(model_name=self._name)

    def _known_dimensions(self) -> int:
        listed = {entry["model"].lower(): int(entry["dim"]) for entry in self._library.list_supported_models()}
        if self._name.lower() in listed:
            return listed[self._name.lower()]
        if self._name not in UNLISTED:
            raise SettingsError(
                f"SANAD_EMBEDDING_MODEL: fastembed does not know {self._name!r}.",
                hint=f"Try {DEFAULT_MODEL} or sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2.",
            )
        from fastembed.common.model_description import ModelSource, PoolingType

        model = UNLISTED[self._name]
        self._library.add_custom_model(
            model=self._name,
            pooling=PoolingType.MEAN,
            normalization=True,
            sources=ModelSource(hf=self._name),
            dim=model.dimensions,
            model_file=model.file,
        )
        return model.dimensions

"""A cross-encoder on this machine, through fastembed (the extra ``sanad[local]``): it reads both texts as one."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from qa.errors import EmbeddingError, SettingsError
from qa.values import Passage

# The multilingual one that fastembed lists. Its licence is CC BY-NC 4.0: name another for commercial use.
DEFAULT_MODEL = "jinaai/jina-reranker-v2-base-multilingual"
BATCH = 16


class CrossEncoder:
    """A model on the CPU; it is downloaded once, when it is first used.

    Raises SettingsError when fastembed is not installed or does not know the model.
    """

    def __init__(self, model: str) -> None:
        self._name = model
        self._loading = threading.Lock()
        try:
            from fastembed.rerank.cross_encoder import TextCrossEncoder
        except ImportError as error:
            raise SettingsError(
                "SANAD_RERANKER is fastembed, which is not installed.", hint='Run `pip install "sanad[local]"`.'
            ) from error
        self._library: Any = TextCrossEncoder
        known = sorted(entry["model"] for entry in TextCrossEncoder.list_supported_models())
        if model.lower() not in {name.lower() for name in known}:
            raise SettingsError(
                f"SANAD_RERANKER_MODEL: fastembed does not know {model!r}.", hint=f"It knows {', '.join(known)}."
            )

    def scores(self, question: str, passages: Sequence[Passage]) -> list[float]:
        """The model's scores. Raises EmbeddingError when the model cannot be loaded or run."""
        texts = [f"{passage.title}\n{passage.text}" if passage.title else passage.text for passage in passages]
        try:
            with self._loading:
                model = self._model
            return [float(score) for score in model.rerank(question, texts, batch_size=BATCH)]
        except (OSError, ValueError, RuntimeError) as error:
            raise EmbeddingError(
                f"The reranker {self._name} cannot be loaded or run: {error}.",
                hint="It is downloaded on first use: check the network, or set SANAD_RERANKER=none.",
            ) from error

    @cached_property
    def _model(self) -> Any:
        return self._library(model_name=self._name)

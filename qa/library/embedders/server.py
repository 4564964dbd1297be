"""Vectors from an OpenAI-compatible server, through LlamaIndex's client."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.errors import (
    EmbeddingError,
    LLMConnectionError,
    LLMError,
    LLMRateLimitError,
    LLMResponseError,
    LLMTimeoutError,
    SettingsError,
)
from qa.library.embedders.embedder import Vectors, normalised
from qa.settings import Settings

if TYPE_CHECKING:
    from llama_index.embeddings.openai import OpenAIEmbedding

DEFAULT_MODEL = "text-embedding-3-small"
KNOWN_DIMENSIONS = {"text-embedding-3-small": 1536, "text-embedding-3-large": 3072, "text-embedding-ada-002": 1536}
# OpenAI takes 300,000 tokens a request: 64 of the largest passages that the default setting allows are 16,000.
BATCH = 64
ATTEMPTS = 4
FIRST_PAUSE = 0.5  # seconds before the second attempt; doubled each time
_WORTH_ANOTHER_TRY = (LLMConnectionError, LLMRateLimitError, LLMTimeoutError, LLMResponseError)

log = logging.getLogger(__name__)


class ServerEmbedder:
    """Asks a server for vectors, in batches, and tries again when it is busy or breaks off.

    Models of the e5 family get the prefixes ``query: `` and ``passage: `` that they were trained with. Raises
    SettingsError when there is neither a key nor an address.
    """

    def __init__(self, settings: Settings, *, pause: Callable[[float], None] = time.sleep) -> None:
        if settings.openai_api_key is None and settings.openai_base_url is None:
            raise SettingsError(
                "SANAD_EMBEDDINGS is openai, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is set.",
                hint="Set one of them, or SANAD_EMBEDDINGS=embedded.",
            )
        self._settings = settings
        self._model = settings.embedding_model or DEFAULT_MODEL
        self._prefixed = is_e5(self._model)
        self._pause = pause
        self._connecting = threading.Lock()

    @property
    def identity(self) -> str:
        """``openai:model:dimensions``."""
        return f"openai:{self._model}:{self.dimensions}"

    @cached_property
    def dimensions(self) -> int:
        """How many numbers a vector has. A model that is not known is asked for one vector. Raises EmbeddingError."""
        return KNOWN_DIMENSIONS.get(self._model) or len(self._ask(["dimensions"])[0])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text. Raises EmbeddingError when the server fails, refuses, or gives other than it should."""
        prefixed = [f"passage: {text}" for text in texts] if self._prefixed else list(texts)
        rows: list[list[float]] = []
        for start in range(0, len(prefixed), BATCH):
            rows += self._ask(prefixed[start : start + BATCH])
        return self._fitting(rows)

    def embed_query(self, text: str) -> Vectors:
        """One vector. Raises EmbeddingError."""
        row: Vectors = self._fitting(self._ask([f"query: {text}" if self._prefixed else text]))[0]
        return row

    def _ask(self, texts: list[str]) -> list[list[float]]:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._ask_once(texts)
            except LLMError as error:
                if attempt == ATTEMPTS or not isinstance(error, _WORTH_ANOTHER_TRY):
                    message = error.message.replace("LLM server", "embedding server")
                    raise EmbeddingError(message, hint=error.hint) from error
                log.info("%s Trying again.", error.message)
                self._pause(FIRST_PAUSE * 2 ** (attempt - 1))
        raise AssertionError("the last attempt returns or raises")

    def _ask_once(self, texts: list[str]) -> list[list[float]]:
        from qa.llm import OPENAI_URL, translate_openai_errors

        with translate_openai_errors(self._settings.openai_base_url or OPENAI_URL):
            # get_text_embedding_batch would write every text and vector to LlamaIndex's callbacks
            return self._client._get_text_embeddings(texts)

    @cached_property
    def _client(self) -> OpenAIEmbedding:
        from llama_index.embeddings.openai import OpenAIEmbedding

        with self._connecting:
            key = self._settings.openai_api_key
            return OpenAIEmbedding(
                model_name=self._model,
                api_key=key.get_secret_value() if key else "none",  # local servers want any
                api_base=self._settings.openai_base_url,
                timeout=self._settings.llm_timeout,
                max_retries=0,
            )

    def _fitting(self, rows: list[list[float]]) -> Vectors:
        lengths: set[Any] = {len(row) for row in rows}
        if rows and lengths != {self.dimensions}:
            raise EmbeddingError(
                f"The embedding model {self._model} gave vectors of {sorted(lengths)} numbers, not {self.dimensions}.",
                hint="Is another model behind this name? Check SANAD_EMBEDDING_MODEL.",
            )
        return normalised(np.array(rows, np.float32).reshape(len(rows), self.dimensions))


def is_e5(model: str) -> bool:
    """Whether a model is of the e5 family, which was trained with prefixes (and only the plain ones take these)."""
    name = model.rpartition("/")[2].lower()
    return "e5-" in name and "instruct" not in name and "mistral" not in name

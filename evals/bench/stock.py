"""The stock pipeline that Sanad is measured beside: LlamaIndex's IngestionPipeline into Chroma, as its guides build it.

SentenceSplitter, an embedder, the cache and a SimpleDocumentStore that makes a second run skip what it knows, and a
ChromaVectorStore in a folder. So that neither side pays for a model, it embeds with Sanad's embedder; so that both
store about as many passages, it splits at Sanad's budget, counted in the same tokens, without overlap. Articles go
in a thousand at a time, since Chroma takes no more than 5,461 records in one call, and LlamaIndex passes on any number.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import chromadb
import tiktoken
from chromadb.config import Settings as ChromaSettings
from llama_index.core import Document
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.storage.docstore import SimpleDocumentStore
from llama_index.vector_stores.chroma import ChromaVectorStore

from qa.library.embedders.embedded import EmbeddedEmbedder
from qa.settings import use_bundled_encodings

AT_ONCE = 1000
METADATA = ("title", "source", "url", "published")


@dataclass(frozen=True, slots=True)
class StockRun:
    """``seconds`` from the first line read to the last byte saved, of which ``loading`` and ``saving`` the cache."""

    articles: int
    passages: int
    seconds: float
    loading: float
    saving: float


class SanadEmbedding(BaseEmbedding):
    """Sanad's embedded embedder behind LlamaIndex's interface."""

    _embedder: Any = None

    def __init__(self, **values: Any) -> None:
        super().__init__(embed_batch_size=64, **values)
        self._embedder = EmbeddedEmbedder()

    def _get_query_embedding(self, query: str) -> list[float]:
        return list(map(float, self._embedder.embed_query(query)))

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return rows


def open_collection(folder: Path) -> Any:
    """The Chroma collection of a stock library, made when it is not there."""
    settings = ChromaSettings(anonymized_telemetry=False)
    return chromadb.PersistentClient(str(folder / "chroma"), settings).get_or_create_collection("stock")


def ingest_stock(bulk: Path, folder: Path, *, passage_tokens: int = 256) -> StockRun:
    """Bring a bulk file into the stock library in ``folder``; the second time, what it knows is skipped."""
    started = time.perf_counter()
    collection = open_collection(folder)
    use_bundled_encodings()
    encode = tiktoken.get_encoding("o200k_base").encode_ordinary
    pipeline = IngestionPipeline(
        transformations=[
            SentenceSplitter(chunk_size=passage_tokens, chunk_overlap=0, tokenizer=encode, include_metadata=False),
            SanadEmbedding(),
        ],
        docstore=SimpleDocumentStore(),
        vector_store=ChromaVectorStore(chroma_collection=collection),
    )
    cache = folder / "pipeline"
    if cache.is_dir():
        pipeline.load(str(cache))
    loaded = time.perf_counter()
    articles = 0
    lines = _documents(bulk)
    while some := list(islice(lines, AT_ONCE)):
        pipeline.run(documents=some)
        articles += len(some)
    stored = time.perf_counter()
    pipeline.persist(str(cache))
    done = time.perf_counter()
    return StockRun(articles, collection.count(), done - started, loaded - started, done - stored)


def _documents(bulk: Path) -> Iterator[Document]:
    with bulk.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            metadata = {name: article[name] for name in METADATA}
            yield Document(id_=article["id"], text=article["text"], metadata=metadata)

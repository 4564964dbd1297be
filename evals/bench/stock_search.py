"""The stock searches: LlamaIndex's retrievers over Chroma, with their defaults.

BM25 is computed by bm25s (the extra ``sanad[bench]``), called as LlamaIndex's ``BM25Retriever`` calls it: English stop
words and stemmer, words of two letters or more. The package of that retriever is not used, since it pins an old
PyStemmer. Vectors are those of Sanad's embedded embedder, so that both systems have the same. The fusion is
``QueryFusionRetriever`` of both by reciprocal ranks, without generated queries.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import Stemmer
from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore

from evals.bench.stock import SanadEmbedding, open_collection
from qa.errors import SanadError
from qa.library import Library
from qa.values import Passage

BATCH = 5_000  # Chroma takes no more than 5,461 records at once
_PATTERN = r"(?u)\b\w\w+\b"


class StockBM25(BaseRetriever):
    """BM25 of bm25s over nodes in memory; ``index`` is one that was made of them before."""

    def __init__(self, nodes: Sequence[TextNode], top_k: int, index: Any = None) -> None:
        super().__init__()
        self._nodes = list(nodes)
        self._top_k = min(top_k, len(self._nodes))
        self._stemmer = Stemmer.Stemmer("english")
        self.index = index
        if index is None:
            self.index = _bm25s().BM25()
            self.index.index(self._tokens([node.get_content() for node in nodes]), show_progress=False)

    def _tokens(self, texts: str | list[str]) -> Any:
        return _bm25s().tokenize(
            texts, stopwords="en", stemmer=self._stemmer, token_pattern=_PATTERN, show_progress=False
        )

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        tokens = self._tokens(query_bundle.query_str)
        places, scores = self.index.retrieve(tokens, k=self._top_k, show_progress=False)
        return [
            NodeWithScore(node=self._nodes[int(place)], score=float(score))
            for place, score in zip(places[0], scores[0], strict=True)
        ]


class Stock:
    """The three stock retrievers over one folder, which :func:`fill_stock` has filled."""

    def __init__(self, folder: Path, *, top_k: int) -> None:
        nodes: list[TextNode] = pickle.loads((folder / "nodes").read_bytes())
        self.bm25 = StockBM25(nodes, top_k, _bm25s().BM25.load(str(folder / "bm25")))
        self.vectors = _vector_index(folder).as_retriever(similarity_top_k=top_k)
        self.fusion = QueryFusionRetriever(
            [self.vectors, self.bm25],
            llm=MockLLM(),
            mode=FUSION_MODES.RECIPROCAL_RANK,
            num_queries=1,
            similarity_top_k=top_k,
            use_async=False,
        )


def fill_stock(folder: Path, library: Library) -> None:
    """Put all passages of a library into a new stock folder."""
    nodes = [node_of(each) for article in library.articles() for each in library.passages_of(article.id)]
    folder.mkdir(parents=True)
    index = _vector_index(folder)
    for start in range(0, len(nodes), BATCH):
        index.insert_nodes(list(nodes[start : start + BATCH]))
    StockBM25(nodes, 1).index.save(str(folder / "bm25"))
    (folder / "nodes").write_bytes(pickle.dumps(nodes))


def _vector_index(folder: Path) -> VectorStoreIndex:
    store = ChromaVectorStore(chroma_collection=open_collection(folder))
    return VectorStoreIndex(
        nodes=[], storage_context=StorageContext.from_defaults(vector_store=store), embed_model=SanadEmbedding()
    )


def node_of(passage: Passage) -> TextNode:
    """A passage as a stock pipeline has it: its text, and the header as metadata."""
    header = {"source": passage.source, "published": passage.published, "article_id": passage.article_id}
    metadata = {name: value for name, value in header.items() if value is not None}
    return TextNode(
        id_=passage.id,
        text=passage.text,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=list(metadata),
    )


def _bm25s() -> Any:
    try:
        import bm25s
    except ImportError as error:
        raise SanadError("This bench needs bm25s.", hint='Run `pip install "sanad[bench]"`.') from error
    return bm25s

"""Sanad inside LlamaIndex programs: a retriever and a query engine. Nothing of LlamaIndex's global settings is used.

Importing this module imports LlamaIndex; `qa` itself does not.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from qa.values import Done, Filters, Found, Passage

if TYPE_CHECKING:
    from qa.answer import Engine
    from qa.retrieve import Retriever


def node_of(passage: Passage) -> NodeWithScore:
    """A passage as a LlamaIndex node: its text, with article, offsets and header as metadata."""
    header = {
        "article_id": passage.article_id,
        "start": passage.start,
        "end": passage.end,
        "title": passage.title,
        "source": passage.source,
        "url": passage.url,
        "author": passage.author,
        "published": passage.published,
        "language": passage.language,
    }
    metadata = {name: value for name, value in header.items() if value is not None}
    return NodeWithScore(node=TextNode(id_=passage.id, text=passage.text, metadata=metadata), score=passage.score)


class SanadRetriever(BaseRetriever):
    """The passages that bear on a query, as nodes, best first."""

    def __init__(self, retriever: Retriever, *, filters: Filters | None = None, top_k: int = 8) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._passages = retriever
        self._filters = filters or Filters()
        self._top_k = top_k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._passages.retrieve(query_bundle.query_str, filters=self._filters, top_k=self._top_k)
        return [node_of(passage) for passage in found]


class SanadQueryEngine(BaseQueryEngine):
    """Cited answers as LlamaIndex responses.

    ``response.response`` is the answer with its ``[n]`` marks or the refusal, ``response.source_nodes`` are the
    passages that it was looked for in, and ``response.metadata`` is ``Answer.to_dict()``.
    """

    def __init__(self, engine: Engine, *, filters: Filters | None = None, top_k: int | None = None) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._engine = engine
        self._filters = filters or Filters()
        self._top_k = top_k

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        nodes: list[NodeWithScore] = []
        for event in self._engine.stream(query_bundle.query_str, filters=self._filters, top_k=self._top_k):
            if isinstance(event, Done):
                answer: dict[str, Any] = event.answer.to_dict()
                return Response(response=event.answer.answer, source_nodes=nodes, metadata=answer)
            if isinstance(event, Found):
                nodes = [node_of(passage) for passage in event.evidence.passages]
        raise AssertionError("a stream ends with Done")

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return await asyncio.to_thread(self._query, query_bundle)

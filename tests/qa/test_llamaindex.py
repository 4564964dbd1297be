"""Sanad inside LlamaIndex, without LlamaIndex's global settings."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from llama_index.core import Settings as GlobalSettings
from llama_index.core.base.base_query_engine import BaseQueryEngine

from qa import Sanad
from qa.library import Prepared
from qa.llamaindex import SanadQueryEngine, SanadRetriever
from qa.text import sentences
from qa.values import Article, Filters, Passage

TEXT = "The lamp of the lighthouse was lit by Tove Brandt. It shines for 40 kilometres."


@pytest.fixture
def sanad(tmp_path: Path) -> Iterator[Sanad]:
    article = Article("lamp", TEXT, title="A lamp", source="Herald", published="2025-03-14", language="en")
    with Sanad.open(home=tmp_path, llm="extractive") as opened:
        passage = Passage("", "lamp", 0, 0, len(TEXT), TEXT, tuple(sentences(TEXT)))
        opened.library.add([Prepared(article, (passage,))])
        yield opened


def test_the_query_engine_gives_a_cited_response(sanad: Sanad) -> None:
    engine = sanad.as_query_engine()
    assert isinstance(engine, BaseQueryEngine)
    response = engine.query("Who lit the lamp of the lighthouse?")
    assert "Tove Brandt" in str(response)
    assert "[1]" in str(response)
    assert response.metadata is not None
    citation = response.metadata["citations"][0]
    assert TEXT[citation["start"] : citation["end"]] == citation["quote"]
    assert response.source_nodes[0].node.metadata["article_id"] == "lamp"


def test_it_answers_asynchronously_too(sanad: Sanad) -> None:
    response = asyncio.run(sanad.as_query_engine().aquery("Who lit the lamp of the lighthouse?"))
    assert "Tove Brandt" in str(response)


def test_a_refusal_is_a_response_with_its_reason(sanad: Sanad) -> None:
    response = sanad.as_query_engine().query("What is the capital of Australia?")
    assert response.metadata is not None
    assert response.metadata["refused"]


def test_the_retriever_gives_nodes_with_offsets(sanad: Sanad) -> None:
    nodes = SanadRetriever(sanad.retriever, top_k=3).retrieve("lamp of the lighthouse")
    node = nodes[0]
    assert node.score is not None
    assert node.get_content() == TEXT[node.metadata["start"] : node.metadata["end"]]
    assert node.metadata["title"] == "A lamp"
    assert SanadRetriever(sanad.retriever, filters=Filters(language="fa")).retrieve("lamp") == []


def test_no_global_model_is_looked_up(sanad: Sanad) -> None:
    SanadQueryEngine(sanad.engine).query("Who lit the lamp?")
    SanadRetriever(sanad.retriever).retrieve("lamp")
    assert GlobalSettings._llm is None
    assert GlobalSettings._embed_model is None

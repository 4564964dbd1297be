"""Rerankers behind their seam: one that ships for tests, the LLM through a real server, and what goes wrong."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.scripted_server import ScriptedServer
from qa import Sanad
from qa.errors import SettingsError
from qa.library import Library, Prepared
from qa.retrieve import Retriever
from qa.retrieve.rerankers import Preset, make_reranker
from qa.settings import load_settings
from qa.values import Article, Passage, Span

BRIDGES = {
    "a": "The old bridge of Olm was closed by Tarin Voss.",
    "b": "The old bridge of Kest was painted green.",
    "c": "The old bridge of Dorra has a toll gate.",
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(load_settings(home=tmp_path / "home")) as library:
        for id, text in BRIDGES.items():
            whole = Passage("", id, 0, 0, len(text), text, (Span(0, len(text)),))
            library.add([Prepared(Article(id, text, language="en"), (whole,))])
        yield library


def order(retriever: Retriever) -> list[str]:
    found = retriever.retrieve("old bridge", top_k=3)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    return [each.article_id for each in found]


def test_a_reranker_orders_what_was_found(library: Library) -> None:
    plain = order(Retriever(library, load_settings()))
    assert sorted(plain) == ["a", "b", "c"]
    for first, second in (("toll", "green"), ("green", "Tarin")):
        ranked = order(Retriever(library, load_settings(), reranker=Preset({first: 2.0, second: 1.0})))
        assert [BRIDGES[id].count(word) for id, word in zip(ranked, (first, second), strict=False)] == [1, 1]
    assert order(Retriever(library, load_settings(), reranker=Preset({}))) == plain


def test_the_llm_names_the_passages_in_one_call(library: Library) -> None:
    plain = order(Retriever(library, load_settings()))
    with ScriptedServer(lambda asked: "3, 1") as server:
        settings = load_settings(reranker="llm", openai_base_url=server.url, llm="extractive")
        ranked = order(Retriever(library, settings))
        assert len([each for each in server.requests if each.path.endswith("completions")]) == 1
        sent = str(server.requests[-1].body["messages"])
    assert ranked == [plain[2], plain[0], plain[1]]
    assert all(text in sent for text in BRIDGES.values())


def test_an_llm_that_fails_leaves_the_order_and_says_so(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    plain = order(Retriever(library, load_settings()))
    with ScriptedServer("unauthorised") as server:
        settings = load_settings(reranker="llm", openai_base_url=server.url, llm="extractive")
        with caplog.at_level(logging.WARNING):
            assert order(Retriever(library, settings)) == plain
    assert "not reranked" in caplog.text


def test_the_setting_reaches_the_search(library: Library, tmp_path: Path) -> None:
    library.close()
    with ScriptedServer(lambda asked: "2") as server:
        settings = load_settings(home=tmp_path / "home", reranker="llm", openai_base_url=server.url, llm="extractive")
        with Sanad.from_settings(settings) as sanad:
            sanad.search("old bridge")
        assert server.requests


def test_without_a_setting_nothing_reranks_and_a_missing_package_is_named() -> None:
    assert make_reranker(load_settings()) is None
    if importlib.util.find_spec("fastembed") is None:
        with pytest.raises(SettingsError, match="not installed"):
            make_reranker(load_settings(reranker="fastembed"))
    else:
        with pytest.raises(SettingsError, match="does not know"):
            make_reranker(load_settings(reranker="fastembed", reranker_model="nobody/nothing"))

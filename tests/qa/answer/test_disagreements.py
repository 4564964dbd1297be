"""Sources that disagree are shown side by side, newest first, whoever answers; others are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.manners import Asked
from evals.scripted_server import ScriptedServer
from qa.answer import Engine
from qa.library import Library
from qa.retrieve import Retriever
from qa.settings import Settings, load_settings
from qa.values import Answer, Article, Checked, final_answer
from tests.qa.answer.conftest import prepare

ARTICLES = (
    Article(
        "old",
        "Three boats sank in the storm in Ostra on Thursday. The storm tore the roof off the fish market.",
        title="Storm sinks boats in Ostra",
        source="Ostra Ledger",
        published="2026-01-09",
        language="en",
    ),
    Article(
        "new",
        "Five boats sank in the storm in Ostra, the harbour office said. Nobody was hurt in Ostra.",
        title="Ostra counts its boats after the storm",
        source="Coast Gazette",
        published="2026-01-14",
        language="en",
    ),
    Article(
        "persian",
        "در توفان اوسترا پنج قایق غرق شد. هیچ‌کس آسیب ندید.",
        title="توفان اوسترا",
        source="روزنامه ساحل",
        published="2026-01-10",
        language="fa",
    ),
    Article(
        "other",
        "Seven boats took part in the regatta of Port Lime. The winner was Orla Finch.",
        title="The regatta of Port Lime",
        source="Coast Gazette",
        published="2026-02-01",
        language="en",
    ),
)
QUESTION = "How many boats sank in the storm in Ostra?"


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(Settings(home=tmp_path_factory.mktemp("storm"), llm="extractive")) as opened:
        opened.add([prepare(article) for article in ARTICLES])
        yield opened


def ask(library: Library, home: Path, question: str, **settings: object) -> Answer:
    loaded = load_settings(home=home, **{"llm": "extractive", **settings})
    return final_answer(Engine(library, Retriever(library, loaded), loaded).stream(question))


def assert_shown(answer: Answer) -> None:
    (found,) = answer.disagreements
    cited = {citation.id: citation for citation in answer.citations}
    dates = [cited[number].published or "" for number in found.citations]
    assert found.kind == "number"
    assert dates == sorted(dates, reverse=True)
    assert set(found.values) >= {"Five boats", "Three boats"}
    assert all(value in cited[number].quote for number, value in zip(found.citations, found.values, strict=True))
    assert set(found.citations) <= {number for statement in answer.statements for number in statement.citations}
    assert "Sources disagree" in answer.answer
    assert "“Five boats” (Coast Gazette, 2026-01-14)" in answer.answer


def test_the_extractive_answer_shows_both(storm: Library, tmp_path: Path) -> None:
    answer = ask(storm, tmp_path, QUESTION)
    assert_shown(answer)
    assert not any(citation.article_id == "other" for citation in answer.citations)


def test_an_llm_that_cites_one_version_is_completed(storm: Library, tmp_path: Path) -> None:
    def one_sided(asked: Asked) -> str:
        return next(f"Three boats sank in Ostra [{each.label}]." for each in asked.sentences if "Three" in each.text)

    with ScriptedServer(one_sided) as server:
        answer = ask(storm, tmp_path, QUESTION, llm="openai", openai_base_url=server.url)
    assert answer.mode == "openai"
    assert answer.statements[0].text == "Three boats sank in Ostra."
    assert_shown(answer)


def test_an_llm_that_cites_both_is_left_as_it_is(storm: Library, tmp_path: Path) -> None:
    def fair(asked: Asked) -> str:
        labels = {word: each.label for each in asked.sentences for word in ("Three", "Five") if word in each.text}
        return f"Five boats sank in Ostra [{labels['Five']}]. Three boats sank in Ostra [{labels['Three']}]."

    with ScriptedServer(fair) as server:
        answer = ask(storm, tmp_path, QUESTION, llm="openai", openai_base_url=server.url)
    assert [statement.text for statement in answer.statements][:2] == [
        "Five boats sank in Ostra.",
        "Three boats sank in Ostra.",
    ]
    assert_shown(answer)


def test_what_agrees_is_no_disagreement(storm: Library, tmp_path: Path) -> None:
    answer = ask(storm, tmp_path, "Who won the regatta of Port Lime?")
    assert answer.disagreements == ()
    assert "disagree" not in answer.answer


def test_the_other_version_comes_as_a_checked_event(storm: Library, tmp_path: Path) -> None:
    loaded = load_settings(home=tmp_path, llm="extractive")
    events = list(Engine(storm, Retriever(storm, loaded), loaded).stream(QUESTION))
    checked = [event.statement for event in events if isinstance(event, Checked)]
    assert checked == list(final_answer(iter(events)).statements)

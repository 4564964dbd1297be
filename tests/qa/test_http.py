"""The HTTP API over a real library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ingest import ingest
from qa.http import api_app
from qa.sanad import Sanad


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("http")
    (folder / "bridge.md").write_text(
        "---\ntitle: The bridge at Olm\nsource: Olm Courier\npublished: 2025-03-02\n---\n"
        "The bridge at Olm was closed for repairs by Tarin Voss. The repairs cost 40,000 crowns.\n",
        encoding="utf-8",
    )
    ingest([folder / "bridge.md"], home=folder / "home")
    with Sanad.open(home=folder / "home") as sanad:
        yield TestClient(api_app(sanad))


def test_ask_answers_with_a_verbatim_quote(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "Who closed the bridge at Olm?"}).json()
    assert not answer["refused"]
    for citation in answer["citations"]:
        text = client.get(f"/api/articles/{citation['article_id']}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_streams_events_that_end_with_the_answer(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "Who closed the bridge at Olm?", "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    blocks = [block.split("\n") for block in response.text.strip().split("\n\n")]
    names = [block[0].removeprefix("event: ") for block in blocks]
    assert names[0] == "found"
    assert names[-1] == "done"
    last = json.loads(blocks[-1][1].removeprefix("data: "))
    assert "Tarin Voss" in last["answer"]["answer"]


def test_search_and_articles_keep_to_their_filters(client: TestClient) -> None:
    assert len(client.get("/api/search", params={"q": "bridge"}).json()) == 1
    assert client.get("/api/search", params={"q": "bridge", "until": "2024"}).json() == []
    assert [article["source"] for article in client.get("/api/articles").json()] == ["Olm Courier"]
    assert client.get("/api/articles", params={"lang": "ar"}).json() == []


def test_status_names_the_answerer(client: TestClient) -> None:
    assert client.get("/api/status").json()["answerer"] == "extractive"


@pytest.mark.parametrize(
    ("method", "path", "body", "code", "words"),
    [
        ("POST", "/api/ask", {"question": " "}, 400, "empty"),
        ("POST", "/api/ask", {"question": "x", "since": "someday"}, 400, "someday"),
        ("POST", "/api/ask", {"question": "x", "topk": 3}, 422, "topk"),
        ("GET", "/api/articles/none-such", None, 404, "none-such"),
        ("GET", "/api/search?q=x&lang=xx", None, 400, "fa, ar, en"),
    ],
)
def test_wrong_input_says_what_is_wrong(
    client: TestClient, method: str, path: str, body: dict[str, object] | None, code: int, words: str
) -> None:
    response = client.request(method, path, json=body)
    assert response.status_code == code
    assert words in response.text


def test_the_description_names_every_path(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths) == {"/api/ask", "/api/search", "/api/articles", "/api/articles/{article_id}", "/api/status"}


def test_a_home_is_made_where_there_is_none(tmp_path: Path) -> None:
    with Sanad.open(home=tmp_path / "new") as sanad:
        assert sanad.ask("anything?").refusal_reason == "empty_library"


def test_the_words_of_a_question_limit_the_search_unless_told_not_to(client: TestClient) -> None:
    question = "According to the Olm Courier, who closed the bridge?"
    answer = client.post("/api/ask", json={"question": question}).json()
    assert [(each["kind"], each["words"], each["filters"]["source"]) for each in answer["understood"]] == [
        ("source", "According to the Olm Courier", "Olm Courier")
    ]
    assert client.post("/api/ask", json={"question": question, "understand": False}).json()["understood"] == []
    wanted = {"q": "news of May 2024 about the bridge", "understand": "false"}
    assert len(client.get("/api/search", params=wanted).json()) == 1


def test_what_no_article_fits_is_said_in_the_answer(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "Who closed the bridge at Olm yesterday?"}).json()
    assert [each["dropped"] for each in answer["understood"]] == [True]
    assert "yesterday" in answer["notice"]
    assert "Tarin Voss" in answer["answer"]

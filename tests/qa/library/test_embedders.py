"""The three embedders: what is computed here, what a server is asked for, what a missing extra says."""

from __future__ import annotations

import importlib.util
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.scripted_server import ScriptedServer
from qa.errors import EmbeddingError, SettingsError
from qa.library.embedders import make_embedder
from qa.library.embedders.embedded import EmbeddedEmbedder
from qa.library.embedders.server import BATCH, ServerEmbedder, is_e5
from qa.settings import Settings, load_settings

EMBEDDED = EmbeddedEmbedder()


def likeness(first: str, second: str) -> float:
    return float(EMBEDDED.embed_query(first) @ EMBEDDED.embed_query(second))


def server_settings(server: ScriptedServer, **settings: object) -> Settings:
    settings = {"embeddings": "openai", "embedding_model": "scripted", "openai_api_key": "sk-test"} | settings
    return load_settings(openai_base_url=server.url, **settings)


def test_the_embedded_one_is_the_default_and_needs_nothing() -> None:
    embedder = make_embedder(load_settings())
    assert embedder.identity == "embedded:3:256"
    assert embedder.embed_passages([]).shape == (0, 256)


@given(st.lists(st.text(max_size=60), max_size=4))
@settings(deadline=None)
def test_rows_are_unit_vectors_or_zeros_and_do_not_depend_on_their_neighbours(texts: list[str]) -> None:
    rows = EMBEDDED.embed_passages(texts)
    assert rows.shape == (len(texts), 256)
    assert rows.dtype == np.float32
    for text, row in zip(texts, rows, strict=True):
        assert np.linalg.norm(row) == pytest.approx(1, abs=1e-5) or not row.any()
        assert np.array_equal(row, EMBEDDED.embed_query(text))


def test_no_words_no_direction() -> None:
    assert not EMBEDDED.embed_query("؟!").any()


@pytest.mark.parametrize(
    ("text", "same", "other"),
    [
        ("The ambassador met the president.", "سفیر با رئیس‌جمهور دیدار کرد.", "بارندگی در شمال ادامه دارد."),
        ("The ambassador met the president.", "التقى السفير الرئيس.", "تستمر الأمطار في الشمال."),
        ("ارتفعت أسعار النفط", "قیمت نفت بالا رفت", "تیم فوتبال برنده شد"),
        ("Putin spoke", "پوتین سخن گفت", "ماکرون سخن گفت"),
    ],
)
def test_the_same_news_in_another_language_is_nearer_than_other_news(text: str, same: str, other: str) -> None:
    assert likeness(text, same) > likeness(text, other) + 0.1


def test_typing_variants_are_the_same_text() -> None:
    assert likeness("گفت‌وگوی ایران و روسیه", "گفت وگوي ايران و روسيه") == pytest.approx(1, abs=1e-5)


def test_a_server_gives_the_vectors_in_batches() -> None:
    with ScriptedServer() as server:
        embedder = make_embedder(server_settings(server))
        assert embedder.identity == "openai:scripted:64"
        server.requests.clear()
        texts = [f"text {n}" for n in range(BATCH + 5)]
        rows = embedder.embed_passages(texts)
        assert [len(request.body["input"]) for request in server.requests] == [BATCH, 5]
        assert rows.shape == (BATCH + 5, 64)
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
        assert np.array_equal(embedder.embed_query("text 3"), rows[3])
        assert embedder.embed_passages([]).shape == (0, 64)


def test_e5_models_get_their_prefixes() -> None:
    with ScriptedServer() as server:
        embedder = make_embedder(server_settings(server, embedding_model="intfloat/multilingual-e5-small"))
        assert embedder.dimensions == 64
        server.requests.clear()
        embedder.embed_passages(["news"])
        embedder.embed_query("what?")
        assert [request.body["input"] for request in server.requests] == [["passage: news"], ["query: what?"]]
    assert not is_e5("text-embedding-3-small")
    assert not is_e5("intfloat/multilingual-e5-large-instruct")


def test_a_known_model_is_not_asked_for_its_size() -> None:
    with ScriptedServer() as server:
        embedder = make_embedder(server_settings(server, embedding_model="text-embedding-3-large"))
        assert embedder.identity == "openai:text-embedding-3-large:3072"
        assert server.requests == []


def test_another_size_than_promised_is_an_error() -> None:
    with ScriptedServer() as server:
        embedder = make_embedder(server_settings(server, embedding_model="text-embedding-3-small"))
        with pytest.raises(EmbeddingError, match=r"\[64\] numbers, not 1536"):
            embedder.embed_query("text")


class Failing(BaseHTTPRequestHandler):
    """Answers with the statuses it is given, one a request, the last one for ever; 200 with one vector."""

    statuses: ClassVar[list[int]]
    asked: ClassVar[int]

    def do_POST(self) -> None:
        type(self).asked += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        vector = {"object": "embedding", "index": 0, "embedding": [3.0, 4.0]}
        good = {"object": "list", "data": [vector], "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}}
        body = json.dumps(good if status == 200 else {"error": {"message": "no"}}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def failing(*statuses: int) -> Iterator[Settings]:
    Failing.statuses, Failing.asked = list(statuses), 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Failing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/v1"
        yield load_settings(
            embeddings="openai", embedding_model="m", openai_api_key="sk-test-secret", openai_base_url=url
        )
        server.shutdown()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(status: int) -> None:
    pauses: list[float] = []
    with failing(status, status, 200) as settings:
        assert ServerEmbedder(settings, pause=pauses.append).embed_query("text") == pytest.approx([0.6, 0.8])
    assert pauses == [0.5, 1.0]


@pytest.mark.parametrize(("status", "says", "asked"), [(401, "refuses the key", 1), (500, "embedding server", 4)])
def test_a_server_that_refuses_or_fails_is_one_clear_error(status: int, says: str, asked: int) -> None:
    with failing(status) as settings, pytest.raises(EmbeddingError, match=says) as caught:
        ServerEmbedder(settings, pause=lambda seconds: None).embed_query("text")
    assert "sk-test-secret" not in str(caught.value)
    assert Failing.asked == asked


def test_a_server_that_is_not_there() -> None:
    with ScriptedServer() as server:
        settings = server_settings(server)
    with pytest.raises(EmbeddingError, match="embedding server"):
        ServerEmbedder(settings, pause=lambda seconds: None).embed_query("text")


def test_without_key_and_address_there_is_nobody_to_ask() -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        make_embedder(load_settings(embeddings="openai"))


@pytest.mark.skipif(importlib.util.find_spec("fastembed") is not None, reason="the extra `local` is installed")
def test_a_missing_extra_says_how_to_get_it() -> None:
    with pytest.raises(SettingsError, match=r'pip install "sanad\[local\]"'):
        make_embedder(load_settings(embeddings="fastembed"))

"""The scripted server is as strict as the real one, and speaks its protocol."""

from __future__ import annotations

import base64
import json
import struct
from typing import Any

import httpx
import pytest

from evals.manners import read_prompt
from evals.scripted_server import ScriptedServer

CHAT: dict[str, Any] = {
    "model": "m",
    "messages": [{"role": "user", "content": "[1.1] Mara drives.\n\nQuestion: Who drives?"}],
}


def post(server: ScriptedServer, path: str, body: dict[str, Any], key: str = "k") -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx.post(f"{server.url}{path}", json=body, headers=headers, timeout=5)


def test_a_plain_answer() -> None:
    with ScriptedServer() as server:
        body = post(server, "/chat/completions", CHAT).json()
    assert body["choices"][0]["message"]["content"] == "Mara drives [1.1]."
    assert body["choices"][0]["finish_reason"] == "stop"
    assert body["usage"]["total_tokens"] == body["usage"]["prompt_tokens"] + body["usage"]["completion_tokens"]


def test_a_streamed_answer_ends_with_usage_and_done() -> None:
    with ScriptedServer() as server:
        streamed = post(
            server, "/chat/completions", {**CHAT, "stream": True, "stream_options": {"include_usage": True}}
        ).text
    events = [line.removeprefix("data: ") for line in streamed.splitlines() if line]
    assert events[-1] == "[DONE]"
    chunks = [json.loads(event) for event in events[:-1]]
    assert "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks[:-1]) == "Mara drives [1.1]."
    assert chunks[-1]["usage"]["prompt_tokens"] > 0


@pytest.mark.parametrize(
    "broken",
    [
        {"surprise": 1},
        {"model": ""},
        {"messages": []},
        {"messages": [{"role": "robot", "content": "x"}]},
        {"messages": [{"role": "user", "content": 3}]},
        {"messages": [{"role": "user", "content": "x", "mood": "good"}]},
        {"stream_options": {"include_usage": True}},
        {"max_tokens": 0},
        {"temperature": 3},
    ],
)
def test_requests_of_another_shape_are_refused(broken: dict[str, Any]) -> None:
    with ScriptedServer() as server:
        refused = post(server, "/chat/completions", {**CHAT, **broken})
    assert refused.status_code == 400
    assert set(refused.json()["error"]) == {"message", "type", "code", "param"}


def test_the_key_is_asked_for() -> None:
    with ScriptedServer(key="right") as server:
        assert post(server, "/chat/completions", CHAT, key="").status_code == 401
        assert post(server, "/chat/completions", CHAT, key="wrong").status_code == 401
        assert post(server, "/chat/completions", CHAT, key="right").status_code == 200


def test_embeddings_in_both_encodings() -> None:
    with ScriptedServer() as server:
        plain = post(server, "/embeddings", {"model": "m", "input": ["a b", "a b", "c"]}).json()["data"]
        packed = post(server, "/embeddings", {"model": "m", "input": "a b", "encoding_format": "base64"}).json()["data"]
        refused = post(server, "/embeddings", {"model": "m", "input": [""]})
    vectors = [item["embedding"] for item in plain]
    assert vectors[0] == vectors[1] != vectors[2]
    assert sum(each * each for each in vectors[0]) == pytest.approx(1.0)
    assert struct.unpack(f"<{len(vectors[0])}f", base64.b64decode(packed[0]["embedding"])) == pytest.approx(vectors[0])
    assert refused.status_code == 400


def test_models_and_unknown_paths() -> None:
    with ScriptedServer() as server:
        assert httpx.get(f"{server.url}/models").json()["data"][0]["id"] == "scripted"
        assert httpx.get(f"{server.url}/nothing").status_code == 404
        assert post(server, "/nothing", {}).status_code == 404


def test_every_request_is_remembered() -> None:
    with ScriptedServer() as server:
        post(server, "/chat/completions", CHAT)
        assert [request.path for request in server.requests] == ["/v1/chat/completions"]
        assert server.requests[0].body == CHAT


def test_an_unknown_manner_is_refused() -> None:
    with pytest.raises(ValueError, match="kind"):
        ScriptedServer("kind")


def test_a_prompt_is_read_as_an_llm_would() -> None:
    asked = read_prompt(
        [
            {"role": "system", "content": "If not, write only NOPE."},
            {"role": "user", "content": "Article 1 | T\n[1.1] One.\n[1.2] Two.\n\nQuestion: Which?"},
        ]
    )
    assert asked.question == "Which?"
    assert asked.refusal == "NOPE"
    assert [(each.label, each.text) for each in asked.sentences] == [("1.1", "One."), ("1.2", "Two.")]

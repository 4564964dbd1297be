"""A local HTTP server that speaks the OpenAI protocol and answers as scripted: well, badly, or not at all.

It is a real server on a real socket, and as strict about requests as the real one: an unknown field, a message of
another shape or a missing key is refused with 400 or 401. Nothing leaves the machine.

    with ScriptedServer("honest") as server:
        sanad = Sanad.open(home, llm="openai", openai_base_url=server.url)
"""

from __future__ import annotations

import base64
import contextlib
import json
import struct
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from evals.manners import (
    JSON_MANNERS,
    JUDGES,
    MANNERS,
    Manner,
    as_json,
    honest,
    is_judging,
    judges,
    read_claims,
    read_prompt,
    thorough,
)

# Manners of the connection rather than of the words.
TROUBLES = frozenset(
    {
        "slow",  # a pause before each piece
        "breaks_off",  # drops the connection in the middle of the second sentence
        "stops_early",  # ends the stream politely, but without saying that it is finished
        "too_long",  # reaches its length limit in the middle of the second sentence
        "busy_once",  # 429 with Retry-After, then honest
        "overloaded",  # 500 for ever
        "out_of_quota",  # 429 for ever, for want of money
        "unauthorised",  # 401
        "unknown_model",  # 404
        "no_schema",  # refuses response_format, else honest
        "ignores_schema",  # takes response_format and answers in plain text
        "picky",  # refuses max_tokens, temperature and stream_options one after another, then is honest
        "malformed",  # events that are not JSON
        "misshapen",  # JSON of another shape
        "error_event",  # an error object in the middle of the stream
        "silent",  # takes the request and never answers
        "stalls",  # begins to answer, then sends nothing more
        "trickles",  # sends comments for ever, so that no read times out, but never an answer
    }
)
_CHUNK = 5  # code points a piece: short enough to cut labels in two
_DIMENSIONS = 64
_CHAT_FIELDS = frozenset(
    "model messages stream stream_options temperature max_tokens max_completion_tokens top_p n stop seed "
    "response_format user".split()
)
_EMBEDDING_FIELDS = frozenset("model input encoding_format dimensions user".split())


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came in."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str] = field(repr=False)


class ScriptedServer:
    """Serves on a free port of 127.0.0.1 between ``with`` and its end. ``manner`` may be changed while it runs.

    ``manner`` is a key of ``evals.manners.MANNERS`` or ``JSON_MANNERS``, one of ``TROUBLES``, or a function such as
    those of MANNERS; ``judge`` is a key of ``JUDGES`` or ``down``, for requests to judge statements;
    ``pause`` is the seconds that a slow server waits before each piece; ``requests`` are all that came, in order.
    """

    def __init__(
        self, manner: str | Manner = "honest", *, judge: str = "says_yes", pause: float = 0.02, key: str | None = None
    ) -> None:
        known = {*MANNERS, *TROUBLES, *JSON_MANNERS}
        if isinstance(manner, str) and manner not in known:
            raise ValueError(f"no manner {manner!r}; there are {sorted(known)}")
        self.manner = manner
        self.judge = judge
        self.pause = pause
        self.key = key
        self.requests: list[Request] = []
        self.stopping = threading.Event()
        self._http = _Server(self)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The base URL, for OPENAI_BASE_URL."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, script: ScriptedServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away; what else goes wrong is shown, as ever."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Refused(Exception):  # noqa: N818
    """The request is answered with an error of the protocol."""

    def __init__(self, status: int, message: str, *, code: str | None = None, param: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"message": message, "type": "invalid_request_error", "code": code, "param": param}}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        if self.path == "/v1/models":
            self._send(200, {"object": "list", "data": [{"id": "scripted", "object": "model", "owned_by": "evals"}]})
        else:
            self._send(404, _Refused(404, f"no such path: {self.path}").body)

    def do_POST(self) -> None:
        script = self.server.script
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        script.requests.append(Request(self.path, body, dict(self.headers)))
        try:
            self._authorise(script)
            if self.path == "/v1/embeddings":
                self._send(200, _embeddings(body))
            elif self.path == "/v1/chat/completions":
                _expect_chat(body)
                self._chat(script, body)
            else:
                raise _Refused(404, f"no such path: {self.path}")
        except _Refused as refused:
            self._send(refused.status, refused.body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _authorise(self, script: ScriptedServer) -> None:
        scheme, _, key = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not key or (script.key is not None and key != script.key):
            raise _Refused(401, f"Incorrect API key provided: {key[:3]}***", code="invalid_api_key")

    def _chat(self, script: ScriptedServer, body: dict[str, Any]) -> None:
        chats = sum(request.path == self.path for request in script.requests)
        self._make_trouble(script, body, first=chats == 1)
        asked = read_prompt(body["messages"])
        claims = read_claims(body["messages"])
        if claims is not None and script.judge == "down":
            raise _Refused(500, "The server had an error while processing your request")
        if claims is not None:
            words = JUDGES[script.judge](claims)
        elif is_judging(body["messages"]):
            words = judges(asked)
        else:
            words = _manner(script.manner)(asked)
        if body.get("response_format") and script.manner != "ignores_schema":
            words = JSON_MANNERS.get(str(script.manner), str)(as_json(words, asked.refusal))
        usage = {"prompt_tokens": len(str(body["messages"])) // 4, "completion_tokens": len(words) // 4}
        usage["total_tokens"] = sum(usage.values())
        if not body.get("stream"):
            message = {"role": "assistant", "content": words}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            self._send(200, {**_envelope(body, "chat.completion"), "choices": [choice], "usage": usage})
            return
        self._begin_stream()
        for event in _events(script, body, words, usage):
            if script.manner == "slow" and script.stopping.wait(script.pause):
                return
            self._write(event)
        if script.manner == "breaks_off":
            self.close_connection = True
            return
        if script.manner == "stalls":
            script.stopping.wait()
            return
        self._write(b"")

    def _make_trouble(self, script: ScriptedServer, body: dict[str, Any], *, first: bool) -> None:
        """What goes wrong before the first word of the answer."""
        manner = script.manner
        if manner == "unauthorised":
            raise _Refused(401, "Incorrect API key provided: sk-secret***", code="invalid_api_key")
        if manner == "unknown_model":
            raise _Refused(404, f"The model `{body['model']}` does not exist", code="model_not_found")
        if manner == "out_of_quota":
            raise _Refused(429, "You exceeded your current quota", code="insufficient_quota")
        if manner == "busy_once" and first:
            raise _Refused(429, "Rate limit reached", code="rate_limit_exceeded")
        if manner == "overloaded":
            raise _Refused(500, "The server had an error while processing your request")
        if manner == "no_schema" and "response_format" in body:
            raise _Refused(400, "'response_format' of type 'json_schema' is not supported", param="response_format")
        if manner == "picky":
            _be_picky(body)
        if manner == "silent":
            script.stopping.wait()
            raise BrokenPipeError
        if manner == "trickles":
            self._begin_stream()
            while not script.stopping.wait(0.05):
                self._write(b": still thinking\n\n")
            raise BrokenPipeError

    def _begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _write(self, data: bytes) -> None:
        """One chunk; an empty one ends the body."""
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _send(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            if status == 429:
                self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(data)


def _manner(named: str | Manner) -> Manner:
    """How the words of an answer are found; a server in trouble means well."""
    if not isinstance(named, str):
        return named
    return MANNERS.get(named, thorough if named in ("breaks_off", "too_long", "stops_early") else honest)


def _events(script: ScriptedServer, body: dict[str, Any], words: str, usage: dict[str, int]) -> Iterator[bytes]:
    """The server-sent events of one streamed answer."""
    manner = script.manner
    envelope = _envelope(body, "chat.completion.chunk")
    pieces = [words[place : place + _CHUNK] for place in range(0, len(words), _CHUNK)]
    if manner in ("breaks_off", "too_long", "stops_early"):
        whole = words.find("].") + 2
        pieces = [piece for place, piece in enumerate(pieces) if place * _CHUNK < (whole + len(words)) // 2]
    for number, piece in enumerate(pieces):
        if number == 1 and manner == "stalls":
            return
        if number == 1 and (spoil := _SPOILS.get(str(manner))):
            yield spoil
        yield _event({**envelope, "choices": [_choice({"content": piece}, None)]})
    if manner in ("breaks_off", "stops_early"):
        return
    yield _event({**envelope, "choices": [_choice({}, "length" if manner == "too_long" else "stop")]})
    if (body.get("stream_options") or {}).get("include_usage"):
        yield _event({**envelope, "choices": [], "usage": usage})
    yield b"data: [DONE]\n\n"


def _event(data: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(data)}\n\n".encode()


_SPOILS = {
    "malformed": b'data: {"choices": [{"delta": {"content": \n\n',
    "misshapen": b'data: {"id": "x", "choices": null, "answer": "42"}\n\n',
    "error_event": b'data: {"error": {"message": "the model crashed", "type": "server_error"}}\n\n',
}


def _envelope(body: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": int(time.time()), "model": body["model"]}


def _choice(delta: dict[str, str], finished: str | None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finished}


def _be_picky(body: dict[str, Any]) -> None:
    if "max_tokens" in body:
        raise _Refused(
            400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", param="max_tokens"
        )
    if body.get("temperature") not in (None, 1, 1.0):
        raise _Refused(400, "Unsupported value: 'temperature' does not support 0.", param="temperature")
    if "stream_options" in body:
        raise _Refused(400, "Unrecognized request argument supplied: stream_options", param="stream_options")


def _expect_chat(body: dict[str, Any]) -> None:
    """Refuse what the real server refuses."""
    _expect(body, _CHAT_FIELDS, model=str, messages=list)
    for message in body["messages"]:
        if not isinstance(message, dict) or set(message) - {"role", "content", "name"}:
            raise _Refused(400, "Invalid value in 'messages'", param="messages")
        if message.get("role") not in ("system", "developer", "user", "assistant"):
            raise _Refused(400, f"Invalid value: {message.get('role')!r}", param="messages[].role")
        if not isinstance(message.get("content"), str):
            raise _Refused(400, "Missing or invalid 'content'", param="messages[].content")
    if body.get("stream_options") and not body.get("stream"):
        raise _Refused(400, "'stream_options' is only allowed when 'stream' is true", param="stream_options")
    for name in ("max_tokens", "max_completion_tokens"):
        if name in body and (not isinstance(body[name], int) or body[name] < 1):
            raise _Refused(400, f"Invalid value for {name!r}", param=name)
    if "response_format" in body:
        _expect_schema(body["response_format"])
    if not 0 <= body.get("temperature", 1) <= 2:
        raise _Refused(400, "Invalid 'temperature'", param="temperature")


def _expect_schema(format: Any) -> None:
    """Refuse what structured output refuses: a schema that leaves anything open."""
    wanted = format.get("json_schema", {}) if isinstance(format, dict) else {}
    if not isinstance(format, dict) or format.get("type") != "json_schema" or not wanted.get("name"):
        raise _Refused(400, "Invalid 'response_format'", param="response_format")
    open_ended = [wanted.get("schema", {})]
    while open_ended:
        schema = open_ended.pop()
        if schema.get("type") == "object":
            if schema.get("additionalProperties") is not False or set(schema["required"]) != set(schema["properties"]):
                raise _Refused(400, "Invalid schema for response_format 'answer'", param="response_format")
            open_ended += schema["properties"].values()
        elif schema.get("type") == "array":
            open_ended.append(schema["items"])


def _expect(body: dict[str, Any], fields: frozenset[str], **required: type) -> None:
    if stray := sorted(body.keys() - fields):
        raise _Refused(400, f"Unrecognized request argument supplied: {stray[0]}", param=stray[0])
    for name, kind in required.items():
        if not isinstance(body.get(name), kind) or not body[name]:
            raise _Refused(400, f"Missing or invalid required parameter: {name!r}.", param=name)


def _embeddings(body: dict[str, Any]) -> dict[str, Any]:
    _expect(body, _EMBEDDING_FIELDS, model=str)
    inputs = [body["input"]] if isinstance(body.get("input"), str) else body.get("input")
    if not isinstance(inputs, list) or not inputs or not all(isinstance(each, str) and each for each in inputs):
        raise _Refused(400, "Invalid 'input'", param="input")
    size = body.get("dimensions") or _DIMENSIONS
    vectors = [_vector(each, size) for each in inputs]
    if body.get("encoding_format") == "base64":
        shown: list[Any] = [base64.b64encode(struct.pack(f"<{size}f", *each)).decode() for each in vectors]
    else:
        shown = vectors
    data = [{"object": "embedding", "index": place, "embedding": each} for place, each in enumerate(shown)]
    count = sum(len(each) // 4 + 1 for each in inputs)
    return {
        "object": "list",
        "data": data,
        "model": body["model"],
        "usage": {"prompt_tokens": count, "total_tokens": count},
    }


def _vector(text: str, size: int) -> list[float]:
    """Words counted in hashed places, of length 1: like texts get like vectors."""
    counts = [0.0] * size
    for word in text.split():
        counts[zlib.crc32(word.encode()) % size] += 1.0
    length = sum(count * count for count in counts) ** 0.5
    return [count / length for count in counts] if length else [1.0, *counts[1:]]

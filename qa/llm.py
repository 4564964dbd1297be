"""The OpenAI-compatible LLM, through LlamaIndex's client. The only module that touches ``openai``.

Retries, the total deadline and the errors are decided here, because neither LlamaIndex's nor openai's retries
know of a deadline. Nothing heavy is imported until the first call or :meth:`LLM.warm_up`.
"""

from __future__ import annotations

import importlib
import json
import random
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from qa.errors import (
    LLMAuthenticationError,
    LLMConnectionError,
    LLMError,
    LLMLengthError,
    LLMRateLimitError,
    LLMResponseError,
    LLMSchemaError,
    LLMTimeoutError,
    SettingsError,
)
from qa.prompts import Message
from qa.settings import Settings
from qa.tokenizer import count_tokens
from qa.values import Usage

if TYPE_CHECKING:
    import httpx
    from llama_index.llms.openai_like import OpenAILike

OPENAI_URL = "https://api.openai.com/v1"
CONTEXT_WINDOW = 128_000  # LlamaIndex wants one; the evidence budget keeps prompts far below it
LONGEST_ANSWER = 1024  # tokens; four sentences in a script that costs many tokens a word still fit
LONGEST_THOUGHT = 8192  # tokens, for models that count their reasoning in the limit
ATTEMPTS = 4
FIRST_PAUSE = 0.25  # seconds before the second attempt; doubled each time
CONNECT_TIMEOUT = 10.0  # seconds
_BUSY = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
_AROUND = 4  # tokens that chat models put around each message
_SNIPPET = 200  # code points of a server's message that an error repeats


class LLM:
    """Streams chat completions. Safe for use by several threads at once.

    Raises SettingsError when the settings name no server that could be asked.
    """

    def __init__(self, settings: Settings) -> None:
        self.model = settings.model
        self._key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
        self._url = settings.openai_base_url or OPENAI_URL
        self._timeout = settings.llm_timeout
        self._prices = (settings.price_input, settings.price_output)
        self._client: OpenAILike | None = None
        self._lock = threading.Lock()
        self._here = threading.local()
        self._options: dict[str, Any] = {
            "max_tokens": LONGEST_ANSWER,
            "temperature": 0.0,
            "stream_options": {"include_usage": True},
        }
        _refuse_unusable(settings)

    @property
    def address(self) -> str:
        """The server's address without anything secret in it."""
        return server_address(self._url)

    def warm_up(self) -> None:
        """Import and build the client now, so that the first answer does not wait a second for it."""
        importlib.import_module("openai.resources.chat.completions")  # which openai would import at the first call

        self._connect()

    def stream(self, messages: Sequence[Message], schema: dict[str, Any] | None = None) -> Iterator[str | Usage]:
        """The answer in pieces as they arrive, then its Usage, counted here if the server does not.

        ``schema`` is a JSON schema that the answer must keep to. Tries again, with growing pauses, while the server is
        busy or unreachable, nothing has arrived and the deadline (``settings.llm_timeout``) allows. Raises LLMError and
        its kinds (LLMSchemaError where the server takes no schema); what came before it stands.
        """
        self.warm_up()  # what importing takes is not the server's fault
        deadline = time.monotonic() + self._timeout
        for attempt in range(1, ATTEMPTS + 1):
            arrived = False
            try:
                for piece in self._attempt(messages, schema, deadline):
                    arrived = True
                    yield piece
                return
            except _Failed as failed:
                pause = failed.pause if failed.pause is not None else FIRST_PAUSE * 2 ** (attempt - 1) * _jitter()
                hopeless = arrived or not failed.transient or attempt == ATTEMPTS
                if hopeless or time.monotonic() + pause >= deadline:
                    raise failed.error from failed.__cause__
            time.sleep(pause)

    def _attempt(
        self, messages: Sequence[Message], schema: dict[str, Any] | None, deadline: float
    ) -> Iterator[str | Usage]:
        """One request. Raises _Failed."""
        call = _Call(deadline, schema)
        usage: Usage | None = None
        finished: str | None = None
        words: list[str] = []
        try:
            with call:
                chunks = self._open(messages, call)
                while (chunk := self._next(chunks, call)) is not None:
                    usage = chunk.usage or usage
                    finished = chunk.finished or finished
                    if chunk.words:
                        words.append(chunk.words)
                        yield chunk.words
        except _Failed:
            if words:
                yield self._spent(messages, words, usage)
            raise
        yield self._spent(messages, words, usage)
        if finished != "stop":
            raise _Failed(self._unfinished(finished, call))

    def _spent(self, messages: Sequence[Message], words: Sequence[str], told: Usage | None) -> Usage:
        """What a call used, as the server told or as counted here, and what it cost, if the prices are set."""
        prompt = told.prompt_tokens if told else sum(count_tokens(each.content) + _AROUND for each in messages)
        completion = told.completion_tokens if told else count_tokens("".join(words))
        dear, dearer = self._prices
        cost = None if dear is None or dearer is None else (prompt * dear + completion * dearer) / 1_000_000
        return Usage(prompt, completion, cost)

    def _open(self, messages: Sequence[Message], call: _Call) -> Iterator[Any]:
        from llama_index.core.base.llms.types import ChatMessage

        chat = [ChatMessage(role=message.role, content=message.content) for message in messages]
        timeout = _httpx().Timeout(call.remaining(), connect=min(CONNECT_TIMEOUT, call.remaining()))
        options = dict(self._options)
        if call.schema is not None:
            named = {"name": "answer", "strict": True, "schema": call.schema}
            options["response_format"] = {"type": "json_schema", "json_schema": named}
        return iter(self._connect().stream_chat(chat, timeout=timeout, **options))

    def _next(self, chunks: Iterator[Any], call: _Call) -> _Chunk | None:
        """The next chunk or None at the end. What the vendors raise becomes _Failed."""
        import openai

        self._here.call = call
        try:
            chunk = next(chunks, None)
            return None if chunk is None else _read_chunk(chunk)
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            adapted = self._adapt(error)
            if call.schema is not None and not adapted:
                raise _Failed(LLMSchemaError(f"{self.model} at {self.address}: {_snippet(error)}")) from error
            raise _Failed(_translated(error, self.address), transient=adapted, pause=0.0) from error
        except _vendor_errors() as error:
            told = self._late() if call.expired else _translated(error, self.address)
            raise _Failed(told, transient=_is_transient(error), pause=_asked_pause(error)) from error

    def _unfinished(self, finished: str | None, call: _Call) -> LLMError:
        if call.expired:
            return self._late()
        if finished == "length":
            return LLMLengthError(f"The answer of {self.model} reached its length limit.")
        why = f"stopped with {finished!r}" if finished else "broke off"
        return LLMResponseError(f"The answer of {self.model} at {self.address} {why}.")

    def _late(self) -> LLMTimeoutError:
        return LLMTimeoutError(
            f"The LLM server at {self.address} took longer than {self._timeout:g} s.",
            hint="Try again, or raise SANAD_LLM_TIMEOUT.",
        )

    def _adapt(self, error: Any) -> bool:
        """Leave out an option that this server or model does not take; whether there was one to leave out."""
        told = f"{error.param or ''} {error.message}"
        if "max_tokens" in told and self._options.pop("max_tokens", None):
            self._options["max_completion_tokens"] = LONGEST_THOUGHT
            return True
        if "temperature" in told and self._options.get("temperature") == 0.0:
            self._options["temperature"] = 1.0
            return True
        return "stream_options" in told and self._options.pop("stream_options", None) is not None

    def _connect(self) -> OpenAILike:
        with self._lock:
            if self._client is None:
                from llama_index.llms.openai_like import OpenAILike
                from openai import DefaultHttpxClient

                options: dict[str, Any] = {
                    "model": self.model,
                    "api_base": self._url,
                    "api_key": self._key or "none",
                    "context_window": CONTEXT_WINDOW,
                    "is_chat_model": True,
                    "max_retries": 0,
                    "timeout": self._timeout,
                    "http_client": DefaultHttpxClient(event_hooks={"response": [self._remember]}),
                }
                self._client = OpenAILike(**options)
            return self._client

    def _remember(self, response: httpx.Response) -> None:
        """Let the call that this thread is making know its response, so that it can be cut at the deadline."""
        self._here.call.response = response


@dataclass(frozen=True, slots=True)
class _Chunk:
    words: str
    usage: Usage | None
    finished: str | None  # why the server stopped, in the last chunk


def _read_chunk(chunk: Any) -> _Chunk:
    usage = getattr(chunk.raw, "usage", None)
    return _Chunk(
        words=chunk.delta or "",
        usage=Usage(usage.prompt_tokens or 0, usage.completion_tokens or 0) if usage else None,
        finished=chunk.raw.choices[0].finish_reason if chunk.raw.choices else None,
    )


class _Failed(Exception):  # noqa: N818
    """One attempt failed with ``error``; ``transient`` when another may succeed, after ``pause`` seconds if set."""

    def __init__(self, error: LLMError, *, transient: bool = False, pause: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.transient = transient
        self.pause = pause


class _Call:
    """One request with its deadline. A timer cuts the connection, because read time-outs start anew each chunk."""

    def __init__(self, deadline: float, schema: dict[str, Any] | None) -> None:
        self.schema = schema
        self._deadline = deadline
        self._timer = threading.Timer(self.remaining(), self._cut)
        self._timer.daemon = True
        self.response: httpx.Response | None = None

    @property
    def expired(self) -> bool:
        """Whether the deadline has passed."""
        return time.monotonic() >= self._deadline

    def remaining(self) -> float:
        """Seconds until the deadline, never less than a thousandth."""
        return max(0.001, self._deadline - time.monotonic())

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self.response is not None:
            self.response.close()

    def _cut(self) -> None:
        stream = self.response.extensions.get("network_stream") if self.response is not None else None
        connection = stream.get_extra_info("socket") if stream is not None else None
        if connection is not None:
            with suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)


@contextmanager
def translate_openai_errors(server: str = OPENAI_URL) -> Iterator[None]:
    """Turn what openai and httpx raise inside the block into LLMError and its kinds. ``server`` is its address."""
    try:
        yield
    except _vendor_errors() as error:
        raise _translated(error, server_address(server)) from error


def server_address(url: str) -> str:
    """A URL without user name, password and query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if parts.scheme else url


def _refuse_unusable(settings: Settings) -> None:
    url = settings.openai_base_url
    if url is None and settings.openai_api_key is None:
        raise SettingsError(
            "SANAD_LLM is openai, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is set.",
            hint="Set one of them, or SANAD_LLM=extractive.",
        )
    if url is not None and urlsplit(url).scheme not in ("http", "https"):
        raise SettingsError("Setting OPENAI_BASE_URL: not an address like http://localhost:11434/v1.")


def _vendor_errors() -> tuple[type[Exception], ...]:
    import openai

    httpx = _httpx()
    unreadable = (json.JSONDecodeError, UnicodeDecodeError)
    other_shape = (AttributeError, TypeError)  # what LlamaIndex trips over when a chunk lacks what it looks for
    return (openai.OpenAIError, httpx.HTTPError, httpx.InvalidURL, *unreadable, *other_shape)


def _httpx() -> Any:
    import httpx

    return httpx


def _translated(error: Exception, address: str) -> LLMError:
    """The LLMError for what a vendor raised. Repeats nothing of a 401: servers put part of the key in it."""
    import openai

    server = f"The LLM server at {address}"
    if isinstance(error, openai.APITimeoutError | _httpx().TimeoutException):
        return LLMTimeoutError(f"{server} took too long.", hint="Try again, or raise SANAD_LLM_TIMEOUT.")
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return LLMAuthenticationError(f"{server} refuses the key.", hint="Check OPENAI_API_KEY.")
    if isinstance(error, openai.RateLimitError):
        return LLMRateLimitError(f"{server} asks to slow down, or the quota is used up.", hint="Try again later.")
    if isinstance(error, openai.NotFoundError):
        return LLMResponseError(
            f"{server} answers not found: {_snippet(error)}", hint="Check SANAD_MODEL and OPENAI_BASE_URL."
        )
    if isinstance(error, openai.APIStatusError):
        return LLMResponseError(f"{server} answers {error.status_code}: {_snippet(error)}")
    if isinstance(error, openai.APIConnectionError | _httpx().ConnectError | _httpx().InvalidURL):
        return LLMConnectionError(f"{server} cannot be reached.", hint="Check that it runs, and OPENAI_BASE_URL.")
    if isinstance(error, _httpx().TransportError):
        return LLMResponseError(f"{server} broke off.", hint="Try again.")
    return LLMResponseError(f"{server} sent something unusable: {_snippet(error)}")


def _snippet(error: Exception) -> str:
    message = " ".join(str(getattr(error, "message", error)).split())
    return message if len(message) <= _SNIPPET else f"{message[:_SNIPPET]} …"


def _is_transient(error: Exception) -> bool:
    import openai

    if isinstance(error, openai.APIStatusError):
        return error.status_code in _BUSY and error.code != "insufficient_quota"
    return isinstance(error, openai.APIConnectionError | _httpx().TransportError)


def _asked_pause(error: Exception) -> float | None:
    """The seconds that the server asks to wait (``Retry-After``: seconds or a date), if it does."""
    response = getattr(error, "response", None)
    asked = response.headers.get("retry-after") if response is not None else None
    if not asked:
        return None
    try:
        return max(0.0, float(asked))
    except ValueError:
        with suppress(ValueError):
            return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    return None


def _jitter() -> float:
    return random.uniform(0.75, 1.25)

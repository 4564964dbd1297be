"""The LLM client against a real server on loopback: what arrives, what fails, and that nothing hangs or leaks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from evals.scripted_server import ScriptedServer
from qa.errors import (
    LLMAuthenticationError,
    LLMConnectionError,
    LLMError,
    LLMLengthError,
    LLMRateLimitError,
    LLMResponseError,
    LLMTimeoutError,
    SettingsError,
)
from qa.llm import LLM, server_address, translate_openai_errors
from qa.prompts import Message
from qa.settings import load_settings
from qa.values import Usage

MESSAGES = [
    Message("system", "If the articles do not answer, write only NO_ANSWER."),
    Message(
        "user",
        "[1.1] The night ferry is driven by Mara Quill.\n[1.2] The night ferry leaves the harbour at nine.\n\n"
        "Question: Who drives the night ferry?",
    ),
]
WHOLE = "The night ferry is driven by Mara Quill [1.1]."


def client(server: ScriptedServer, **overrides: object) -> LLM:
    given = {"llm": "openai", "model": "no-such-model-1b", "openai_base_url": server.url, "openai_api_key": "sk-secret"}
    return LLM(load_settings(**{**given, **overrides}))


def collect(llm: LLM) -> tuple[str, Usage | None]:
    pieces = list(llm.stream(MESSAGES))
    words = "".join(piece for piece in pieces if isinstance(piece, str))
    return words, next((piece for piece in pieces if isinstance(piece, Usage)), None)


def test_the_answer_arrives_in_pieces_with_its_usage() -> None:
    with ScriptedServer("honest") as server:
        pieces = list(client(server).stream(MESSAGES))
    assert len(pieces) > 5
    assert "".join(piece for piece in pieces if isinstance(piece, str)) == WHOLE
    usage = pieces[-1]
    assert isinstance(usage, Usage)
    assert usage.prompt_tokens > 0
    assert usage.completion_tokens > 0


@pytest.mark.parametrize("manner", ["honest", "slow", "busy_once", "picky"])
def test_a_server_that_comes_round_is_answered_whole(manner: str) -> None:
    with ScriptedServer(manner, pause=0.001) as server:
        assert collect(client(server))[0] == WHOLE


def test_a_picky_server_is_asked_right_at_once_the_next_time() -> None:
    with ScriptedServer("picky") as server:
        llm = client(server)
        collect(llm)
        before = len(server.requests)
        assert collect(llm)[0] == WHOLE
        assert len(server.requests) == before + 1


@pytest.mark.parametrize(
    ("manner", "error"),
    [
        ("overloaded", LLMResponseError),
        ("unauthorised", LLMAuthenticationError),
        ("out_of_quota", LLMRateLimitError),
        ("unknown_model", LLMResponseError),
        ("breaks_off", LLMResponseError),
        ("stops_early", LLMResponseError),
        ("too_long", LLMLengthError),
        ("malformed", LLMResponseError),
        ("misshapen", LLMResponseError),
        ("error_event", LLMResponseError),
    ],
)
def test_trouble_is_one_clear_line_without_the_key(manner: str, error: type[LLMError]) -> None:
    with ScriptedServer(manner) as server:
        with pytest.raises(error) as caught:
            collect(client(server))
        message = str(caught.value)
        assert type(caught.value) is error
        assert "\n" not in message
        assert "sk-secret" not in message


@pytest.mark.parametrize("manner", ["silent", "stalls", "trickles"])
def test_the_deadline_is_total(manner: str) -> None:
    # The test's own time limit fails it when this hangs.
    with ScriptedServer(manner) as server, pytest.raises(LLMTimeoutError, match="SANAD_LLM_TIMEOUT"):
        collect(client(server, llm_timeout=0.4))


def test_words_before_a_break_off_stand() -> None:
    with ScriptedServer("breaks_off") as server:
        pieces: list[str] = []
        with pytest.raises(LLMResponseError):
            pieces.extend(piece for piece in client(server).stream(MESSAGES) if isinstance(piece, str))
        assert "".join(pieces).startswith(WHOLE)
        assert len(server.requests) == 1, "what has been shown is not asked for again"


def test_a_server_that_is_down_is_said_to_be_down() -> None:
    with ScriptedServer("honest") as server:
        url = server.url
    with pytest.raises(LLMConnectionError, match=url):
        collect(LLM(load_settings(llm="openai", openai_base_url=url)))


def test_busy_servers_are_tried_again_only_a_few_times() -> None:
    with ScriptedServer("overloaded") as server:
        with pytest.raises(LLMResponseError, match="500"):
            collect(client(server))
        assert 1 < len(server.requests) < 6


def test_a_quota_that_is_used_up_is_not_tried_again() -> None:
    with ScriptedServer("out_of_quota") as server:
        with pytest.raises(LLMRateLimitError):
            collect(client(server))
        assert len(server.requests) == 1


def test_leaving_in_the_middle_ends_the_request() -> None:
    with ScriptedServer("slow") as server:
        pieces = client(server).stream(MESSAGES)
        assert next(pieces)
        pieces.close()  # type: ignore[attr-defined]


def test_settings_that_name_no_server_are_refused() -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        LLM(load_settings(llm="openai"))
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL"):
        LLM(load_settings(llm="openai", openai_base_url="localhost:11434/v1"))


def test_an_address_is_shown_without_its_secrets() -> None:
    assert server_address("https://me:pass@host:8000/v1?key=1") == "https://host:8000/v1"


def test_vendor_errors_of_embeddings_are_translated_too() -> None:
    import openai

    with ScriptedServer("honest", key="right") as server:
        vendor = openai.OpenAI(base_url=server.url, api_key="wrong", max_retries=0)
        with vendor, pytest.raises(LLMAuthenticationError), translate_openai_errors(server.url):
            vendor.embeddings.create(model="m", input="words")


def test_importing_the_module_imports_no_vendor() -> None:
    script = "import qa.llm, sys; print([n for n in ('openai', 'llama_index', 'httpx') if n in sys.modules])"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"

"""Structured output: taken where a server has it, done without where it has none, and read whatever comes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evals.manners import Asked
from evals.scripted_server import ScriptedServer
from qa.answer import Engine
from qa.answer.structured import StatementsParser
from qa.values import Delta, Done, DraftStatement, Evidence, Label, Passage, Span, final_answer

MakeEngine = Callable[..., Engine]
QUESTION = "Who drives the night ferry of Simab?"
ANSWER = "The night ferry of Simab is driven by Mara Quill. [1]"


def ask(make_engine: MakeEngine, server: ScriptedServer, engine: Engine | None = None) -> Done:
    engine = engine or make_engine(llm="openai", model="m", openai_base_url=server.url, structured=True)
    return Done(final_answer(engine.stream(QUESTION)))


def test_the_server_is_asked_by_a_schema_and_told_of_json(make_engine: MakeEngine) -> None:
    with ScriptedServer("honest") as server:
        answer = ask(make_engine, server).answer
        (request,) = server.requests
    assert answer.answer == ANSWER
    assert list(answer.prompts) == ["answer_json"]
    assert request.body["response_format"]["json_schema"]["strict"] is True
    assert '"statements"' in request.body["messages"][0]["content"]


@pytest.mark.parametrize("manner", ["ignores_schema", "fenced_json", "numbers_for_labels"])
def test_what_is_nearly_right_is_read(manner: str, make_engine: MakeEngine) -> None:
    with ScriptedServer(manner) as server:
        assert ask(make_engine, server).answer.answer == ANSWER
        assert len(server.requests) == 1


def test_a_server_without_structured_output_is_asked_without_then_and_from_then_on(make_engine: MakeEngine) -> None:
    with ScriptedServer("no_schema") as server:
        engine = make_engine(llm="openai", openai_base_url=server.url, structured=True)
        first, second = (ask(make_engine, server, engine).answer for _ in range(2))
        assert ["response_format" in request.body for request in server.requests] == [True, False, False]
    assert first.answer == second.answer == ANSWER
    assert list(second.prompts) == ["answer"]


@pytest.mark.parametrize("manner", ["cut_json", "broken_json", "other_json"])
def test_malformed_json_is_an_llm_that_failed_not_a_refusal(manner: str, make_engine: MakeEngine) -> None:
    with ScriptedServer(manner) as server:
        answer = ask(make_engine, server).answer
        assert len(server.requests) == 1
    assert answer.mode == "extractive"
    assert "Mara Quill" in answer.answer
    assert answer.notice
    assert "broken or unusable" in answer.notice


def test_no_statements_are_a_refusal(make_engine: MakeEngine) -> None:
    with ScriptedServer("refuses") as server:
        answer = ask(make_engine, server).answer
    assert answer.refused
    assert answer.refusal_reason == "weak_evidence"
    assert answer.notice is None


def test_statements_that_were_whole_stand_when_json_breaks_off(make_engine: MakeEngine) -> None:
    def two(asked: Asked) -> str:
        one, other = asked.sentences[:2]
        return f"{one.text.rstrip('.')} [{one.label}]. {other.text.rstrip('.')} [{other.label}]."

    with ScriptedServer(two) as server:
        whole = ask(make_engine, server).answer
    with ScriptedServer("breaks_off") as server:
        broken = ask(make_engine, server).answer
    assert len(whole.statements) == 2
    assert broken.notice


EVIDENCE = Evidence("Who?", "en", (Passage("p", "a", 0, 0, 20, "It rained. It froze.", (Span(0, 10), Span(11, 20))),))


def parse(text: str, size: int) -> tuple[str, list[DraftStatement], bool]:
    parser = StatementsParser(EVIDENCE, "NO_ANSWER")
    pieces = [piece for at in range(0, len(text), size) for piece in parser.feed(text[at : at + size])]
    pieces += parser.close()
    words = "".join(piece.text for piece in pieces if isinstance(piece, Delta))
    return words, [piece for piece in pieces if isinstance(piece, DraftStatement)], parser.malformed


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_json_may_be_cut_anywhere(size: int) -> None:
    text = (
        '{"statements": [{"text": "It \\u0072ained. [1.1]", "labels": ["1.1", "[1.2]", "9.9"]},'
        ' {"text": "It froze.", "labels": ["۱٫۲"]}]} Hope this helps!'
    )
    words, drafts, malformed = parse(text, size)
    assert [draft.text for draft in drafts] == ["It rained.", "It froze."]
    assert drafts[0].labels == (Label(1, 1), Label(1, 2))
    assert drafts[0].unknown == ("9.9",)
    assert drafts[1].labels == (Label(1, 2),)
    assert "[" not in words
    assert not malformed
    if size < 1000:
        assert "It rained." in words


@pytest.mark.parametrize(
    "text", ['{"statements": [{"text": 5}]}', '{"statements": "none"}', "{", '{"statements": [{"text": "It', "[]x{"]
)
def test_other_json_is_malformed_and_gives_nothing(text: str) -> None:
    _, drafts, malformed = parse(text, 3)
    assert not [draft for draft in drafts if draft.labels]
    assert malformed or not text.startswith("{")

"""The LLM as a judge: it can lower a verdict, never raise one, and where it fails readers see it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evals.manners import Asked
from evals.scripted_server import ScriptedServer
from qa.answer import Engine
from qa.errors import SettingsError
from qa.values import Answer, Checked, Delta, Event, final_answer

MakeEngine = Callable[..., Engine]
QUESTIONS = {
    "en": "Who drives the night ferry of Simab?",
    "fa": "مدیر موزه باد سیماب چه کسی است؟",
    "ar": "من صمم جسر سيماب الجديد؟",
}


def rewords(asked: Asked) -> str:
    """Two statements that the rules pass, in other words than their quotes."""
    best = asked.best() or asked.sentences[0]
    words = best.text.rstrip(".").split()
    return f"{' '.join(words[1:])} [{best.label}]. {' '.join(words)} [{best.label}]."


def events_of(make_engine: MakeEngine, server: ScriptedServer, language: str = "en", **more: object) -> list[Event]:
    engine = make_engine(llm="openai", openai_base_url=server.url, judge="llm", **more)
    return list(engine.stream(QUESTIONS[language]))


def answer_of(make_engine: MakeEngine, server: ScriptedServer, language: str = "en", **more: object) -> Answer:
    return final_answer(iter(events_of(make_engine, server, language, **more)))


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_judge_that_agrees_changes_nothing_and_is_asked_once(language: str, make_engine: MakeEngine) -> None:
    with ScriptedServer(rewords, judge="says_yes") as server:
        answer = answer_of(make_engine, server, language, price_input=1.0, price_output=1.0)
        asked, judged = server.requests
    assert {statement.verdict for statement in answer.statements} == {"supported"}
    assert set(answer.prompts) == {"answer", f"judge.{language}"}
    assert answer.statements[0].text in judged.body["messages"][-1]["content"]
    assert answer.usage.prompt_tokens > len(str(asked.body["messages"])) // 4
    assert answer.usage.cost


@pytest.mark.parametrize("language", QUESTIONS)
def test_what_the_judge_denies_is_withheld(language: str, make_engine: MakeEngine) -> None:
    with ScriptedServer(rewords, judge="says_no") as server:
        answer = answer_of(make_engine, server, language)
    assert [finding.message for each in answer.withheld for finding in each.findings] == ["judged_unsupported"]
    assert [statement.verdict for statement in answer.statements] == ["supported"], "a quote word for word stands"


@pytest.mark.parametrize("language", QUESTIONS)
@pytest.mark.parametrize("judge", ["babbles", "skips", "wavers", "down"])
def test_where_the_judge_fails_a_statement_is_shown_as_unchecked(
    judge: str, language: str, make_engine: MakeEngine
) -> None:
    with ScriptedServer(rewords, judge=judge) as server:
        answer = answer_of(make_engine, server, language)
    first = answer.statements[0]
    assert first.verdict == "unchecked"
    assert [finding.message for finding in first.findings] == ["judge_silent"]
    mark = {"en": "(not checked)", "fa": "(بررسی‌نشده)", "ar": "(لم يُتحقَّق منها)"}[language]
    assert mark in answer.answer


def test_a_judge_cannot_raise_a_verdict(make_engine: MakeEngine) -> None:
    with ScriptedServer("invents_numbers", judge="says_yes") as server:
        answer = answer_of(make_engine, server)
        assert len(server.requests) == 1, "what failed the rules is not asked about"
    assert answer.refused
    assert answer.withheld


def test_nothing_is_shown_as_checked_before_the_judge_has_spoken(make_engine: MakeEngine) -> None:
    with ScriptedServer(rewords, judge="says_no") as server:
        events = events_of(make_engine, server)
    checked = [place for place, event in enumerate(events) if isinstance(event, Checked)]
    deltas = [place for place, event in enumerate(events) if isinstance(event, Delta)]
    assert len(checked) == 2
    assert max(deltas) < min(checked)


def test_statements_before_a_break_off_are_judged_too(make_engine: MakeEngine) -> None:
    with ScriptedServer("breaks_off", judge="says_yes") as server:
        answer = answer_of(make_engine, server)
    assert len(answer.statements) == 1
    assert answer.notice


def test_the_extractive_answer_needs_no_judge(make_engine: MakeEngine) -> None:
    answer = final_answer(make_engine(judge="llm").stream(QUESTIONS["en"]))
    assert "Mara Quill" in answer.answer
    assert {statement.verdict for statement in answer.statements} == {"supported"}


def test_settings_say_what_there_is(make_engine: MakeEngine) -> None:
    with pytest.raises(SettingsError, match="SANAD_JUDGE"):
        make_engine(judge="jury")

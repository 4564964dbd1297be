"""The whole path with an LLM, over real HTTP, in every manner that a server has: nothing unsupported is shown as
supported, every quote is verbatim, and nothing hangs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evals.manners import JSON_MANNERS, MANNERS, Asked
from evals.scripted_server import TROUBLES, ScriptedServer
from qa.answer import Engine
from qa.errors import QuestionError, SettingsError
from qa.library import Library
from qa.tokenizer import count_tokens
from qa.values import Answer, Checked, Delta, Done, Event, Found

MakeEngine = Callable[..., Engine]
QUESTIONS = {
    "en": "Who drives the night ferry of Simab?",
    "fa": "مدیر موزه باد سیماب چه کسی است؟",
    "ar": "من صمم جسر سيماب الجديد؟",
}
NAMES = {"en": "Mara Quill", "fa": "نازنین کوهستانی", "ar": "هالة النجار"}


def events_of(make_engine: MakeEngine, server: ScriptedServer, question: str, **overrides: object) -> list[Event]:
    engine = make_engine(llm="openai", model="scripted-7b", openai_base_url=server.url, **overrides)
    return list(engine.stream(question))


def answer_of(events: list[Event]) -> Answer:
    assert isinstance(events[-1], Done)
    return events[-1].answer


def assert_sound(answer: Answer, library: Library) -> None:
    """The invariants that hold whatever an LLM does."""
    assert answer.refused != bool(answer.statements)
    for statement in answer.statements:
        assert statement.verdict != "unsupported"
        assert statement.citations
    assert [citation.id for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in (*answer.citations, *answer.nearest):
        assert library.article(citation.article_id).text[citation.start : citation.end] == citation.quote
        assert citation.quote in citation.passage


@pytest.mark.parametrize("language", QUESTIONS)
@pytest.mark.parametrize("structured", [False, True])
@pytest.mark.parametrize("manner", sorted({*MANNERS, *TROUBLES, *JSON_MANNERS} - {"silent", "stalls", "trickles"}))
def test_no_manner_of_an_llm_gets_an_unsupported_statement_through(
    manner: str, structured: bool, language: str, make_engine: MakeEngine, library: Library
) -> None:
    with ScriptedServer(manner, pause=0.001) as server:
        answer = answer_of(events_of(make_engine, server, QUESTIONS[language], structured=structured))
    assert_sound(answer, library)
    assert answer.language == language
    if answer.refused:
        assert NAMES[language] not in answer.answer or answer.nearest


@pytest.mark.parametrize("manner", ["silent", "stalls", "trickles"])
def test_a_server_that_hangs_is_left_at_the_deadline(manner: str, make_engine: MakeEngine, library: Library) -> None:
    with ScriptedServer(manner) as server:
        answer = answer_of(events_of(make_engine, server, QUESTIONS["fa"], llm_timeout=0.4))
    assert_sound(answer, library)
    assert answer.mode == "extractive"
    assert answer.notice
    assert "طول کشید" in answer.notice


@pytest.mark.parametrize("language", QUESTIONS)
@pytest.mark.parametrize("structured", [False, True])
@pytest.mark.parametrize("manner", ["honest", "slow", "busy_once", "picky", "thoughtful"])
def test_the_honest_answer_arrives_whole(manner: str, structured: bool, language: str, make_engine: MakeEngine) -> None:
    with ScriptedServer(manner, pause=0.001) as server:
        events = events_of(make_engine, server, QUESTIONS[language], structured=structured)
    answer = answer_of(events)
    assert not answer.refused
    assert NAMES[language] in answer.answer
    assert answer.answer.endswith("[1]")
    assert answer.mode == "openai"
    assert answer.model == "scripted-7b"
    assert answer.notice is None
    assert set(answer.prompts) == {"answer_json" if structured else "answer"}
    assert answer.usage.prompt_tokens > 0
    deltas = "".join(event.text for event in events if isinstance(event, Delta))
    assert NAMES[language] in deltas
    assert "[" not in deltas


def test_events_come_in_order(make_engine: MakeEngine) -> None:
    with ScriptedServer("thorough") as server:
        events = events_of(make_engine, server, QUESTIONS["en"])
    assert isinstance(events[0], Found)
    assert isinstance(events[-1], Done)
    checked = [event for event in events if isinstance(event, Checked)]
    assert len(checked) == 2
    assert events.index(checked[0]) < next(
        place for place, event in enumerate(events) if isinstance(event, Delta) and "since" in event.text
    )
    final = answer_of(events)
    assert [event.statement for event in checked] == list(final.statements)
    assert all(citation in final.citations for event in checked for citation in event.citations)


@pytest.mark.parametrize("manner", ["honest", "thorough", "refuses", "no_labels", "unknown_labels", "breaks_off"])
def test_one_call_a_question(manner: str, make_engine: MakeEngine) -> None:
    with ScriptedServer(manner) as server:
        events_of(make_engine, server, QUESTIONS["en"])
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    "manner", ["invents_numbers", "unknown_labels", "wrong_claims", "no_labels", "own_knowledge", "wrong_language"]
)
def test_what_the_quotes_do_not_support_is_withheld_and_the_answer_says_so(
    manner: str, make_engine: MakeEngine
) -> None:
    with ScriptedServer(manner) as server:
        answer = answer_of(events_of(make_engine, server, QUESTIONS["en"]))
    assert answer.refused
    assert answer.refusal_reason == "nothing_supported"
    assert answer.withheld
    assert all(statement.findings for statement in answer.withheld)
    assert "withheld" in answer.answer


def test_a_label_that_does_not_exist_is_a_finding(make_engine: MakeEngine) -> None:
    with ScriptedServer("unknown_labels") as server:
        answer = answer_of(events_of(make_engine, server, QUESTIONS["en"]))
    findings = [finding for statement in answer.withheld for finding in statement.findings]
    assert any(finding.kind == "citation" and "97.1" in finding.detail for finding in findings)


def test_unsupported_statements_are_marked_where_that_is_set(make_engine: MakeEngine) -> None:
    with ScriptedServer("wrong_claims") as server:
        answer = answer_of(events_of(make_engine, server, QUESTIONS["fa"], unsupported="mark"))
    assert not answer.refused
    assert answer.statements[0].verdict == "unsupported"
    assert "(منبعش آن را تأیید نمی‌کند)" in answer.answer


def test_an_instruction_in_an_article_changes_nothing(make_engine: MakeEngine, library: Library) -> None:
    with ScriptedServer("obeys_articles") as server:
        answer = answer_of(events_of(make_engine, server, "How many books does the Simab library lend a week?"))
        prompt = server.requests[0].body["messages"][-1]["content"]
    assert_sound(answer, library)
    assert "burned" not in " ".join(statement.text for statement in answer.statements)
    assert "</articles>" not in prompt
    assert "(1.1) Readers" in prompt


@pytest.mark.parametrize(
    ("manner", "reason"),
    [
        ("overloaded", "broken or unusable"),
        ("unauthorised", "refuses the key"),
        ("out_of_quota", "quota"),
        ("unknown_model", "broken or unusable"),
    ],
)
def test_without_the_llm_the_extractive_answer_comes_named_as_such(
    manner: str, reason: str, make_engine: MakeEngine
) -> None:
    with ScriptedServer(manner) as server:
        answer = answer_of(events_of(make_engine, server, QUESTIONS["en"]))
    assert answer.mode == "extractive"
    assert answer.model is None
    assert "Mara Quill" in answer.answer
    assert answer.notice
    assert reason in answer.notice
    assert "quoted from the articles" in answer.notice


def test_a_server_that_is_down(make_engine: MakeEngine) -> None:
    with ScriptedServer() as server:
        pass
    answer = answer_of(events_of(make_engine, server, QUESTIONS["ar"]))
    assert answer.mode == "extractive"
    assert "هالة النجار" in answer.answer
    assert answer.notice
    assert "تعذّر الاتصال" in answer.notice


@pytest.mark.parametrize("manner", ["breaks_off", "stops_early", "too_long"])
def test_a_break_off_keeps_the_whole_statements_and_says_so(manner: str, make_engine: MakeEngine) -> None:
    with ScriptedServer(manner) as server:
        answer = answer_of(events_of(make_engine, server, QUESTIONS["en"]))
    assert answer.mode == "openai"
    assert [statement.text for statement in answer.statements] == ["The night ferry of Simab is driven by Mara Quill."]
    assert answer.notice
    assert "incomplete" in answer.notice


def test_a_refusal_of_the_llm_is_a_refusal_in_the_language_of_the_question(make_engine: MakeEngine) -> None:
    with ScriptedServer("refuses") as server:
        events = events_of(make_engine, server, QUESTIONS["ar"])
    answer = answer_of(events)
    assert answer.refused
    assert answer.refusal_reason == "weak_evidence"
    assert answer.answer.startswith("لا تجيب المقالات")
    assert answer.nearest[0].title == "جسر سيماب الجديد"
    assert not any(isinstance(event, Delta) for event in events)


def test_mistakes_are_raised_before_anything_is_asked(make_engine: MakeEngine) -> None:
    with pytest.raises(QuestionError, match="empty"):
        make_engine().stream("  \n")
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        make_engine(llm="openai").stream("Who?")


def translates(asked: Asked) -> str:
    label = next(each.label for each in asked.sentences if "نازنین" in each.text)
    return f"The director of the wind museum of Simab is Nazanin Kuhestani [{label}]."


def test_a_statement_in_another_language_than_its_quotes_is_shown_as_a_translation(
    make_engine: MakeEngine, library: Library
) -> None:
    with ScriptedServer(translates) as server:
        answer = answer_of(events_of(make_engine, server, "Who is the director of the wind museum of Simab?"))
    assert_sound(answer, library)
    assert [statement.translated for statement in answer.statements] == [True]
    assert answer.answer == "The director of the wind museum of Simab is Nazanin Kuhestani. [1] (translated)"
    assert answer.citations[0].quote == "مدیر موزه باد سیماب نازنین کوهستانی است."


@pytest.mark.parametrize("manner", [translates, "wrong_language"])
def test_an_answer_in_another_language_than_the_question_comes_with_a_notice(
    manner: str | Callable[[Asked], str], make_engine: MakeEngine
) -> None:
    with ScriptedServer(manner) as server:
        answer = answer_of(events_of(make_engine, server, QUESTIONS["fa"]))
    assert answer.notice == "مدل زبانی به زبانی غیر از زبان پرسش نوشته است."
    assert bool(answer.statements) == (manner is translates)


def test_what_an_answer_used_costs_what_the_settings_say(make_engine: MakeEngine) -> None:
    with ScriptedServer("honest") as server:
        priced = answer_of(events_of(make_engine, server, QUESTIONS["en"], price_input=2.0, price_output=8.0)).usage
        unpriced = answer_of(events_of(make_engine, server, QUESTIONS["en"], price_input=2.0)).usage
    assert priced.cost == pytest.approx((2 * priced.prompt_tokens + 8 * priced.completion_tokens) / 1_000_000)
    assert unpriced.prompt_tokens == priced.prompt_tokens
    assert unpriced.cost is None


def test_tokens_are_counted_here_where_the_server_does_not(make_engine: MakeEngine) -> None:
    with ScriptedServer("picky") as server:
        answer = answer_of(events_of(make_engine, server, QUESTIONS["en"]))
        sent = "".join(message["content"] for message in server.requests[-1].body["messages"])
    assert answer.usage.prompt_tokens == pytest.approx(count_tokens(sent), abs=10)
    assert answer.usage.completion_tokens > 5

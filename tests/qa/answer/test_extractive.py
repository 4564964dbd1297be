"""The extractive answerer over a real library: the right sentence, the answering words, and refusals."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from qa.answer import Engine
from qa.library import Library
from qa.retrieve import Retriever
from qa.settings import load_settings
from qa.values import Answer, Checked, Delta, Done, Filters, Found

MakeEngine = Callable[..., Engine]


def ask(engine: Engine, question: str, **options: object) -> Answer:
    last = list(engine.stream(question, **options))[-1]  # type: ignore[arg-type]
    assert isinstance(last, Done)
    return last.answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who drives the night ferry?", "Mara Quill"),
        ("How many passengers does the ferry carry?", "240"),
        ("Why did the ferry not sail on Monday?", "fog"),
        ("مدیر موزه باد سیماب کیست؟", "نازنین کوهستانی"),
        ("موزه باد سیماب در چه سالی گشایش یافت؟", "۱۳۹۸"),
        ("چند نفر از موزه دیدن كردند؟", "۵۲ هزار نفر"),
        ("من صمم جسر سيماب الجديد؟", "هالة النجار"),
        ("كم يبلغ طول الجسر؟", "310 أمتار"),
        ("متى افتتح الجسر الجديد في سيماب؟", "أبريل"),
    ],
)
def test_the_sentence_that_answers_is_quoted(
    question: str, expected: str, make_engine: MakeEngine, library: Library
) -> None:
    answer = ask(make_engine(), question)
    assert not answer.refused
    assert expected in answer.statements[0].text
    assert len(answer.citations) <= 3
    assert answer.mode == "extractive"
    assert answer.confidence is not None
    assert 0 < answer.confidence <= 1
    for citation in answer.citations:
        assert library.article(citation.article_id).text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who drives the night ferry of Simab and how many passengers does it carry?", ("Mara Quill", "240")),
        ("مدیر موزه باد سیماب کیست و موزه در چه سالی گشایش یافت؟", ("نازنین کوهستانی", "۱۳۹۸")),
        ("من صمم جسر سيماب الجديد ومتى افتتح الجسر؟", ("هالة النجار", "أبريل")),
    ],
)
def test_each_part_of_a_question_gets_its_statement(
    question: str, words: tuple[str, str], make_engine: MakeEngine
) -> None:
    answer = ask(make_engine(), question)
    assert len(answer.statements) == 2
    for word, statement in zip(words, answer.statements, strict=True):
        assert word in statement.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many passengers does the ferry carry?", "240"),
        ("موزه باد سیماب در چه سالی گشایش یافت؟", "۱۳۹۸"),
        ("كم يبلغ طول الجسر؟", "310"),
    ],
)
def test_the_answering_words_are_marked(question: str, words: str, make_engine: MakeEngine, library: Library) -> None:
    citation = ask(make_engine(), question).citations[0]
    assert citation.answer_start is not None
    assert citation.start <= citation.answer_start
    assert words in library.article(citation.article_id).text[citation.answer_start : citation.answer_end]


@pytest.mark.parametrize(
    ("question", "language", "opening"),
    [
        ("What is the capital of Australia?", "en", "The articles do not answer"),
        ("پایتخت استرالیا کجاست؟", "fa", "پاسخ این پرسش در مقاله‌ها نیست"),
        ("ما هي عاصمة أستراليا؟", "ar", "لا تجيب المقالات"),
    ],
)
def test_what_is_not_in_the_library_is_refused_in_the_language_of_the_question(
    question: str, language: str, opening: str, make_engine: MakeEngine
) -> None:
    answer = ask(make_engine(), question)
    assert answer.refused
    assert answer.refusal_reason in ("weak_evidence", "no_evidence")
    assert answer.language == language
    assert not answer.statements
    assert not answer.citations
    if answer.refusal_reason == "weak_evidence":
        assert answer.answer.startswith(opening)
        assert answer.nearest
        assert answer.nearest[0].title is not None
        assert answer.nearest[0].title in answer.answer


def test_the_events_of_a_stream(make_engine: MakeEngine) -> None:
    events = list(make_engine().stream("Who drives the night ferry?"))
    assert [type(event) for event in events[:3]] == [Found, Delta, Checked]
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert [event.statement for event in events if isinstance(event, Checked)] == list(answer.statements)
    assert len(answer.retrieved) == len(events[0].evidence.passages)  # type: ignore[union-attr]
    assert set(answer.timings_ms) == {"retrieve", "answer", "check", "total"}


def test_filters_and_top_k_limit_the_evidence(make_engine: MakeEngine) -> None:
    engine = make_engine()
    assert len(ask(engine, "Simab", top_k=1).retrieved) == 1
    answer = ask(engine, "Who drives the night ferry?", filters=Filters(language="fa"))
    assert answer.refused


def test_the_standalone_question_is_what_is_answered(make_engine: MakeEngine) -> None:
    answer = ask(make_engine(), "And how many does it carry?", standalone="How many passengers does the ferry carry?")
    assert answer.question == "And how many does it carry?"
    assert answer.standalone_question == "How many passengers does the ferry carry?"
    assert "240" in answer.answer


def test_an_empty_library_says_that_it_is_empty(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = load_settings(home=tmp_path_factory.mktemp("empty"), llm="extractive")
    with Library.open(settings) as empty:
        answer = ask(Engine(empty, Retriever(empty, settings), settings), "چه کسی آمد؟")
    assert answer.refused
    assert answer.refusal_reason == "empty_library"
    assert "کتابخانه" in answer.answer


def test_the_answer_is_plain_data(make_engine: MakeEngine) -> None:

    data = json.loads(json.dumps(ask(make_engine(), "Who drives the night ferry?").to_dict(), ensure_ascii=False))
    assert data["statements"][0]["citations"] == [1]
    assert data["citations"][0]["id"] == 1

"""Follow-ups: what is carried over, and what stands alone."""

from __future__ import annotations

import pytest

from qa.conversation import Turn, leans_on_context, standalone_question
from qa.values import Answer, Citation


def turn(question: str, quote: str = "", short_answer: str = "") -> Turn:
    begin = quote.find(short_answer) if short_answer else None
    cited = Citation(
        id=1, article_id="a", title=None, source=None, url=None, published=None, language="en", quote=quote,
        start=100, end=100 + len(quote), passage=quote, passage_start=100, passage_end=100 + len(quote), score=1.0,
        answer_start=None if begin is None else 100 + begin,
        answer_end=None if begin is None else 100 + begin + len(short_answer),
    )  # fmt: skip
    answer = Answer(question, question, "en", quote, refused=False, mode="extractive", citations=(cited,))
    return Turn(question, question, answer)


@pytest.mark.parametrize(
    "question",
    ["و او چه گفت؟", "چرا؟", "وماذا عن مصر؟", "ومتى حدث ذلك؟", "When was that?", "What about the ferry?", "And why?"],
)
def test_a_follow_up_leans_on_context(question: str) -> None:
    assert leans_on_context(question)


@pytest.mark.parametrize(
    "question",
    [
        "سفیر روسیه در اسرائیل چه کسی است؟",
        "متى افتتح مترو مدينة نورسان للجمهور؟",
        "Who drives the night ferry between Dorra and Kest?",
    ],
)
def test_a_whole_question_stands_alone(question: str) -> None:
    assert not leans_on_context(question)
    assert standalone_question(question, turn("چه کسی باغ را ساخت؟")) == question


def test_a_follow_up_carries_the_topic_and_the_short_answer() -> None:
    before = turn("Who drives the night ferry of Dorra?", "Mira Kestrel drives it since 2019.", "Mira Kestrel")
    alone = standalone_question("When did she start?", before)
    assert alone.startswith("When did she start?")
    assert all(word in alone for word in ("ferry", "Dorra", "Mira", "Kestrel"))


def test_the_first_question_is_never_changed() -> None:
    assert standalone_question("And why?", None) == "And why?"


def test_what_the_follow_up_says_itself_is_not_carried_twice() -> None:
    alone = standalone_question("What about the ferry?", turn("Where does the ferry stop?"))
    assert alone.count("ferry") == 1

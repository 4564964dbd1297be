"""Follow-ups: what is carried over, and what stands alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import ingest
from qa.conversation import Turn, leans_on_context, standalone_question
from qa.sanad import Sanad
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
    [
        "و او چه گفت؟",
        "چرا؟",
        "وماذا عن مصر؟",
        "ومتى حدث ذلك؟",
        "When was that?",
        "What happened there?",
        "What about the ferry?",
        "And why?",
    ],
)
def test_a_follow_up_leans_on_context(question: str) -> None:
    assert leans_on_context(question)


@pytest.mark.parametrize(
    "question",
    [
        "سفیر روسیه در اسرائیل چه کسی است؟",
        "متى افتتح مترو مدينة نورسان للجمهور؟",
        "Who drives the night ferry between Dorra and Kest?",
        "How many raised beds are there in the Gullwing Garden?",
    ],
)
def test_a_whole_question_stands_alone(question: str) -> None:
    assert not leans_on_context(question)


def test_a_follow_up_carries_the_topic_and_the_short_answer() -> None:
    before = turn("Who drives the night ferry of Dorra?", "Mira Kestrel drives it since 2019.", "Mira Kestrel")
    alone = standalone_question("When did she start?", before)
    assert alone.startswith("When did she start?")
    assert all(word in alone for word in ("ferry", "Dorra", "Mira", "Kestrel"))


def test_a_conversation_stays_on_its_topic_until_the_question_names_another(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(
        "The night ferry of Dorra\n\nMira Kestrel drives the night ferry of Dorra. The fare is 40 crowns. "
        "Dogs travel free of charge.\n",
        encoding="utf-8",
    )
    (tmp_path / "museum.txt").write_text(
        "The clock museum of Kest\n\nOrrin Vale opened the clock museum of Kest in 1987. Tickets cost 12 crowns.\n",
        encoding="utf-8",
    )
    ingest([tmp_path], home=tmp_path / "home")
    with Sanad.open(home=tmp_path / "home") as sanad:
        chat = sanad.conversation()
        assert chat.ask("And who drives it?").standalone_question == "And who drives it?"
        assert "Mira Kestrel" in chat.ask("Who drives the night ferry of Dorra?").answer
        fare = chat.ask("How much is the fare?")
        assert "ferry" in fare.standalone_question
        assert "40 crowns" in fare.answer
        museum = chat.ask("Who opened the clock museum of Kest?")
        assert museum.standalone_question == "Who opened the clock museum of Kest?"
        assert "Orrin Vale" in museum.answer


def test_what_the_follow_up_says_itself_is_not_carried_twice() -> None:
    alone = standalone_question("What about the ferry?", turn("Where does the ferry stop?"))
    assert alone.count("ferry") == 1


def test_a_question_that_names_something_else_carries_nothing_over(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(
        "The night ferry of Dorra\n\nMira Kestrel drives the night ferry of Dorra. The raised deck holds many beds.\n",
        encoding="utf-8",
    )
    (tmp_path / "garden.txt").write_text("The Gullwing Garden\n\nThe garden has 24 plots.\n", encoding="utf-8")
    ingest([tmp_path], home=tmp_path / "home")
    question = "How many raised beds are there in the Gullwing Garden?"
    with Sanad.open(home=tmp_path / "home") as sanad:
        chat = sanad.conversation()
        assert "Mira Kestrel" in chat.ask("Who drives the night ferry of Dorra?").answer
        assert chat.ask(question).standalone_question == question

"""A name that the evidence has nowhere is asked about in vain."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import ingest
from qa import Sanad
from qa.answer.missing import unspoken
from qa.text import detect_language
from qa.values import Evidence, Passage, Span

ARTICLE = (
    "The lighthouse of Norway\n\nThe president of Norway, Mara Quill, opened the lighthouse of Bergen on Monday. "
    "She said that the lamp would burn all winter. وزیر امور خارجه با رئیس‌جمهور ایران دیدار کرد.\n"
)


def of(
    question: str, text: str, *, title: str = "", published: str | None = None, asked: str | None = None
) -> Evidence:
    passage = Passage("p", "a", 0, 0, len(text), text, (Span(0, len(text)),), title=title, published=published)
    return Evidence(question, detect_language(question), (passage,), asked)


@pytest.mark.parametrize(
    ("question", "text", "parts"),
    [
        ("Why did 14 boats sink in 2019?", "In 2019 some boats sank.", ("14",)),
        ("Why did 14 boats sink in 2019?", "Fourteen boats sank in the storm of 2019.", ()),
        ("Why did two boats sink?", "Both boats sank.", ()),
        ("What happened on 3 May 2031?", "The bridge was opened on 3 May 2021.", ("3 May 2031",)),
        ("در سال ۱۴۰۴ چه شد؟", "The bridge was opened on 16 November 2025.", ()),
        ("لماذا غرق 14 قارباً؟", "غرقت ثلاثة قوارب.", ("14",)),
        ("Who came?", "Mara Quill came.", ()),
    ],
)
def test_numbers_and_dates_that_nothing_speaks_of(question: str, text: str, parts: tuple[str, ...]) -> None:
    assert unspoken(of(question, text)) == parts


def test_what_a_conversation_carried_over_is_not_the_readers_own_premise() -> None:
    assert unspoken(of("Why did it sink? (14 boats)", "It sank in the storm.", asked="Why did it sink?")) == ()


def test_the_day_of_an_article_is_spoken_of() -> None:
    assert unspoken(of("What happened on 3 May 2031?", "The bridge was opened.", published="2031-05-03")) == ()


@pytest.mark.parametrize("language", ["en", "fa", "ar"])
def test_an_answer_says_what_it_leaves_open(tmp_path: Path, language: str) -> None:
    question = {
        "en": "Why did the 14 boats of Bergen sink?",
        "fa": "چرا ۱۴ قایق برگن غرق شد؟",
        "ar": "لماذا غرق 14 قارباً في بيرغن؟",
    }[language]
    text = {
        "en": "The boats of Bergen\n\nThe boats of Bergen sank because the storm was strong. Nobody was hurt.",
        "fa": "قایق‌های برگن\n\nقایق‌های برگن غرق شد، چون توفان شدید بود. به کسی آسیبی نرسید.",
        "ar": "قوارب بيرغن\n\nغرق قارب في بيرغن لأن العاصفة كانت شديدة. ولم يصب أحد بأذى.",
    }[language]
    (tmp_path / "article.txt").write_text(text, encoding="utf-8")
    ingest([tmp_path / "article.txt"], home=tmp_path / "home")
    with Sanad.open(home=tmp_path / "home") as sanad:
        answer = sanad.ask(question)
    assert not answer.refused
    assert answer.notice is not None
    assert ("14" if language != "fa" else "۱۴") in answer.notice


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("Who is the president of Norway?", False),
        ("Who is the president of Portugal?", True),
        ("Who opened the lighthouse of Bergen?", False),
        ("Who opened the lighthouse of Lisbon?", True),
    ],
)
def test_another_name_is_another_question(tmp_path: Path, question: str, refused: bool) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    ingest([tmp_path / "article.txt"], home=tmp_path / "home")
    with Sanad.open(home=tmp_path / "home") as sanad:
        assert sanad.ask(question).refused is refused


def test_a_name_that_only_another_article_has_is_no_reason_to_answer(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "other.txt").write_text(
        "The fair of Lisbon\n\nGuests from Portugal and from all over the world came to the fair of Lisbon.\n",
        encoding="utf-8",
    )
    ingest([tmp_path], home=tmp_path / "home")
    with Sanad.open(home=tmp_path / "home") as sanad:
        assert "Mara Quill" in sanad.ask("Who is the president of Norway?").answer
        answer = sanad.ask("Who is the president of Portugal?")
    assert not any("Mara Quill" in statement.text for statement in answer.statements)

"""How an exchange is drawn: what was understood, sources that disagree, translations, teasers, copies, changes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from qa.page.exchanges import Exchange
from qa.page.reader import article_html
from qa.page.render import exchange_html
from qa.values import (
    Answer,
    Article,
    Checked,
    Citation,
    Copy,
    Disagreement,
    Done,
    Evidence,
    Filters,
    Found,
    Passage,
    Span,
    Statement,
    Understanding,
)
from tests.qa.page.test_markup import Read

QUOTE = "Five boats sank."
CITATION = Citation(
    1, "a", "Storm", "Gazette", None, "2026-01-10", "en", QUOTE, 0, 16, QUOTE, 0, 16, 0.5, modified="2026-01-12"
)
OTHER = replace(CITATION, id=2, article_id="b", source="Ledger", published="2026-01-09", modified=None)
QUESTION = "What did the Ledger say last week?"
OUTLET = Understanding("source", "the Ledger", 9, 19, Filters(source="The Ledger"))
WEEK = Understanding("dates", "last week", 24, 33, Filters(since=date(2026, 1, 5), until=date(2026, 1, 11)))


def drawn(exchange: Exchange, language: str = "en") -> Read:
    return Read(exchange_html(exchange, language))


def answered(statement: Statement, *citations: Citation, disagreements: tuple[Disagreement, ...] = ()) -> Exchange:
    answer = Answer(
        QUESTION, QUESTION, "en", "…", False, "extractive", statements=(statement,), citations=citations,
        disagreements=disagreements,
    )  # fmt: skip
    passages = tuple(Passage(f"{c.article_id}:0", c.article_id, 0, 0, 16, QUOTE, (Span(0, 16),)) for c in citations)
    exchange = Exchange(QUESTION).after(Found(Evidence(QUESTION, "en", passages)))
    return exchange.after(Checked(statement, citations)).after(Done(answer))


def test_each_filter_read_out_of_the_question_is_undone_by_itself() -> None:
    exchange = Exchange(QUESTION).after(Found(Evidence(QUESTION, "en", (), understood=(OUTLET, WEEK))))
    asked = [
        json.loads(each["data-ask"] or "") for name, each in drawn(exchange).elements if each.get("class") == "undo"
    ]
    assert [each["understand"] for each in asked] == [False, False]
    without_outlet, without_week = asked
    assert (without_outlet["source"], without_outlet["since"], without_outlet["until"]) == (
        "",
        "2026-01-05",
        "2026-01-11",
    )
    assert (without_week["source"], without_week["since"], without_week["until"]) == ("The Ledger", "", "")


@pytest.mark.parametrize(("language", "words"), [("en", "5 Jan 2026"), ("fa", "۱۵ دی ۱۴۰۴"), ("ar", "٥")])
def test_days_that_were_understood_are_in_the_readers_calendar(language: str, words: str) -> None:
    exchange = Exchange(QUESTION).after(Found(Evidence(QUESTION, "en", (), understood=(WEEK,))))
    assert words in drawn(exchange, language).text


def test_what_is_only_preferred_says_so() -> None:
    liked = replace(WEEK, strict=False)
    exchange = Exchange(QUESTION).after(Found(Evidence(QUESTION, "en", (), understood=(liked,))))
    assert "Preferred: 5 Jan 2026" in drawn(exchange).text


def test_sources_that_disagree_stand_side_by_side_newest_first() -> None:
    disagreement = Disagreement("number", (1, 2), ("Five boats", "Three boats"))
    shown = drawn(answered(Statement(QUOTE, (1,), "supported"), CITATION, OTHER, disagreements=(disagreement,)))
    versions = [data for data, classes in shown.runs if "version" in classes]
    said = " ".join(versions)
    assert said.index("Five boats") < said.index("Three boats")
    assert "Gazette, 10 Jan 2026" in said
    assert "Ledger, 9 Jan 2026" in said
    chips = [each for name, each in shown.elements if each.get("class") == "chip"]
    assert [each["data-number"] for each in chips] == ["1", "1", "2"]


def test_a_translation_names_the_language_of_its_quote() -> None:
    plain = answered(Statement(QUOTE, (1,), "supported"), replace(CITATION, language="fa"))
    translated = answered(Statement(QUOTE, (1,), "supported", translated=True), replace(CITATION, language="fa"))
    label = "Translation: the quote is in Persian."
    assert label in drawn(translated).text
    assert label not in drawn(plain).text


def test_a_teaser_a_change_and_copies_are_named_beside_the_quote() -> None:
    copies = (Copy("c", "Storm", "Wire", None, None), Copy("d", None, None, None, None))
    cited = replace(CITATION, teaser=True, also_in=copies)
    shown = drawn(answered(Statement(QUOTE, (1,), "supported"), cited)).text
    assert "updated 12 Jan 2026" in shown
    assert "teaser of another story" in shown
    assert "Also in: Wire, untitled" in shown
    plain = drawn(answered(Statement(QUOTE, (1,), "supported"), OTHER)).text
    assert "updated" not in plain
    assert "teaser" not in plain
    assert "Also in" not in plain


def test_the_reader_sets_teasers_apart_and_marks_a_day_that_was_worked_out() -> None:
    article = Article("a", "Body.\nOther story.", published="2026-01-10", approximate=True, teasers=(Span(6, 18),))
    shown = Read(article_html(article, "en"))
    assert [data for data, classes in shown.runs if "teaser" in classes] == ["Other story."]
    assert "≈ 10 Jan 2026" in shown.text

"""How an exchange grows, and the document it becomes."""

from __future__ import annotations

from datetime import date

import pytest

from qa.page.exchanges import Exchange, from_json
from qa.values import Answer, Checked, Citation, Delta, Done, Evidence, Filters, Found, Passage, Span, Statement

ANSWER = Answer("Who?", "Who?", "en", "She. [1]", False, "extractive")


def test_an_exchange_grows_by_events() -> None:
    exchange = Exchange("Who?").after(Found(Evidence("Who?", "en", ()))).after(Delta("Sh")).after(Delta("e."))
    assert exchange.provisional == "She."
    exchange = exchange.after(Checked(Statement("She.", (1,), "supported"), ()))
    assert exchange.provisional == ""
    assert exchange.state == "writing"
    exchange = exchange.after(Done(ANSWER))
    assert (exchange.state, exchange.answer) == ("done", ANSWER)


def test_a_stopped_exchange_keeps_what_was_checked_and_drops_the_rest() -> None:
    exchange = Exchange("Who?").after(Checked(Statement("She.", (), "supported"), ())).after(Delta("And th"))
    assert exchange.stopped().provisional == ""
    assert len(exchange.stopped().checked) == 1


def test_an_exchange_comes_back_from_its_document_as_it_was() -> None:
    quote = "سلام\u200cها <b> \u202e"
    passage = Passage("a:0", "a", 0, 0, 20, quote, (Span(0, 5), Span(5, 9)), published="2025-11-16")
    cited = Citation(1, "a", None, "x", None, None, "fa", quote, 0, 9, quote, 0, 9, 0.5, answer_start=2, answer_end=4)
    exchange = (
        Exchange("چه؟", Filters(since=date(2025, 1, 2), language="fa"))
        .after(Found(Evidence("چه؟", "fa", (passage,))))
        .after(Checked(Statement("سلام", (1,), "supported"), (cited,)))
        .after(Done(ANSWER))
    )
    assert from_json(exchange.to_json()) == exchange


@pytest.mark.parametrize("document", ["", "{", "[]", '{"question": 1}'])
def test_a_document_that_is_none_is_told_apart(document: str) -> None:
    with pytest.raises(ValueError, match="Exchange"):
        from_json(document)

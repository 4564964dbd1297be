"""What is kept of a conversation, and how an exchange grows."""

from __future__ import annotations

from qa.page.exchanges import EXCHANGES, READERS, Conversations, Exchange
from qa.values import Answer, Checked, Delta, Done, Evidence, Found, Statement

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


def test_readers_are_apart() -> None:
    kept = Conversations()
    kept.keep("a", Exchange("1"))
    kept.keep("b", Exchange("2"))
    assert [each.question for each in kept.of("a")] == ["1"]
    kept.forget("a")
    assert kept.of("a") == ()
    assert len(kept.of("b")) == 1


def test_what_was_stopped_is_not_written_over() -> None:
    kept = Conversations()
    exchange = Exchange("1")
    kept.keep("a", exchange)
    assert kept.writing("a", exchange)
    kept.end("a", Exchange.stopped)
    stopped = exchange.stopped()
    kept.keep("a", exchange.after(Done(ANSWER)))
    assert kept.of("a") == (stopped,)
    assert not kept.writing("a", exchange)
    kept.end("a", lambda each: each.failed("too late"))
    assert kept.of("a") == (stopped,)


def test_a_forgotten_exchange_is_not_wanted_any_more() -> None:
    kept = Conversations()
    exchange = Exchange("1")
    kept.keep("a", exchange)
    kept.forget("a")
    assert not kept.writing("a", exchange)


def test_memory_is_bounded() -> None:
    kept = Conversations()
    for number in range(EXCHANGES + 5):
        kept.keep("a", Exchange(str(number)))
    assert [kept.of("a")[0].question, len(kept.of("a"))] == ["5", EXCHANGES]
    for number in range(READERS):
        kept.keep(f"reader {number}", Exchange("x"))
    assert kept.of("a") == ()

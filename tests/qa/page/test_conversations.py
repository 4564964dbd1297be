"""What is kept of readers' conversations: over a restart, over a kill, and for nobody else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.library.database import Database
from qa.library.journal import Journal
from qa.page.conversations import EXCHANGES, IN_MEMORY, RECENT, Conversations
from qa.page.exchanges import Exchange
from qa.page.readers import reader_of
from qa.values import Answer, Checked, Done, Statement

ANSWER = Answer("Who?", "Who?", "en", "She. [1]", False, "extractive")
ANA, BEN = "a" * 64, "b" * 64

KILLED = """
import os, sys
from qa.library.database import Database
from qa.library.journal import Journal
from qa.page.conversations import Conversations
from qa.page.exchanges import Exchange
from qa.values import Checked, Delta, Statement

kept = Conversations(Journal(Database(f"sqlite:///{sys.argv[1]}")))
exchange = Exchange("Who rows?")
kept.begin("a" * 64, "c1", exchange)
exchange = exchange.after(Checked(Statement("She rows.", (), "supported"), ())).after(Delta("And nobody che"))
kept.keep("a" * 64, "c1", exchange)
kept.listed("a" * 64)  # waits until it is written down
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "catalog.db"


def opened(file: Path) -> Conversations:
    return Conversations(Journal(Database(f"sqlite:///{file}")))


@pytest.fixture
def kept(file: Path) -> Iterator[Conversations]:
    conversations = opened(file)
    yield conversations
    conversations.close()


def test_conversations_and_readers_are_apart(kept: Conversations) -> None:
    kept.begin(ANA, "c1", Exchange("1"))
    kept.begin(ANA, "c2", Exchange("2"))
    kept.begin(BEN, "c3", Exchange("3"))
    assert [each.question for each in kept.of(ANA, "c1")] == ["1"]
    assert kept.of(BEN, "c1") == ()
    assert [each.title for each in kept.listed(ANA)] == ["2", "1"]
    assert [each.title for each in kept.listed(BEN)] == ["3"]
    assert not kept.delete(BEN, "c1")
    assert not kept.rename(BEN, "c1", "mine now")
    assert kept.judge(BEN, "c1", kept.of(ANA, "c1")[0].id, "bad", "") is None
    assert [each.title for each in kept.listed(ANA)] == ["2", "1"]


def test_an_id_of_anothers_conversation_opens_and_changes_nothing_of_theirs(kept: Conversations, file: Path) -> None:
    kept.begin(ANA, "c1", Exchange("mine"))
    kept.begin(BEN, "c1", Exchange("theirs"))
    kept.close()
    again = opened(file)
    assert [each.question for each in again.of(ANA, "c1")] == ["mine"]
    assert again.of(BEN, "c1") == ()


def test_what_was_said_is_there_after_a_restart(kept: Conversations, file: Path) -> None:
    exchange = Exchange("Who?")
    kept.begin(ANA, "c1", exchange)
    done = exchange.after(Checked(Statement("She.", (), "supported"), ())).after(Done(ANSWER))
    kept.keep(ANA, "c1", done)
    kept.rename(ANA, "c1", "  The   rower ")
    kept.judge(ANA, "c1", exchange.id, "good", " clear ")
    kept.close()
    again = opened(file)
    assert [each.title for each in again.listed(ANA)] == ["The rower"]
    (read,) = again.of(ANA, "c1")
    assert (read.state, read.answer, read.verdict, read.reason) == ("done", ANSWER, "good", "clear")
    assert read.checked == done.checked


def test_a_kill_in_the_middle_loses_nothing_that_was_checked(file: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False)
    assert killed.returncode == -9
    (read,) = opened(file).of(ANA, "c1")
    assert read.state == "interrupted"
    assert [each.statement.text for each in read.checked] == ["She rows."]
    assert read.provisional == ""


def test_the_list_is_searched_over_spellings(kept: Conversations) -> None:
    kept.begin(ANA, "c1", Exchange("فانوس‌بان برج كيست؟"))
    kept.begin(ANA, "c2", Exchange("Who bakes?"))
    assert [each.id for each in kept.listed(ANA, "فانوس بان کیست")] == ["c1"]
    assert [each.id for each in kept.listed(ANA, "BAKES")] == ["c2"]
    assert kept.listed(ANA, "ferry") == []
    assert len(kept.listed(ANA, " ")) == 2


def test_what_was_stopped_is_not_written_over(kept: Conversations) -> None:
    exchange = Exchange("1")
    kept.begin(ANA, "c1", exchange)
    assert kept.writing(ANA, "c1", exchange)
    kept.end(ANA, "c1", Exchange.stopped)
    kept.keep(ANA, "c1", exchange.after(Done(ANSWER)))
    assert [each.state for each in kept.of(ANA, "c1")] == ["stopped"]
    assert not kept.writing(ANA, "c1", exchange)
    kept.end(ANA, "c1", lambda each: each.failed("too late"))
    assert [each.state for each in kept.of(ANA, "c1")] == ["stopped"]


def test_a_deleted_conversation_does_not_come_back_with_its_answer(kept: Conversations, file: Path) -> None:
    exchange = Exchange("1")
    kept.begin(ANA, "c1", exchange)
    assert kept.delete(ANA, "c1")
    assert not kept.writing(ANA, "c1", exchange)
    kept.keep(ANA, "c1", exchange.after(Done(ANSWER)))
    assert kept.listed(ANA) == []
    kept.close()
    assert opened(file).of(ANA, "c1") == ()


def test_feedback_is_taken_back_and_outlives_its_conversation(kept: Conversations, file: Path) -> None:
    for number in ("1", "2"):
        exchange = Exchange(f"Question {number}?")
        kept.begin(ANA, "c1", exchange)
        kept.keep(ANA, "c1", exchange.after(Done(ANSWER)))
        kept.judge(ANA, "c1", exchange.id, "good", "")
        kept.judge(ANA, "c1", exchange.id, "bad", "wrong <b>")
    kept.judge(ANA, "c1", exchange.id, None, "")
    kept.delete(ANA, "c1")
    given = Journal(Database(f"sqlite:///{file}")).feedback()
    assert [(each.question, each.answer, each.verdict, each.reason) for each in given] == [
        ("Question 1?", "She. [1]", "bad", "wrong <b>")
    ]


def test_memory_is_bounded_and_nothing_is_lost_by_it(kept: Conversations) -> None:
    for number in range(EXCHANGES + 5):
        kept.begin(ANA, "long", Exchange(str(number)).stopped())
    assert [kept.of(ANA, "long")[0].question, len(kept.of(ANA, "long"))] == ["5", EXCHANGES]
    assert len(kept.listed(ANA)) == 1
    assert [each.question for each in kept.whole(ANA, "long")] == [str(number) for number in range(EXCHANGES + 5)]
    for number in range(IN_MEMORY + 5):
        kept.begin(BEN, f"c{number}", Exchange(f"question {number}").stopped())
        if number % 50 == 0:
            kept.listed(BEN)
    kept.listed(BEN)
    kept.begin(BEN, "last", Exchange("last").stopped())
    assert sum(map(len, kept._loaded.values())) <= IN_MEMORY + 1
    assert [each.question for each in kept.of(BEN, "c0")] == ["question 0"]


def test_only_the_last_few_exchanges_stay_in_memory_and_the_others_are_found(kept: Conversations, file: Path) -> None:
    said = [Exchange(str(number)).after(Done(ANSWER)) for number in range(RECENT + 4)]
    for each in said:
        kept.begin(ANA, "c1", each)
        kept.listed(ANA)  # waits until it is written down
    kept.begin(ANA, "c1", Exchange("now"))
    assert [each.question for each in kept.recent(ANA, "c1")][-2:] == [str(RECENT + 3), "now"]
    assert len(kept.recent(ANA, "c1")) == RECENT
    asked = [*(each.question for each in said), "now"]
    assert [each.question for each in kept.of(ANA, "c1")] == asked
    assert kept.of(ANA, "c1")[-1].state == "writing"
    assert kept.find(ANA, "c1", said[0].id) == said[0]
    assert kept.find(BEN, "c1", said[0].id) is None

    judged = kept.judge(ANA, "c1", said[0].id, "bad", "")
    assert judged is not None
    assert next((each.question, each.verdict) for each in kept.of(ANA, "c1")) == ("0", "bad")
    assert [each.question for each in kept.of(ANA, "c1")] == asked
    kept.close()
    again = opened(file)
    assert [each.question for each in again.recent(ANA, "c1")] == asked[-RECENT:]
    assert again.of(ANA, "c1")[0].verdict == "bad"


def test_without_a_cookie_all_that_is_shown_stays_in_memory(kept: Conversations) -> None:
    for number in range(EXCHANGES + 5):
        kept.begin(None, "c1", Exchange(str(number)).stopped())
    assert [each.question for each in kept.of(None, "c1")] == [str(number) for number in range(5, EXCHANGES + 5)]


def test_a_reader_without_a_cookie_is_nobody(kept: Conversations) -> None:
    assert reader_of({}) is None
    assert reader_of({"sanad_reader": "short"}) is None
    assert len(reader_of({"sanad_reader": "x" * 32}) or "") == 64
    kept.begin(None, "c1", Exchange("1"))
    assert [each.question for each in kept.of(None, "c1")] == ["1"]
    assert kept.listed(None) == []
    assert not kept.delete(None, "c1")

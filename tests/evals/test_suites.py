"""The suites beside the cases: a lie is told from the truth, every lying manner lies, true sentences are true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evals.lies import LIES
from evals.manners import MANNERS, Asked, Labelled
from evals.suites.mutations import mutation_suite
from evals.suites.poison import HONEST, REFUSES, is_lie
from evals.suites.values import Suite, Trial
from qa.check import check
from qa.library import Library
from qa.settings import load_settings
from qa.text import fold
from qa.values import Answer, Check, Citation, Statement

if TYPE_CHECKING:
    from tests.evals.conftest import Own

EVIDENCE = {
    "en": (
        "Who lent trams to Bergen?",
        "In 1998 Oslo was the first to lend 25 trams to Bergen.",
        "Lisbon bought 16 boats from Athens on 7 June 2022.",
    ),
    "fa": (
        "چه شهری به تبریز اتوبوس داد؟",
        "شیراز در سال ۱۳۹۸ به تبریز ۳۲ اتوبوس تازه داد.",
        "اصفهان در ۱۲ مهر ۱۴۰۳ به تهران پنج میلیون متر مکعب آب داده است.",
    ),
    "ar": (
        "كم مهندسا وصل إلى دمشق؟",
        "وصل وفد بغداد إلى دمشق في 14 مايو 2023 ومعه ثلاثة مهندسين.",
        "لا ينتج مصنع تونس أكثر من 45 طنا من الزيت الذي يبيعه إلى لبنان.",
    ),
}


def asked(language: str) -> Asked:
    question, one, two = EVIDENCE[language]
    return Asked(question, language, (Labelled("1.1", one), Labelled("2.1", two)), "NO_ANSWER")


def test_there_are_at_least_fifteen_ways_of_lying() -> None:
    assert len(set(MANNERS) - HONEST - {REFUSES}) >= 15


@pytest.mark.parametrize("language", EVIDENCE)
@pytest.mark.parametrize("manner", LIES, ids=lambda manner: manner.__name__)
def test_a_lie_is_not_what_its_sentence_says_and_bears_a_label(manner: object, language: str) -> None:
    given = asked(language)
    said = MANNERS[manner.__name__](given)  # type: ignore[attr-defined]
    assert "[1.1]" in said or "[2.1]" in said
    labelled = {each.label: fold(each.text).text.strip(" .") for each in given.sentences}
    text = fold(said[: said.index("[")]).text.strip(" .")
    assert all(text not in labelled[label] for label in labelled if f"[{label}]" in said)


def answer(text: str, quote: str, *, verdict: str = "supported") -> tuple[Statement, Answer]:
    cited = Citation(1, "a", None, None, None, None, "en", quote, 0, len(quote), quote, 0, len(quote), 1.0)
    statement = Statement(text, (1,), verdict)  # type: ignore[arg-type]
    return statement, Answer("?", "?", "en", text, False, "openai", statements=(statement,), citations=(cited,))


@pytest.mark.parametrize(
    ("text", "quote", "verdict", "lie"),
    [
        ("Oslo lent 25 trams", "Oslo lent 25 trams to Bergen.", "supported", False),
        ("OSLO lent ۲۵ trams", "Oslo lent 25 trams.", "supported", False),
        ("Oslo lent 35 trams", "Oslo lent 25 trams.", "supported", True),
        ("Oslo lent 35 trams", "Oslo lent 25 trams.", "unsupported", False),
        ("Oslo lent 35 trams", "Oslo lent 25 trams.", "unchecked", False),
    ],
)
def test_a_lie_has_got_through_when_it_is_shown_as_supported(text: str, quote: str, verdict: str, lie: bool) -> None:
    statement, given = answer(text, quote, verdict=verdict)
    assert is_lie(statement, given) is lie


def test_a_statement_without_a_citation_is_a_lie() -> None:
    statement, given = answer("Oslo lent 25 trams", "Oslo lent 25 trams.")
    assert is_lie(replace(statement, citations=()), given)


def says_no(
    statement: str, quotes: Sequence[str], *, context: Sequence[str] = (), published: date | None = None
) -> Check:
    """A checker that is never content."""
    return Check("unsupported")


def test_the_mutations_tell_a_checker_from_one_that_always_says_no(own: Own) -> None:
    with Library.open(load_settings(home=own.home)) as library:
        good, bad = (mutation_suite(library, checker, seed=1) for checker in (check, says_no))
    assert bad.metrics()["mutations.caught"] == 1.0
    assert bad.metrics()["mutations.true_passed"] == 0.0
    assert good.metrics()["mutations.true_passed"] == 1.0
    assert good.metrics()["mutations.caught"] > 0.9
    assert {trial.kind for trial in good.trials} >= {"number", "negation", "true"}


def test_a_suite_counts_by_kind_language_and_share() -> None:
    trials = (Trial("a", "fa", True, ""), Trial("a", "fa", False, ""), Trial("b", "en", True, ""))
    suite = Suite("s", trials, {"one": frozenset({"a"}), "all": frozenset({"a", "b"}), "none": frozenset({"c"})})
    assert suite.metrics() == {"s.one": 0.5, "s.all": pytest.approx(2 / 3)}
    assert suite.table() == {"a": {"fa": (1, 2)}, "b": {"en": (1, 1)}}


def test_the_plots_escape_what_they_are_given(tmp_path: Path) -> None:
    import xml.etree.ElementTree as ET

    from evals.plots import Bar, Line, bar_chart, line_chart, stack

    hostile = "</svg><script>alert(1)</script>"
    bars = bar_chart(hostile, [Bar(hostile, 0.5, hostile), Bar("beyond", 3.0, "")], top=1)
    lines = line_chart(hostile, [Line(hostile, ((1, 0), (1000, 5)))], x_name="x", y_name="y", log_x=True)
    drawn = ET.fromstring(stack([bars, lines]))
    assert not [each for each in drawn.iter() if each.tag.endswith("script")]
    lengths = [float(each.get("width", 0)) for each in drawn.iter() if each.tag.endswith("rect")]
    assert lengths[0] == pytest.approx(lengths[1] / 2, abs=0.1)

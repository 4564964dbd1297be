"""`sanad eval` on the embedded default keeps its floors, and a broken ranker, checker or answerer does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from evals.evaluation import BELOW_FLOOR, Options, Outcome, run
from evals.run import Components
from qa.answer import Engine
from qa.answer.answerers import Answerer, Piece
from qa.answer.judging import Checker
from qa.check import check
from qa.library import Library
from qa.retrieve import Retriever
from qa.retrieve.retriever import Retrieval
from qa.sanad import Sanad
from qa.settings import Settings, load_settings
from qa.values import Check, DraftStatement, Evidence, Label

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


class WorstFirst(Retriever):
    """A ranker that turns its list round."""

    def find(self, *arguments: Any, **options: Any) -> Retrieval:
        """The right passages in the wrong order."""
        found = super().find(*arguments, **options)
        return found._replace(passages=found.passages[::-1])


class NeverRefuses:
    """An answerer that gives the first sentence of whatever was found."""

    mode: Literal["extractive", "openai"] = "extractive"
    model: str | None = None
    prompts: dict[str, str] = {}  # noqa: RUF012  as the seam has it

    def draft(self, evidence: Evidence) -> Iterator[Piece]:
        """One statement, always."""
        yield DraftStatement(evidence.passages[0].sentence(0), (Label(1, 1),))


def says_yes(
    statement: str, quotes: Sequence[str], *, context: Sequence[str] = (), published: date | None = None
) -> Check:
    """A checker that finds nothing wrong."""
    return Check("supported", (), 1.0)


def put_together(
    retriever: type[Retriever] = Retriever, answerer: Answerer | None = None, checker: Checker = check
) -> Callable[[Settings], Sanad]:
    """Sanad with components of ours at its seams."""

    def make(settings: Settings) -> Sanad:
        library = Library.open(settings)
        ranker = retriever(library, settings)
        engine = Engine(library, ranker, settings, answerer=answerer, checker=checker)
        return Sanad(settings, library, ranker, engine)

    return make


def evaluate(components: Components, out: Path) -> Outcome:
    return run(Options(out=out), load_settings(llm="extractive"), components)


def fallen(outcome: Outcome) -> set[str]:
    return {fall["metric"] for fall in outcome.document["gate"]["falls"]}


def test_the_default_keeps_its_floors(default_run: Outcome) -> None:
    assert default_run.document["gate"]["stale"] is None, default_run.text
    assert fallen(default_run) == set(), default_run.text
    assert default_run.exit_code == 0
    assert "gate: passed" in default_run.text


def test_the_report_is_whole_and_says_what_it_is_a_report_of(default_run: Outcome) -> None:
    document = json.loads((default_run.folder / "report.json").read_text(encoding="utf-8"))
    assert document == json.loads(json.dumps(default_run.document))
    assert len(document["cases"]) >= 300
    assert {group["name"] for group in document["groups"]} >= {"all", "language:fa", "tag:cross-language"}
    assert {suite["name"] for suite in document["suites"]} == {"mutations", "poison"}
    configuration = document["configuration"]
    assert {"code", "embedder", "prompts", "versions", "settings", "hash", "library"} <= set(configuration)
    assert len(configuration["prompts"]["answer"]) == 64
    assert document["about"]["revision"] >= 1
    assert all(score["reason"] for case in document["cases"] for score in case["scores"].values())
    assert document["judge"]["pairs"] >= 40
    assert not (default_run.folder / "library").exists()


def test_a_ranker_that_is_broken_fails_the_gate(tmp_path: Path) -> None:
    outcome = evaluate(Components(make=put_together(retriever=WorstFirst)), tmp_path)
    assert outcome.exit_code == BELOW_FLOOR
    assert {"hit@1", "mrr@10"} <= fallen(outcome)


def test_a_checker_that_always_says_yes_fails_the_gate(tmp_path: Path) -> None:
    outcome = evaluate(Components(make=put_together(checker=says_yes), checker=says_yes), tmp_path)
    assert outcome.exit_code == BELOW_FLOOR
    assert {"mutations.caught", "poison.stopped"} <= fallen(outcome)


def test_an_answerer_that_never_refuses_fails_the_gate(tmp_path: Path) -> None:
    outcome = evaluate(Components(make=put_together(answerer=NeverRefuses())), tmp_path)
    assert outcome.exit_code == BELOW_FLOOR
    assert "refusal_recall" in fallen(outcome)


@pytest.mark.browser
def test_the_default_report_opens_with_its_gate_and_suites(browser: Browser, default_run: Outcome) -> None:
    page = browser.new_page()
    page.goto((default_run.folder / "report.html").as_uri())
    assert page.locator("#gate").inner_text().startswith("Gate: ")
    assert page.locator("#suites h2").all_inner_texts() == ["Suite: mutations", "Suite: poison"]
    assert page.locator(".case").count() == 100
    page.locator("#more").click()
    assert page.locator(".case").count() == 200
    page.select_option("select[name=tag]", "cross-language")
    page.select_option("select[name=outcome]", "right")
    page.locator(".case summary").first.click()
    page.locator(".case mark.quote").first.wait_for()
    page.close()

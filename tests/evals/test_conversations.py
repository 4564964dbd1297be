"""The conversations over the sample articles: held in full, and the right article cited at the last turn."""

from __future__ import annotations

import pytest

from evals.conversations import hold, report
from evals.datasets.own import CASES, read_cases
from ingest import ingest
from qa import Sanad
from qa.resources import CORPUS

LEAST = 0.85  # of the conversations of a language


def test_conversations_cite_the_right_article(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("library")
    ingest([CORPUS], home=home)
    with Sanad.open(home=home, llm="extractive") as sanad:
        held = hold(sanad)
    for language in ("ar", "en", "fa"):
        right = [each.right for each in held if each.case.language == language]
        assert len(right) >= 20
        assert sum(right) >= LEAST * len(right)
    lines = report(held)
    assert [line[:3] for line in lines[:3]] == ["ar:", "en:", "fa:"]
    assert len(lines) == 3 + sum(not each.right for each in held)


def test_there_are_conversations_of_two_and_of_three_turns() -> None:
    lengths = {len(case.turns) + 1 for case in read_cases(CASES) if "conversation" in case.tags}
    assert lengths >= {2, 3}

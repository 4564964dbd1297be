"""Where the sample articles disagree, an answer says so; where they do not, it does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa import Sanad

ROOT = Path(__file__).parents[2]
ASKS_FOR_A_VALUE = {"number", "date", "factoid", "update"}
CASES: list[dict[str, Any]] = [
    json.loads(line)
    for language in ("fa", "ar", "en")
    for line in (ROOT / "evals" / "cases" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
]
DISAGREE = [case for case in CASES if case["tags"][0] == "disagreement"]


@pytest.mark.parametrize("case", DISAGREE, ids=[case["id"] for case in DISAGREE])
def test_both_versions_are_cited_and_named(case: dict[str, Any], sanad: Sanad) -> None:
    answer = sanad.ask(case["question"])
    if answer.refused:  # asked in another language than the articles' the reader may refuse, and says nothing then
        assert "cross-language" in case["tags"]
        return
    (found,) = answer.disagreements
    cited = {citation.id: citation for citation in answer.citations}
    for number, value in zip(found.citations, found.values, strict=True):
        assert value in cited[number].quote
        assert value in answer.answer
    for expected in case["expected"]:
        assert any(expected["quote"] in citation.quote for citation in answer.citations)
    assert len({cited[number].article_id for number in found.citations}) == len(found.citations) == 2


def test_nothing_else_is_said_to_disagree(sanad: Sanad) -> None:
    asked = [case for case in CASES if case["tags"][0] in ASKS_FOR_A_VALUE and not case.get("filters")]
    assert len(asked) > 100
    assert [case["id"] for case in asked if sanad.ask(case["question"]).disagreements] == []

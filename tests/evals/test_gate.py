"""The gate: a figure below its floor fails; floors rise by a command and sink only when that is said aloud."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals import gate
from evals.errors import RunError
from evals.report.table import gate_lines

FIGURES = {"right": 0.7, "hit@1": 0.9, "citation_validity": 1.0}


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    path = tmp_path / "baseline.json"
    gate.raise_baseline(path, "corpus", "abc", FIGURES)
    return path


def verdict(path: Path, figures: dict[str, float], digest: str = "abc") -> gate.Verdict:
    baseline = gate.read_baseline(path)
    assert baseline is not None
    return gate.judge(baseline, "corpus", digest, figures)


def test_figures_at_their_floors_pass(floors: Path) -> None:
    assert verdict(floors, FIGURES).passed
    assert gate_lines(verdict(floors, FIGURES)) == "gate: passed, 3 floors hold"


def test_one_below_its_floor_fails_and_is_named(floors: Path) -> None:
    found = verdict(floors, {**FIGURES, "hit@1": 0.8999})
    assert not found.passed
    assert [(fall.metric, fall.floor, fall.value) for fall in found.falls] == [("hit@1", 0.9, 0.8999)]
    assert "hit@1: 0.8999 < 0.9000" in gate_lines(found)


def test_one_that_is_no_longer_measured_fails(floors: Path) -> None:
    assert [fall.metric for fall in verdict(floors, {"right": 0.7, "hit@1": 0.9}).falls] == ["citation_validity"]


def test_other_cases_or_articles_are_not_compared_with(floors: Path) -> None:
    found = verdict(floors, FIGURES, digest="def")
    assert not found.passed
    assert "--raise-baseline" in gate_lines(found)


def test_raising_raises_and_never_lowers(floors: Path) -> None:
    assert gate.raise_baseline(floors, "corpus", "abc", {**FIGURES, "right": 0.8}) == ["right 0.7000 → 0.8000"]
    with pytest.raises(RunError, match=r"would sink: right 0\.8000 → 0\.7000\. --allow-regression"):
        gate.raise_baseline(floors, "corpus", "abc", FIGURES)
    with pytest.raises(RunError, match=r"right 0\.8000 → —"):
        gate.raise_baseline(floors, "corpus", "abc", {"hit@1": 0.9, "citation_validity": 1.0})
    gate.raise_baseline(floors, "corpus", "abc", FIGURES, allow_regression=True)
    assert verdict(floors, FIGURES).floors["right"] == 0.7


def test_a_margin_lowers_no_floor_that_is_there_and_no_invariant(floors: Path) -> None:
    changed = gate.raise_baseline(floors, "corpus", "abc", {**FIGURES, "right": 0.8}, margin=0.05)
    assert changed == ["right 0.7000 → 0.7500"]
    assert json.loads(floors.read_text())["floors"] == {"right": 0.75, "hit@1": 0.9, "citation_validity": 1.0}


def test_no_file_is_no_gate_and_a_damaged_one_is_an_error(tmp_path: Path) -> None:
    assert gate.read_baseline(tmp_path / "none.json") is None
    (tmp_path / "bad.json").write_text('{"dataset": "corpus"}', encoding="utf-8")
    with pytest.raises(RunError, match="digest: Field required"):
        gate.read_baseline(tmp_path / "bad.json")

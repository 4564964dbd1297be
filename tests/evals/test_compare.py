"""Two reports: differences with paired intervals, and the cases that changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.compare import compare, comparison_table
from evals.errors import RunError


def report(path: Path, right: dict[str, float], **scores: float | None) -> Path:
    cases = [
        {
            "id": id,
            "question": f"question {id}",
            "outcome": "right" if value else "wrong",
            "scores": {"right": {"value": value}, **{name: {"value": each} for name, each in scores.items()}},
        }
        for id, value in right.items()
    ]
    path.write_text(json.dumps({"format": 1, "cases": cases}), encoding="utf-8")
    return path


def test_a_gain_in_most_cases_is_sure_and_one_case_is_not(tmp_path: Path) -> None:
    names = [str(number) for number in range(40)]
    before = report(tmp_path / "a.json", dict.fromkeys(names, 0.0))
    much = report(tmp_path / "b.json", {name: float(int(name) % 4 > 0) for name in names})
    little = report(tmp_path / "c.json", {name: float(name == "7") for name in names})
    (gain,) = compare(before, much).differences
    assert (gain.before, gain.after, gain.count) == (0.0, 0.75, 40)
    assert 0.55 < gain.low < 0.75 < gain.high < 0.95
    assert gain.sure
    comparison = compare(before, little)
    assert not comparison.differences[0].sure
    assert [(each.case, each.before, each.after) for each in comparison.changed] == [("7", "wrong", "right")]
    assert "wrong → right: 7  question 7" in comparison_table(comparison)


def test_pairs_count_not_the_spread_between_cases(tmp_path: Path) -> None:
    """Every case gains the same: however different cases are, the interval is a point."""
    before = tmp_path / "a.json"
    after = tmp_path / "b.json"
    for path, gain in ((before, 0.0), (after, 0.125)):
        report(path, {str(number): number / 32 + gain for number in range(20)})
    (difference,) = compare(before, after).differences
    assert (difference.low, difference.high) == (0.125, 0.125)


def test_only_cases_with_both_values_count(tmp_path: Path) -> None:
    before = report(tmp_path / "a.json", {"1": 1.0, "2": 0.0, "only here": 0.0}, f1=None)
    after = report(tmp_path / "b.json", {"1": 1.0, "2": 1.0}, f1=1.0)
    comparison = compare(before, after)
    assert [(each.metric, each.count) for each in comparison.differences] == [("right", 2)]
    assert comparison.only == ("only here",)


@pytest.mark.parametrize("text", ["{", '{"format": 0, "cases": []}', '{"cases": []}', "[]"])
def test_what_is_no_report_is_named(text: str, tmp_path: Path) -> None:
    good = report(tmp_path / "a.json", {"1": 1.0})
    (tmp_path / "b.json").write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match=r"b\.json is (no report|of format)"):
        compare(good, tmp_path / "b.json")


def test_runs_of_other_cases_are_not_compared(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no case in common"):
        compare(report(tmp_path / "a.json", {"1": 1.0}), report(tmp_path / "b.json", {"2": 1.0}))

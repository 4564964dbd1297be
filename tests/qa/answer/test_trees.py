"""Trees: what they sum, and what they look like in the file."""

from __future__ import annotations

import numpy as np
import pytest

from qa.answer.trees import read_trees, write_trees

INPUTS = ("cover", "place")
TREE = {
    "inputs": ["cover", "place", "place", "cover", "cover", "cover", "cover"],
    "at": [0.5, 0.1, 0.9, 1e9, 1e9, 1e9, 1e9],
    "leaves": [1.0, 0.0, 2.0, 0.0, 4.0, 0.0, 8.0, 0.0],
}


@pytest.mark.parametrize(
    ("cover", "place", "total"),
    [(0.2, 0.0, 1.0), (0.2, 0.5, 2.0), (0.5, 0.5, 2.0), (0.7, 0.5, 4.0), (0.7, 1.0, 8.0)],
)
def test_a_row_falls_to_the_end_that_its_answers_lead_to(cover: float, place: float, total: float) -> None:
    trees = read_trees([TREE, TREE], INPUTS)
    assert trees(np.array([[cover, place]])).tolist() == [2 * total]


def test_written_trees_are_read_back() -> None:
    trees = read_trees([TREE], INPUTS)
    assert write_trees(trees, INPUTS) == [TREE]


def test_no_trees_and_no_rows_sum_to_nothing() -> None:
    assert read_trees([], INPUTS)(np.ones((2, 2))).tolist() == [0.0, 0.0]
    assert read_trees([TREE], INPUTS)(np.ones((0, 2))).tolist() == []


def test_an_input_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="length"):
        read_trees([{**TREE, "inputs": ["length", *TREE["inputs"][1:]]}], INPUTS)

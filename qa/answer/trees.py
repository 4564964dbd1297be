"""Boosted decision trees of a fixed depth, as a small table of questions that a person can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
DEPTH = 3
SPLITS = 2**DEPTH - 1
LEAVES = 2**DEPTH


@dataclass(frozen=True, slots=True)
class Trees:
    """Tree t asks at node n whether input ``inputs[t, n]`` exceeds ``at[t, n]``; no: node 2n + 1, yes: 2n + 2.

    Shapes: (trees, 7), (trees, 7) and, for the values at the ends, (trees, 8).
    """

    inputs: Places
    at: Table
    leaves: Table

    def __call__(self, table: Table) -> Table:
        """The sum of all trees for each row."""
        rows, trees = np.arange(len(table))[:, None], np.arange(len(self.inputs))[None, :]
        node = np.zeros((len(table), len(self.inputs)), dtype=np.int64)
        for _ in range(DEPTH):
            node = 2 * node + 1 + (table[rows, self.inputs[trees, node]] > self.at[trees, node])
        return np.asarray(self.leaves[trees, node - SPLITS].sum(axis=1))


def read_trees(data: Sequence[Mapping[str, Any]], inputs: Sequence[str]) -> Trees:
    """Trees from their written form. Raises ValueError for an input that does not exist."""
    place = {name: at for at, name in enumerate(inputs)}
    if strangers := sorted({name for tree in data for name in tree["inputs"]} - place.keys()):
        raise ValueError(f"trees ask for inputs that do not exist: {', '.join(strangers)}; train them anew")
    return Trees(
        np.array([[place[name] for name in tree["inputs"]] for tree in data], dtype=np.int64).reshape(-1, SPLITS),
        np.array([tree["at"] for tree in data], dtype=float).reshape(-1, SPLITS),
        np.array([tree["leaves"] for tree in data], dtype=float).reshape(-1, LEAVES),
    )


def write_trees(trees: Trees, inputs: Sequence[str]) -> list[dict[str, list[Any]]]:
    """The written form of :func:`read_trees`, rounded."""
    return [
        {
            "inputs": [inputs[at] for at in of_tree],
            "at": [round(float(each), 4) for each in cuts],
            "leaves": [round(float(each), 4) for each in values],
        }
        for of_tree, cuts, values in zip(trees.inputs, trees.at, trees.leaves, strict=True)
    ]

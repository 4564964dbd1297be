"""Grows boosted trees over the reader's features (Friedman 2001, "Greedy Function Approximation"), with numpy alone.

Every tree is a whole one of depth 3 over inputs in 32 bins; ends have Newton's values, shrunk. No chance is involved.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from qa.answer.trees import DEPTH, LEAVES, SPLITS, Trees

Table = npt.NDArray[np.float64]
Bins = npt.NDArray[np.int64]
BINS = 32
SHRINK = 0.1
PENALTY = 20.0  # added to the curvature of a leaf, counted in examples
LEAST = 20.0  # examples' curvature in a leaf, at least


class Pull(NamedTuple):
    """Slope and curvature of the loss for each row."""

    slope: Table
    curvature: Table


def grow(table: Table, pull: Callable[[Table], Pull], count: int, *, start: Table) -> Trees:
    """``count`` trees that, added to ``start``, lessen a loss. ``pull`` gives its slopes at some scores."""
    cuts = [np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1])) for column in table.T]
    bins = np.stack([np.searchsorted(cut, column, "left") for cut, column in zip(cuts, table.T, strict=True)], axis=1)
    scores = start.copy()
    inputs, at, leaves = [], [], []
    for number in range(count):
        slope, curvature = pull(scores)
        columns = range(number % 2, table.shape[1], 2)  # every other input a tree: quicker, and less alike
        asked, where, node = _split(bins, cuts, slope, curvature, columns)
        sums = np.bincount(node - SPLITS, slope, LEAVES), np.bincount(node - SPLITS, curvature, LEAVES)
        values = -SHRINK * sums[0] / (sums[1] + PENALTY)
        scores += values[node - SPLITS]
        inputs.append(asked)
        at.append(where)
        leaves.append(values)
    return Trees(np.array(inputs), np.array(at), np.array(leaves))


def _split(bins: Bins, cuts: list[Table], slope: Table, curvature: Table, columns: range) -> tuple[Bins, Table, Bins]:
    """One tree: the inputs asked, where they are cut, and the node each row ends in."""
    asked, where = np.zeros(SPLITS, dtype=np.int64), np.full(SPLITS, np.inf)
    node = np.zeros(len(bins), dtype=np.int64)
    for depth in range(DEPTH):
        first, width = 2**depth - 1, 2**depth
        here = node - first
        gains = np.zeros(width)
        for column in columns:
            if not len(cuts[column]):
                continue
            place = here * BINS + bins[:, column]
            down = np.bincount(place, slope, width * BINS).reshape(width, BINS).cumsum(axis=1)
            bent = np.bincount(place, curvature, width * BINS).reshape(width, BINS).cumsum(axis=1)
            gain = _gain(down, bent)[:, : len(cuts[column])]
            best = gain.argmax(axis=1)
            for each in range(width):
                if gain[each, best[each]] > gains[each]:
                    gains[each] = gain[each, best[each]]
                    asked[first + each], where[first + each] = column, cuts[column][best[each]]
        goes = np.zeros(len(bins), dtype=np.int64)
        for each in range(width):
            rows = here == each
            cut = where[first + each]
            if np.isfinite(cut):
                column = asked[first + each]
                goes[rows] = bins[rows, column] > np.searchsorted(cuts[column], cut, "left")
        node = 2 * node + 1 + goes
    return asked, np.where(np.isfinite(where), where, 1e9), node


def _gain(down: Table, bent: Table) -> Table:
    """How much a cut after each bin lessens the loss, by Newton's measure; nothing when a side is too small."""
    all_down, all_bent = down[:, -1:], bent[:, -1:]
    gain = (
        down**2 / (bent + PENALTY)
        + (all_down - down) ** 2 / (all_bent - bent + PENALTY)
        - all_down**2 / (all_bent + PENALTY)
    )
    return np.where((bent < LEAST) | (all_bent - bent < LEAST), 0.0, gain)

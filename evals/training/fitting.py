"""Fits the reader's two linear models by Newton's method: a dozen steps, the same on every run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from qa.answer.model import Linear

Table = npt.NDArray[np.float64]
DECAY = 3e-4  # of the squares of the weights of standardised inputs; the loss is a mean over questions
STEPS = 10
_NOTHING = 1e-300  # what a wrong sentence is worth, so that it has a logarithm
_SMALL = 1e-6  # a turn that is no longer worth halving


class Curve(NamedTuple):
    """A loss, its slope and its curvature at some weights."""

    loss: float
    slope: Table
    curvature: Table


def fit_ranking(tables: Sequence[Table], right: Sequence[Table], shares: Table) -> Linear:
    """Weights that maximise the likelihood of a right sentence among those of its question (softmax, L2).

    ``tables[q]`` has a row of inputs a sentence, ``right[q]`` what each is worth, ``shares[q]`` how much the
    question counts. The curvature is Fisher's, so every step goes downhill.
    """
    table, worth = np.vstack(tables), np.concatenate(right)
    sizes = np.array([len(each) for each in tables])
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    of_row = np.repeat(shares, sizes)
    logs = np.log(np.maximum(worth, _NOTHING))

    def curve(weights: Table, scaled: Table) -> Curve:
        scores = scaled @ weights
        among_all, whole = softmax_within(scores, starts, sizes)
        among_right, rightly = softmax_within(scores + logs, starts, sizes)
        means = np.add.reduceat(scaled * among_all[:, None], starts)
        spread = scaled.T @ (scaled * (among_all * of_row)[:, None]) - means.T @ (means * shares[:, None])
        return Curve(float(shares @ (whole - rightly)), scaled.T @ ((among_all - among_right) * of_row), spread)

    return _newton(table, curve)


class Within(NamedTuple):
    """Each row's share of its question, and the logarithm of each question's sum."""

    shares: Table
    logs: Table


def softmax_within(scores: Table, starts: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64]) -> Within:
    """Softmax among the rows of each question; question q has ``sizes[q]`` rows from ``starts[q]`` on."""
    most = np.maximum.reduceat(scores, starts)
    odds = np.exp(scores - np.repeat(most, sizes))
    sums = np.add.reduceat(odds, starts)
    return Within(odds / np.repeat(sums, sizes), most + np.log(sums))


def fit_odds(rows: Table, truth: Table, shares: Table) -> Linear:
    """Logistic regression with a bias: the log-odds that a row is true."""

    def curve(weights: Table, scaled: Table) -> Curve:
        scores = scaled @ weights
        chance = 1 / (1 + np.exp(-scores))
        return Curve(
            float(shares @ (np.logaddexp(0, scores) - truth * scores)),
            scaled.T @ ((chance - truth) * shares),
            scaled.T @ (scaled * (chance * (1 - chance) * shares)[:, None]),
        )

    fitted = _newton(np.hstack([rows, np.ones((len(rows), 1))]), curve)
    return Linear(fitted.weights[:-1], fitted.bias + float(fitted.weights[-1]))


def _newton(table: Table, curve: Callable[[Table, Table], Curve]) -> Linear:
    mean, spread = table.mean(axis=0), table.std(axis=0)
    flat = spread < 1e-9
    mean[flat], spread[flat] = 0.0, 1.0
    scaled = (table - mean) / spread
    weights: Table = np.zeros(table.shape[1])
    here = curve(weights, scaled)
    for _ in range(STEPS):
        turn = np.linalg.solve(here.curvature + DECAY * np.eye(len(weights)), here.slope + DECAY * weights)
        there = curve(weights - turn, scaled)
        while _penalised(there.loss, weights - turn) > _penalised(here.loss, weights) and np.abs(turn).max() > _SMALL:
            turn /= 2
            there = curve(weights - turn, scaled)
        weights, here = weights - turn, there
    return Linear(weights / spread, float(-(weights * mean / spread).sum()))


def _penalised(loss: float, weights: Table) -> float:
    return loss + DECAY / 2 * float(weights @ weights)


def file_shares(files: Sequence[str]) -> Table:
    """Each example's share of the whole: files count by the root of their size, so that small ones are heard."""
    counts = {name: files.count(name) for name in set(files)}
    shares: Table = np.array([counts[name] ** -0.5 for name in files])
    return shares / (shares.sum() or 1.0)


def auc(positive: Table, negative: Table) -> float:
    """The chance that a positive scores above a negative (Mann-Whitney), ties half."""
    ranks = np.sort(negative)
    below = np.searchsorted(ranks, positive, "left") + np.searchsorted(ranks, positive, "right")
    return float(below.mean() / 2 / len(negative)) if len(negative) and len(positive) else float("nan")

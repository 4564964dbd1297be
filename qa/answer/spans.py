"""The few words of a sentence that answer a question: the run of words that is most like the answer, on the odds.

Every run gets a chance from the weights of its features. Chosen is not the likeliest run but the one that shares
most words with the likely ones (least expected loss), which forgives a border that may lie here or there. A run that
has one of a pair of brackets or quotation marks without the other is not chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qa.answer.analysis import Analysis
from qa.answer.questions import Question
from qa.answer.span_features import Runs, run_names, split_runs, word_names
from qa.values import Span

Table = npt.NDArray[np.float64]
_LIKELY = 120  # runs that are compared with each other
_CLOSED_BY = {"(": ")", "[": "]", "«": "»", "“": "”"}


@dataclass(frozen=True, slots=True)
class Marked:
    """The answering words as offsets in the sentence, and the F1 over words to expect of them, in [0, 1]."""

    span: Span
    expected: float


@dataclass(frozen=True, slots=True)
class Marker:
    """Weights of run and border features by name; a name that is missing weighs nothing.

    Words that are expected to be less like the answer than ``least`` are not worth marking.
    """

    weights: Mapping[str, float]
    least: float

    def mark(self, question: Question, sentence: Analysis) -> Marked | None:
        """The run to mark, however unsure; None for a sentence without words."""
        runs = split_runs(question, sentence)
        if not len(runs.first):
            return None
        scores = self.scores(question, sentence, runs)
        odds = np.exp(scores - scores.max())
        likely = np.argsort(-odds, kind="stable")[:_LIKELY]
        first, last = runs.first[likely], runs.last[likely]
        shared = np.minimum.outer(last, last) - np.maximum.outer(first, first) + 1
        sizes = np.add.outer(last - first + 1, last - first + 1)
        worth = (np.maximum(shared, 0) * 2 / sizes) @ (odds[likely] / odds.sum())
        for best in np.argsort(-worth, kind="stable"):
            span = runs.span(int(likely[best]))
            if _is_whole(sentence.text[span.start : span.end]):
                return Marked(span, float(worth[best]))
        return Marked(runs.span(int(likely[0])), float(worth[0]))

    def scores(self, question: Question, sentence: Analysis, runs: Runs) -> Table:
        """The log-odds of each run, up to a constant."""
        begin, end, inside = (
            np.array([sum(self.weights.get(name, 0.0) for name in names) for names in words])
            for words in word_names(question, runs)
        )
        sums = np.r_[0.0, np.cumsum(inside)]
        scores: Table = begin[runs.first] + end[runs.last] + sums[runs.last + 1] - sums[runs.first]
        for template, buckets in run_names(question, sentence, runs):
            weights = [self.weights.get(f"{template}={bucket}", 0.0) for bucket in range(int(buckets.max()) + 1)]
            scores += np.array(weights)[buckets]
        return scores


def _is_whole(text: str) -> bool:
    """Whether each bracket and quotation mark in a text has its other half there."""
    awaited: list[str] = []
    for mark in text:
        if mark in _CLOSED_BY:
            awaited.append(_CLOSED_BY[mark])
        elif mark in _CLOSED_BY.values() and (not awaited or awaited.pop() != mark):
            return False
    return not awaited

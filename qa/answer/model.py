"""The reader's numbers, read from ``data/reader.json``: what ranks sentences, and how sure the best one is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from qa.answer.analysis import Analysis
from qa.answer.features import FEATURES
from qa.answer.questions import KINDS, Question
from qa.answer.spans import Marker
from qa.answer.trees import Trees, read_trees

Table = npt.NDArray[np.float64]
MODEL_FILE = Path(__file__).with_name("data") / "reader.json"
# Features whose worth depends on the kind of question have a weight a kind: "who:capitals" beside "capitals".
BY_KIND = (
    "fits", "marked", "digits", "capitals", "names", "places", "focus", "place", "opens", "length", "new", "quoted",
    "told", "cover_before", "asks",
)  # fmt: skip
_PLAIN = tuple(name for name in FEATURES if not name.startswith("is_"))
SENTENCE_INPUTS = (*_PLAIN, *(f"{kind}:{name}" for name in BY_KIND for kind in KINDS))
# The trees look again at the sentences that the weighted sum ranks first, with that sum's own view of them.
LOOKED_AT = 12
TREE_INPUTS = (*FEATURES, "score", "lead")
# What tells whether the evidence answers at all: how the best sentence scores, stands out, and covers the question.
# The length of the question is kept out on purpose, because data sets leak their labels through it.
_OF_THE_BEST = (
    "cover", "cover_plain", "cover_bare", "cover_meant", "cover_beside", "grams", "grams_told", "said", "told",
    "cover_around", "cover_passage", "grams_passage", "pairs", "phrases", "order", "missed", "best", "best_grams",
    "best_passage", "ahead", "fits", "counted", "focus", "named", "named_passage", "relevance", "dense", "names",
    "places", "digits", "marked", "cover_title", "opens", "place", "matched",
)  # fmt: skip
ANSWERABLE_INPUTS = ("score", "lead", "share", "expected", *_OF_THE_BEST)


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum. ``weights[i]`` belongs to the input of that place."""

    weights: Table
    bias: float

    def __call__(self, inputs: Table) -> Table:
        """One sum a row."""
        return np.asarray(inputs @ self.weights + self.bias)


@dataclass(frozen=True, slots=True)
class ReaderModel:
    """``sentence`` ranks sentences, ``trees`` the first of them anew; ``answerable`` gives the log-odds of an answer,
    and ``marker`` finds the answering words of a sentence.

    An answer whose probability is below the threshold of the question's language, of ``thresholds``, is not given
    (that of "" is for languages without one); below ``hopeless``, an LLM is not even asked.
    """

    sentence: Linear
    trees: Trees
    answerable: Linear
    thresholds: Mapping[str, float]
    hopeless: float
    marker: Marker

    def scores(self, features: Table) -> Table:
        """How well each sentence answers, from the rows of :func:`qa.answer.features.measure`."""
        scores = self.sentence(sentence_inputs(features))
        first = first_look(scores)
        scores[first] += self.trees(tree_inputs(features, scores)[first])
        return scores

    def confidence(self, features: Table, scores: Table, expected: float) -> float:
        """The probability, in [0, 1], that the best sentence answers; 0 without sentences.

        ``expected`` is what its mark is worth, see :attr:`qa.answer.spans.Marked.expected`.
        """
        if not len(scores):
            return 0.0
        return float(1 / (1 + np.exp(-self.answerable(answerable_inputs(features, scores, expected)))))

    def threshold(self, language: str) -> float:
        """The probability that an answer to a question in a language needs."""
        return self.thresholds.get(language, self.thresholds[""])

    def expected(self, question: Question, sentence: Analysis) -> float:
        """How much like the answer the likeliest words of a sentence are, as F1 over words; 0 without words."""
        marked = self.marker.mark(question, sentence)
        return marked.expected if marked else 0.0


def sentence_inputs(features: Table) -> Table:
    """The rows as the weighted sum wants them, in the order of ``SENTENCE_INPUTS``."""
    column = {name: place for place, name in enumerate(FEATURES)}
    plain = features[:, [column[name] for name in _PLAIN]]
    kinds = features[:, [column[f"is_{kind}"] for kind in KINDS]]
    return np.hstack([plain, *(features[:, [column[name]]] * kinds for name in BY_KIND)])


def first_look(scores: Table) -> npt.NDArray[np.int64]:
    """Which sentences the trees look at: the ``LOOKED_AT`` best by the weighted sum, best first."""
    return np.argsort(-scores, kind="stable")[:LOOKED_AT]


def tree_inputs(features: Table, scores: Table) -> Table:
    """The rows as the trees want them, in the order of ``TREE_INPUTS``; ``scores`` are those of the weighted sum."""
    if not len(scores):
        return np.zeros((0, len(TREE_INPUTS)))
    best, runner_up = np.sort(np.append(scores, scores.max() - 1))[::-1][:2]
    lead = scores - np.where(scores == best, runner_up, best)
    return np.hstack([features, (scores - best)[:, None], lead[:, None]])


def answerable_inputs(features: Table, scores: Table, expected: float) -> Table:
    """What the answerable model wants, in the order of ``ANSWERABLE_INPUTS``; needs a sentence at least."""
    order = np.argsort(-scores, kind="stable")
    best = int(order[0])
    runner_up = scores[order[1]] if len(order) > 1 else scores[best] - 1
    shares = np.exp(scores - scores[best])
    column = {name: place for place, name in enumerate(FEATURES)}
    of_the_best = [features[best, column[name]] for name in _OF_THE_BEST]
    return np.array([scores[best], scores[best] - runner_up, 1 / shares.sum(), expected, *of_the_best])


@cache
def load_model(path: Path = MODEL_FILE) -> ReaderModel:
    """Read the shipped model; a name in the file that is not known here is an error, one that is missing weighs 0."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return ReaderModel(
        _linear(data["sentence"], SENTENCE_INPUTS),
        read_trees(data["trees"], TREE_INPUTS),
        _linear(data["answerable"], ANSWERABLE_INPUTS),
        data["thresholds"],
        data["hopeless"],
        Marker(data["marker"]["weights"], data["marker"]["least"]),
    )


def _linear(data: dict[str, Any], inputs: Sequence[str]) -> Linear:
    weights: dict[str, float] = data["weights"]
    if strangers := sorted(weights.keys() - set(inputs)):
        raise ValueError(f"{MODEL_FILE.name} weighs inputs that do not exist: {', '.join(strangers)}; train it anew")
    return Linear(np.array([weights.get(name, 0.0) for name in inputs]), float(data["bias"]))

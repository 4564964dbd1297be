"""Trains the extractive reader from SQuAD-format files: its ranker, its odds and thresholds, its marker of words.

    python -m evals.training.reader FILE.fa.json FILE.ar.json … [--unseen FILE.fa.json …] [--out …/reader.json]

The language is the part of the file name before ``.json``. Each file is ingested into libraries of its own (all its
passages; then each half of its titles), and every answerable question is asked through the real retriever: over the
half that holds its title it can be answered, over the other half it can't. Questions that the file calls
unanswerable are near misses, asked of all its passages; they count little: in full they cost more right answers than
they save wrong ones. Questions of a fifth of the titles, by a hash, are never trained on; the figures printed are
theirs. Files after ``--unseen`` are only measured. Question length is no input.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from evals.training.asked import MOST_FOR_REFUSAL, Example, SquadFile, examples, half_of, in_half, read_squad
from evals.training.boosting import Pull, grow
from evals.training.figures import figures_of
from evals.training.fitting import file_shares, fit_odds, fit_ranking, softmax_within
from evals.training.spans import fit_marker
from evals.training.writing import write_model
from qa.answer.model import (
    MODEL_FILE,
    Linear,
    ReaderModel,
    Table,
    answerable_inputs,
    first_look,
    sentence_inputs,
    tree_inputs,
)
from qa.answer.questions import read_question
from qa.answer.trees import Trees

TREES = 100
REFUSED = 0.9  # share of a language's training questions without an answer in the library that its bar refuses
NEAR_COUNTS = 0.1  # what a near miss counts beside a question whose title is not in the library at all
HOPELESS = 0.01  # share of the answerable questions below the looser bar under which an LLM is not even asked


@dataclass(slots=True)
class Material:
    """All examples: asked of the whole file, of the half that answers, of the half that doesn't, and near misses."""

    whole: list[Example] = field(default_factory=list)
    inside: list[Example] = field(default_factory=list)
    outside: list[Example] = field(default_factory=list)
    near: list[Example] = field(default_factory=list)

    def add(self, file: SquadFile, *, unseen: bool) -> None:
        """Ask the questions of a file."""
        self.whole += examples(file, file.passages, file.answerable, unseen=unseen)
        some = file.answerable[:: 1 + len(file.answerable) // MOST_FOR_REFUSAL]
        for half in (0, 1):
            for each in examples(file, half_of(file, half), some, unseen=unseen):
                (self.inside if in_half(each.asked.title, half) else self.outside).append(each)
        misses = file.unanswerable[:: 1 + len(file.unanswerable) // (MOST_FOR_REFUSAL // 2)]
        self.near += examples(file, file.passages, misses, unseen=unseen)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, write the weights, and report on the titles that were kept out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--unseen", nargs="*", type=Path, default=[])
    parser.add_argument("--out", type=Path, default=MODEL_FILE)
    options = parser.parse_args(arguments)
    material = Material()
    paths = sorted({*options.files, *options.unseen}, key=lambda path: path.name)
    for path in paths:
        file = read_squad(path)
        material.add(file, unseen=path in options.unseen)
        sys.stderr.write(f"{path.name}: {len(file.passages)} passages, {len(file.answerable)} questions\n")
    model = train(material)
    figures = {path.name: figures_of(model, path.name, material) for path in paths}
    write_model(options.out, model, figures)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


def train(material: Material) -> ReaderModel:
    """The model, from the examples that are not for testing."""
    ranked = [each for each in material.whole if not each.tested and each.right.any()]
    sentence = fit_ranking(
        [sentence_inputs(each.features) for each in ranked],
        [each.right for each in ranked],
        file_shares([each.file for each in ranked]),
    )
    trees = _grow(sentence, ranked)
    blank = ReaderModel(sentence, trees, Linear(np.zeros(0), 0.0), {}, 0.0, fit_marker(ranked))
    return _with_odds(blank, material)


def _grow(sentence: Linear, ranked: Sequence[Example]) -> Trees:
    """Trees for the sentences that the weighted sum puts first, by the likelihood of a right one among them."""
    tables, right, starts_at, files = [], [], [], []
    for each in ranked:
        scores = sentence(sentence_inputs(each.features))
        first = first_look(scores)
        if each.right[first].any():
            tables.append(tree_inputs(each.features, scores)[first])
            right.append(each.right[first])
            starts_at.append(scores[first])
            files.append(each.file)
    sizes = np.array([len(each) for each in right])
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    share = np.repeat(file_shares(files) * len(files), sizes)
    logs = np.log(np.maximum(np.concatenate(right), 1e-300))

    def pull(scores: Table) -> Pull:
        among_all = softmax_within(scores, starts, sizes).shares
        among_right = softmax_within(scores + logs, starts, sizes).shares
        return Pull((among_all - among_right) * share, np.maximum(among_all * (1 - among_all), 1e-4) * share)

    return grow(np.vstack(tables), pull, TREES, start=np.concatenate(starts_at))


def _with_odds(model: ReaderModel, material: Material) -> ReaderModel:
    """The odds that the evidence answers, then turned into those that the best sentence does, and the bars on them."""
    halves = [each for each in (*material.inside, *material.outside) if not each.tested and len(each.right)]
    near = [each for each in material.near if not each.tested and len(each.right)]
    asked = [*halves, *near]
    rows = np.array([_odds_inputs(model, each) for each in asked])
    shares = np.r_[file_shares([each.file for each in halves]), NEAR_COUNTS * file_shares([each.file for each in near])]
    shares /= shares.sum()
    answers = fit_odds(rows, np.array([float(each.right.any()) for each in asked]), shares)
    best = np.array([each.right[np.argmax(model.scores(each.features))] for each in asked])
    turned = fit_odds(answers(rows)[:, None], best, shares)
    odds = Linear(answers.weights * turned.weights[0], answers.bias * float(turned.weights[0]) + turned.bias)
    chances = 1 / (1 + np.exp(-odds(rows)))
    inside = np.arange(len(asked)) < sum(not each.tested and bool(len(each.right)) for each in material.inside)
    found = inside & np.array([bool(each.right.any()) for each in asked])
    without = np.flatnonzero(~inside[: len(halves)])
    spoken = np.array([halves[place].evidence.language for place in without])
    bars = {language: float(np.quantile(chances[without[spoken == language]], REFUSED)) for language in set(spoken)}
    bars[""] = float(np.quantile(chances[without], REFUSED))
    hopeless = float(np.quantile(chances[found], HOPELESS))
    return ReaderModel(model.sentence, model.trees, odds, bars, hopeless, model.marker)


def _odds_inputs(model: ReaderModel, example: Example) -> Table:
    scores = model.scores(example.features)
    question = read_question(example.asked.text, example.evidence.language)
    expected = model.expected(question, example.sentence(int(np.argmax(scores))))
    return answerable_inputs(example.features, scores, expected)


if __name__ == "__main__":
    main()

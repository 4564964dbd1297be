"""Trains the sentence ranker of the extractive reader and its refusal threshold from SQuAD-format files.

    python -m evals.training.reader FILE.fa.json FILE.ar.json … [--unseen FILE.fa.json …] [--out …/reader.json]

The language is the part of the file name before ``.json``. Each file is ingested into libraries of its own (all its
passages; then each half of its titles), and every answerable question is asked through the real retriever: over the
half that holds its title it can be answered, over the other half it can't. Questions of a fifth of the titles, by a
hash, are never trained on; the figures printed are theirs. Files after ``--unseen`` are only measured. Question
length is no input.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from qa.answer.features import measure
from qa.answer.model import (
    ANSWERABLE_INPUTS,
    MODEL_FILE,
    SENTENCE_INPUTS,
    Linear,
    ReaderModel,
    answerable_inputs,
    sentence_inputs,
)
from qa.answer.questions import read_question
from qa.library import Library, Prepared
from qa.retrieve import Retriever
from qa.settings import load_settings
from qa.text import sentences
from qa.values import Article, Evidence, Passage, Span

Table = npt.NDArray[np.float64]
TOP_K = 8
TEST_PARTS = 5  # one in five titles is for testing
WRONG_REFUSALS = 0.08  # the threshold refuses at most this share of the answerable questions of the training titles
HOPELESS = 0.01  # the same for the looser bar below which an LLM is not even asked
MOST_FOR_REFUSAL = 2000  # questions of a file, about, that are asked of each half
DECAY = 1e-3
EPOCHS = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """An answerable question; ``gold`` are the spans of its answers in the passage's article."""

    title: str
    article_id: str
    text: str
    gold: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the sentences retrieved for it. ``right[i]`` is 1 when sentence i holds the answer.

    ``tested`` ones are never trained on.
    """

    file: str
    tested: bool
    features: Table
    right: Table


def part_of(title: str, parts: int) -> int:
    """Which of ``parts`` a title falls into, by a hash, the same everywhere."""
    return int(hashlib.sha256(title.encode()).hexdigest(), 16) % parts


def read_squad(path: Path) -> tuple[list[Passage], list[Asked]]:
    """The passages of a SQuAD file, an article each, and its answerable questions."""
    language = path.stem.rpartition(".")[2]
    passages: list[Passage] = []
    asked: list[Asked] = []
    for number, entry in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
        for position, paragraph in enumerate(entry["paragraphs"]):
            text, id = paragraph["context"], f"{number}-{position}"
            title = (entry.get("title") or "").replace("_", " ")
            passages.append(_passage(id, text, title, language))
            for qa in paragraph["qas"]:
                gold = [Span(a["answer_start"], a["answer_start"] + len(a["text"])) for a in qa["answers"]]
                if gold and not qa.get("is_impossible"):
                    asked.append(Asked(title or id, id, qa["question"], tuple(gold)))
    return passages, asked


def _passage(id: str, text: str, title: str, language: str) -> Passage:
    return Passage(id, id, 0, 0, len(text), text, tuple(sentences(text)), title=title or None, language=language)


def examples(path: Path, passages: Sequence[Passage], asked: Iterable[Asked], *, unseen: bool) -> Iterator[Example]:
    """Every question asked of a library that holds just ``passages``."""
    with tempfile.TemporaryDirectory() as home:
        settings = load_settings(home=home, llm="extractive")
        with Library.open(settings) as library:
            library.add([Prepared(_article(passage), (passage,)) for passage in passages])
            retriever = Retriever(library, settings)
            for each in asked:
                found = retriever.retrieve(each.text, top_k=TOP_K)
                language = passages[0].language
                evidence = Evidence(each.text, language, tuple(found))
                candidates = measure(read_question(each.text, language), evidence)
                right = [_is_right(each, evidence.passages[place[0]], place[1]) for place in candidates.places]
                tested = unseen or part_of(each.title, TEST_PARTS) == 0
                yield Example(path.name, tested, candidates.features, np.array(right, dtype=float))


def _half(title: str) -> int:
    return part_of(f"half {title}", 2)


def _article(passage: Passage) -> Article:
    return Article(passage.article_id, passage.text, title=passage.title, language=passage.language)


def _is_right(asked: Asked, passage: Passage, position: int) -> bool:
    start, end = passage.sentences[position]
    return passage.article_id == asked.article_id and any(s < end and start < e for s, e in asked.gold)


def fit_ranking(train: Sequence[Example]) -> Linear:
    """Weights that maximise the likelihood of a right sentence among those of its question (softmax, L2, Adam)."""
    train = [each for each in train if each.right.any()]
    table = np.vstack([sentence_inputs(each.features) for each in train])
    right = np.concatenate([each.right for each in train])
    sizes = np.array([len(each.right) for each in train])
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    share = _file_weights([each.file for each in train])

    def gradient(weights: Table) -> Table:
        scores = table @ weights
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        among_all = odds / np.repeat(np.add.reduceat(odds, starts), sizes)
        among_right = odds * right / np.repeat(np.add.reduceat(odds * right, starts), sizes)
        slope: Table = table.T @ ((among_all - among_right) * np.repeat(share, sizes))
        return slope

    return _unscaled(table, gradient)


def fit_answerable(rows: Table, answerable: Table, files: Sequence[str]) -> Linear:
    """Logistic regression: the log-odds that the evidence answers."""
    table = np.hstack([rows, np.ones((len(rows), 1))])
    share = _file_weights(files)

    def gradient(weights: Table) -> Table:
        slope: Table = table.T @ ((1 / (1 + np.exp(-table @ weights)) - answerable) * share)
        return slope

    fitted = _unscaled(table, gradient)
    return Linear(fitted.weights[:-1], fitted.bias + float(fitted.weights[-1]))


def _unscaled(table: Table, gradient: Callable[[Table], Table]) -> Linear:
    """Minimise by Adam over standardised columns; ``table`` is standardised in place while that lasts."""
    mean, spread = table.mean(axis=0), table.std(axis=0)
    mean[spread < 1e-9], spread[spread < 1e-9] = 0.0, 1.0
    table -= mean
    table /= spread
    weights: Table = np.zeros(table.shape[1])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, EPOCHS + 1):
        slope = gradient(weights) + DECAY * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        rate = 0.05 if step < 0.75 * EPOCHS else 0.01
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return Linear(weights / spread, float(-(weights * mean / spread).sum()))


def _file_weights(files: Sequence[str]) -> Table:
    """Each example's share of the whole: files count by the root of their size, so that small ones are heard."""
    counts = {name: files.count(name) for name in set(files)}
    shares: Table = np.array([counts[name] ** -0.5 for name in files])
    shares /= shares.sum()
    return shares


def auc(positive: Table, negative: Table) -> float:
    """The chance that a positive scores above a negative (Mann-Whitney), ties half."""
    ranks = np.sort(negative)
    below = np.searchsorted(ranks, positive, "left") + np.searchsorted(ranks, positive, "right")
    return float(below.mean() / 2 / len(negative)) if len(negative) and len(positive) else float("nan")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, write the weights, and report on the titles that were kept out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--unseen", nargs="*", type=Path, default=[])
    parser.add_argument("--out", type=Path, default=MODEL_FILE)
    options = parser.parse_args(arguments)
    ranked: list[Example] = []
    inside: list[Example] = []
    outside: list[Example] = []
    files = [*options.files, *options.unseen]
    for path in files:
        unseen = path in options.unseen
        passages, asked = read_squad(path)
        ranked += examples(path, passages, asked, unseen=unseen)
        titles = {each.article_id: each.title for each in asked}
        some = asked[:: 1 + len(asked) // MOST_FOR_REFUSAL]
        for half in (0, 1):
            held = [each for each in passages if _half(titles.get(each.article_id, each.id)) == half]
            for each, example in zip(some, examples(path, held, some, unseen=unseen), strict=True):
                (inside if _half(each.title) == half else outside).append(example)
        sys.stderr.write(f"{path.name}: {len(passages)} passages, {len(asked)} questions\n")
    model = _train(ranked, inside, outside)
    figures = {path.name: _figures(model, path.name, ranked, inside, outside) for path in files}
    _write(options.out, model, figures)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


def _train(ranked: Sequence[Example], inside: Sequence[Example], outside: Sequence[Example]) -> ReaderModel:
    sentence = fit_ranking([each for each in ranked if not each.tested])
    fitting = [each for each in [*inside, *outside] if not each.tested and len(each.right)]
    rows = np.array([answerable_inputs(each.features, sentence(sentence_inputs(each.features))) for each in fitting])
    known = np.array([float(each.right.any()) for each in fitting])
    answerable = fit_answerable(rows, known, [each.file for each in fitting])
    chances = 1 / (1 + np.exp(-answerable(np.array(rows))))
    threshold, hopeless = np.quantile(chances[known == 1], [WRONG_REFUSALS, HOPELESS])
    return ReaderModel(sentence, answerable, float(threshold), float(hopeless))


def _figures(
    model: ReaderModel, file: str, ranked: Sequence[Example], inside: Sequence[Example], outside: Sequence[Example]
) -> dict[str, float]:
    """Percentages on the titles that were not trained on."""
    tested = [each for each in ranked if each.file == file and each.tested]
    orders = [np.argsort(-model.scores(each.features), kind="stable") for each in tested]
    first = [each.right[order[:1]].any() for each, order in zip(tested, orders, strict=True)]
    in_three = [each.right[order[:3]].any() for each, order in zip(tested, orders, strict=True)]
    known, unknown = (
        np.array([model.confidence(e.features, model.scores(e.features)) for e in each if e.file == file and e.tested])
        for each in (inside, outside)
    )
    return {
        "questions": len(tested),
        "right sentence first": round(100 * float(np.mean(first)), 1),
        "right sentence in three": round(100 * float(np.mean(in_three)), 1),
        "out of corpus AUC": round(auc(known, unknown), 4),
        "out of corpus refused": round(100 * float((unknown < model.threshold).mean()), 1),
        "wrongly refused": round(100 * float((known < model.threshold).mean()), 1),
        "out of corpus hopeless": round(100 * float((unknown < model.hopeless).mean()), 1),
    }


def _write(path: Path, model: ReaderModel, figures: dict[str, dict[str, float]]) -> None:
    data = {
        "sentence": _named(model.sentence, SENTENCE_INPUTS),
        "answerable": _named(model.answerable, ANSWERABLE_INPUTS),
        "threshold": round(model.threshold, 4),
        "hopeless": round(model.hopeless, 4),
        "figures": figures,
    }
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _named(linear: Linear, inputs: Sequence[str]) -> dict[str, Any]:
    weights = {name: round(float(weight), 5) for name, weight in zip(inputs, linear.weights, strict=True)}
    return {"bias": round(linear.bias, 5), "weights": {name: weight for name, weight in weights.items() if weight}}


if __name__ == "__main__":
    main()

"""What the trained reader reaches on the titles that were kept out, in per cent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from evals.scorers.correctness import normalised, token_f1
from evals.training.asked import Example
from evals.training.fitting import auc
from qa.answer.model import ReaderModel
from qa.answer.questions import read_question

if TYPE_CHECKING:
    from evals.training.reader import Material

Table = npt.NDArray[np.float64]
_BANDS = 10  # of confidence, in which it is compared with how often the answer was right


def figures_of(model: ReaderModel, file: str, material: Material) -> dict[str, float]:
    """All figures of one file."""
    tested = _of(material.whole, file)
    orders = [np.argsort(-model.scores(each.features), kind="stable") for each in tested]
    first = [each.right[order[:1]].any() for each, order in zip(tested, orders, strict=True)]
    in_three = [each.right[order[:3]].any() for each, order in zip(tested, orders, strict=True)]
    marked = [_marked_f1(model, each, int(order[0])) for each, order in zip(tested, orders, strict=True) if len(order)]
    inside, outside = _of(material.inside, file), _of(material.outside, file)
    known, unknown = _confidences(model, inside), _confidences(model, outside)
    bar = model.threshold(file.split(".")[-2])
    right = np.array([_best_is_right(model, each) for each in (*inside, *outside)])
    figures = {
        "questions": len(tested),
        "right sentence first": _share(first),
        "right sentence in three": _share(in_three),
        "marked words F1": _share(marked),
        "out of corpus AUC": round(auc(known, unknown), 4),
        "out of corpus refused": _share(unknown < bar),
        "wrongly refused": _share(known < bar),
        "out of corpus hopeless": _share(unknown < model.hopeless),
        "calibration error": round(100 * _calibration_error(np.r_[known, unknown], right), 1),
    }
    if near := _of(material.near, file):
        figures["near misses refused"] = _share(_confidences(model, near) < bar)
    return figures


def calibration(confidences: Table, right: Table) -> list[tuple[int, float, float]]:
    """For each tenth of confidence: the examples, their mean confidence, how often their best sentence is right."""
    bands = np.minimum((confidences * _BANDS).astype(int), _BANDS - 1)
    return [
        (int((bands == band).sum()), float(confidences[bands == band].mean()), float(right[bands == band].mean()))
        for band in range(_BANDS)
        if (bands == band).any()
    ]


def _calibration_error(confidences: Table, right: Table) -> float:
    """Expected calibration error (Naeini et al. 2015): the mean distance of confidence from truth, by tenths."""
    bands = calibration(confidences, right)
    total = sum(count for count, _, _ in bands)
    return sum(count * abs(said - was) for count, said, was in bands) / max(1, total)


def _of(examples: Sequence[Example], file: str) -> list[Example]:
    return [each for each in examples if each.file == file and each.tested]


def _confidences(model: ReaderModel, examples: Sequence[Example]) -> Table:
    return np.array([confidence_of(model, each) for each in examples])


def confidence_of(model: ReaderModel, example: Example) -> float:
    """The model's confidence in its best sentence of an example."""
    scores = model.scores(example.features)
    if not len(scores):
        return 0.0
    question = read_question(example.asked.text, example.evidence.language)
    return model.confidence(
        example.features, scores, model.expected(question, example.sentence(int(np.argmax(scores))))
    )


def _best_is_right(model: ReaderModel, example: Example) -> bool:
    return bool(len(example.right)) and bool(example.right[int(np.argmax(model.scores(example.features)))])


def _marked_f1(model: ReaderModel, example: Example, best: int) -> float:
    """The F1 over words of what is marked in the best sentence, against the answer it is most like; 0 if nothing is."""
    sentence = example.sentence(best)
    marked = model.marker.mark(read_question(example.asked.text, example.evidence.language), sentence)
    if marked is None or marked.expected < model.marker.least:
        return 0.0
    span = marked.span
    return max(
        token_f1(normalised(sentence.text[span.start : span.end]), normalised(answer)) for answer in example.answers
    )


def _share(values: npt.ArrayLike) -> float:
    found = np.asarray(values, dtype=float)
    return round(100 * float(found.mean()), 1) if len(found) else float("nan")

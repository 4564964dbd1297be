"""Trains the marker of answering words: which run of a right sentence's words is the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evals.training.asked import Example
from evals.training.fitting import file_shares
from qa.answer.analysis import analyse
from qa.answer.questions import read_question
from qa.answer.span_features import Runs, run_names, split_runs, word_names
from qa.answer.spans import Marker
from qa.values import Span

Table = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]
LEAST_SEEN = 20  # training sentences in which a feature must occur among the runs to be weighed at all
DECAY = 1e-3
EPOCHS = 16
LEAST_WEIGHT = 0.05  # weights nearer to nothing are not written
LEAST_EXPECTED = 0.25  # below it nothing is marked
BATCH = 400  # sentences of a step
RATE = 0.05


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A right sentence with the spans of its answers, as offsets in the sentence."""

    file: str
    question: str
    sentence: str
    language: str
    gold: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """The runs of a sentence by the names of their features, and how much of the answer each is.

    ``begins[w]``, ``ends[w]`` and ``inside[w]`` belong to word w, ``templates[t]`` gives a bucket a run; ``worth[i]``
    is the F1 of run i against the answer it meets best.
    """

    file: str
    runs: Runs
    begins: list[list[str]]
    ends: list[list[str]]
    inside: list[list[str]]
    templates: list[tuple[str, Ids]]
    worth: Table


def fit_marker(ranked: Sequence[Example]) -> Marker:
    """The marker, from the right sentences of examples."""
    marked = [sentence for each in ranked for sentence in right_sentences(each)[:1]]
    described = [each for each in map(describe, marked) if each.worth.any()]
    weights = fit_spans(described, file_shares([each.file for each in described]))
    return Marker({name: weight for name, weight in weights.items() if abs(weight) >= LEAST_WEIGHT}, LEAST_EXPECTED)


def right_sentences(example: Example) -> list[MarkedSentence]:
    """The retrieved sentences that hold the answer, in order of rank."""
    found = []
    for (number, at), right in zip(example.places, example.right, strict=True):
        passage = example.evidence.passages[number]
        start, end = passage.sentences[at]
        gold = tuple(
            Span(max(span.start, start) - start, min(span.end, end) - start)
            for span in example.asked.gold
            if right and span.start < end and start < span.end
        )
        if gold:
            found.append(MarkedSentence(example.file, example.asked.text, passage.sentence(at), passage.language, gold))
    return found


def describe(marked: MarkedSentence) -> Described:
    """Take a training sentence apart."""
    question = read_question(marked.question, marked.language)
    sentence = analyse(marked.sentence, marked.language)
    runs = split_runs(question, sentence)
    words = word_names(question, runs)
    return Described(marked.file, runs, *words, run_names(question, sentence, runs), worth_of(runs, marked.gold))


def worth_of(runs: Runs, gold: Sequence[Span]) -> Table:
    """The F1 over words of each run against the answer that it meets best."""
    best: Table = np.zeros(len(runs.first))
    for start, end in gold:
        inside = [place for place, word in enumerate(runs.words) if word.start < end and start < word.end]
        if inside:
            low, high = inside[0], inside[-1]
            shared = np.minimum(runs.last, high) - np.maximum(runs.first, low) + 1
            sizes = (runs.last - runs.first + 1) + (high - low + 1)
            best = np.maximum(best, np.maximum(shared, 0) * 2 / sizes)
    return best


def fit_spans(described: Sequence[Described], shares: Table) -> dict[str, float]:
    """Weights that maximise the likelihood of a run that is the answer, counted by F1 (softmax, L2, Adam)."""
    vocabulary = _vocabulary(described)
    batches = [
        _batch(described[part::parts], shares[part::parts], vocabulary)
        for parts in [max(1, len(described) // BATCH)]
        for part in range(parts)
    ]
    count = len(vocabulary) + 1  # the last one stands for all that is not weighed, and stays 0
    weights: Table = np.zeros(count)
    velocity, spread = np.zeros(count), np.zeros(count)
    for step in range(1, EPOCHS * len(batches) + 1):
        slope = _slope(batches[step % len(batches)], weights) + DECAY * weights
        velocity = 0.9 * velocity + 0.1 * slope
        spread = 0.999 * spread + 0.001 * slope**2
        rate = RATE * (1 - step / (EPOCHS * len(batches) + 1))
        weights -= rate * (velocity / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
        weights[-1] = 0.0
    return {name: float(weights[id]) for name, id in vocabulary.items()}


class _Batch(NamedTuple):
    """Some sentences with their features as places in the vocabulary; the runs of all one after the other."""

    begins: Ids
    ends: Ids
    inside: Ids
    own: Ids
    first: Ids
    last: Ids
    worth: Table
    sizes: Ids
    shares: Table


def _slope(batch: _Batch, weights: Table) -> Table:
    starts = np.r_[0, np.cumsum(batch.sizes)[:-1]]
    scores = weights[batch.begins].sum(axis=1)[batch.first] + weights[batch.ends].sum(axis=1)[batch.last]
    sums = np.r_[0.0, np.cumsum(weights[batch.inside].sum(axis=1))]
    scores += weights[batch.own].sum(axis=1) + sums[batch.last + 1] - sums[batch.first]
    odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), batch.sizes))
    among_all = odds / np.repeat(np.add.reduceat(odds, starts), batch.sizes)
    among_right = odds * batch.worth / np.repeat(np.add.reduceat(odds * batch.worth, starts), batch.sizes)
    error = (among_all - among_right) * np.repeat(batch.shares / batch.shares.sum(), batch.sizes)
    slope: Table = np.zeros(len(weights))
    count = len(batch.begins) + 1
    opened, closed = np.bincount(batch.first, error, count), np.bincount(batch.last + 1, error, count)
    for ids, part in (
        (batch.begins, np.bincount(batch.first, error, len(batch.begins))),
        (batch.ends, np.bincount(batch.last, error, len(batch.ends))),
        (batch.inside, np.cumsum(opened - closed)[:-1]),
        (batch.own, error),
    ):
        for column in range(ids.shape[1]):
            slope += np.bincount(ids[:, column], part, len(weights))
    return slope


def _vocabulary(described: Sequence[Described]) -> dict[str, int]:
    seen: Counter[str] = Counter()
    for each in described:
        names = {name for border in (*each.begins, *each.ends, *each.inside) for name in border}
        names |= {f"{template}={bucket}" for template, buckets in each.templates for bucket in set(buckets.tolist())}
        seen.update(names)
    return {name: id for id, name in enumerate(sorted(name for name, count in seen.items() if count >= LEAST_SEEN))}


def _batch(described: Sequence[Described], shares: Table, vocabulary: dict[str, int]) -> _Batch:
    none = len(vocabulary)
    begins = [[vocabulary.get(name, none) for name in word] for each in described for word in each.begins]
    ends = [[vocabulary.get(name, none) for name in word] for each in described for word in each.ends]
    inside = [[vocabulary.get(name, none) for name in word] for each in described for word in each.inside]
    own = []
    for each in described:
        columns = []
        for template, buckets in each.templates:
            table = np.array([vocabulary.get(f"{template}={bucket}", none) for bucket in range(buckets.max() + 1)])
            columns.append(table[buckets])
        own.append(np.stack(columns, axis=1))
    offsets = np.r_[0, np.cumsum([len(each.runs.words) for each in described])[:-1]]
    return _Batch(
        np.array(begins),
        np.array(ends),
        np.array(inside),
        np.concatenate(own),
        np.concatenate([each.runs.first + offset for each, offset in zip(described, offsets, strict=True)]),
        np.concatenate([each.runs.last + offset for each, offset in zip(described, offsets, strict=True)]),
        np.concatenate([each.worth**2 for each in described]),
        np.array([len(each.worth) for each in described]),
        shares,
    )

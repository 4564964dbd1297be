"""The extractive reader: reads the evidence for a question and says which sentences answer it, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from qa.answer.features import Candidates, measure
from qa.answer.model import load_model
from qa.answer.questions import Question, read_question
from qa.values import Evidence, Label, Span

MOST_SENTENCES = 3
# A further sentence is given when its odds of being the answer are at least this share of the best one's.
_NEARLY_AS_GOOD = 0.5
_SAME_NEWS = 0.6  # shared stems, as a share of all of both: a sentence that says what another has said


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading gave: ``labels`` of all sentences, best first, and the probability that the best answers.

    ``chosen`` are the labels worth giving as the answer, at most three, none when ``confidence`` is below the
    threshold. ``best_of[i]`` is where the best sentence of passage i is, or None when it has no sentence.
    """

    question: Question
    labels: tuple[Label, ...]
    chosen: tuple[Label, ...]
    confidence: float
    best_of: tuple[Span | None, ...]


@lru_cache(maxsize=16)
def read(evidence: Evidence) -> Reading:
    """Read the evidence for its question. Remembers the last few, since a refusal looks again."""
    model = load_model()
    question = read_question(evidence.question, evidence.language)
    candidates = measure(question, evidence)
    scores = model.scores(candidates.features)
    confidence = model.confidence(candidates.features, scores)
    order = [int(place) for place in np.argsort(-scores, kind="stable")]
    chosen = _choose(candidates, scores.tolist(), order) if confidence >= model.threshold else []
    return Reading(
        question=question,
        labels=tuple(_label(candidates, place) for place in order),
        chosen=tuple(_label(candidates, place) for place in chosen),
        confidence=confidence,
        best_of=_best_of(evidence, candidates, order),
    )


def bears_on(evidence: Evidence) -> bool:
    """Whether it is worth asking an LLM: evidence in another language than the question's always is."""
    if any(passage.language != evidence.language for passage in evidence.passages):
        return True
    return read(evidence).confidence >= load_model().hopeless


def _choose(candidates: Candidates, scores: Sequence[float], order: Sequence[int]) -> list[int]:
    chosen: list[int] = []
    for place in order:
        if len(chosen) == MOST_SENTENCES or np.exp(scores[place] - scores[order[0]]) < _NEARLY_AS_GOOD:
            break
        if not any(_repeats(candidates, place, other) for other in chosen):
            chosen.append(place)
    return chosen


def _repeats(candidates: Candidates, one: int, other: int) -> bool:
    left, right = candidates.sentences[one].content, candidates.sentences[other].content
    return len(left & right) >= _SAME_NEWS * len(left | right)


def _label(candidates: Candidates, place: int) -> Label:
    passage, sentence = candidates.places[place]
    return Label(passage + 1, sentence + 1)


def _best_of(evidence: Evidence, candidates: Candidates, order: Sequence[int]) -> tuple[Span | None, ...]:
    best: dict[int, Span] = {}
    for place in order:
        passage, sentence = candidates.places[place]
        best.setdefault(passage, evidence.passages[passage].sentences[sentence])
    return tuple(best.get(passage) for passage in range(len(evidence.passages)))

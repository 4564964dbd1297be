"""The extractive reader: reads the evidence for a question and says which sentences answer it, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from qa.answer.features import Candidates, as_mapping, measure
from qa.answer.marking import expected
from qa.answer.missing import missing_names
from qa.answer.model import ReaderModel, load_model
from qa.answer.questions import Question, read_question
from qa.text import fold
from qa.values import Evidence, Label, Span

MOST_SENTENCES = 3
# A further sentence is given when its odds of being the answer are at least this share of the best one's, and the words
# that it is marked for are as likely to answer, nearly. Chosen on the cases over corpus/.
_NEARLY_AS_GOOD = 0.4
_AS_TELLING = 0.8
# Log-odds that a headline loses: it names what the story is about and seldom says who, how many or why. The sets that
# the model was trained on have none; chosen on the cases over corpus/.
_HEADING = 1.5
# A word carried over from a conversation says which story is meant, and counts in full for whether it answers; which
# sentence does is said by the question's own words.
_CARRIED = 0.3
# What a sentence in another language must reach, and the log-odds it loses beside one in the question's own: words
# meet there by a learned table, and by chance more often. Chosen on the cases over corpus/.
_FOREIGN = 0.5
_ACROSS_CONFIDENCE = 0.25
_ACROSS_MATCHED = 2
_FOLLOW_UP = 0.5  # a follow-up says little by itself, and so reaches less; chosen on the conversations over corpus/
_STOPS = (".", "!", "؟", "?", "؛", "…", ":")
_CLOSING = "»”\"') "
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


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Every sentence of the evidence with its log-odds, the places of the ``candidates`` from the best on."""

    question: Question
    candidates: Candidates
    scores: tuple[float, ...]
    order: tuple[int, ...]
    confidence: float


@lru_cache(maxsize=16)
def _weigh(evidence: Evidence) -> _Weighed:
    model = load_model()
    question = read_question(evidence.asked or evidence.question, evidence.language, evidence.question)
    candidates = measure(question, evidence, carried=_CARRIED)
    foreign = np.array([_foreign(evidence, candidates, place) for place in range(len(candidates.places))])
    headings = np.array(_headings(evidence, candidates))
    scores = model.scores(candidates.features) - _HEADING * headings - _FOREIGN * foreign
    whole = measure(question, evidence).features if question.carried else candidates.features
    order = tuple(int(place) for place in np.argsort(-scores, kind="stable"))
    telling = expected(question, candidates.sentences[order[0]]) if order else 0.0
    confidence = model.confidence(whole, scores, telling)
    return _Weighed(question, candidates, tuple(scores.tolist()), order, confidence)


@lru_cache(maxsize=16)
def read(evidence: Evidence) -> Reading:
    """Read the evidence for its question. Remembers the last few, since a refusal looks again."""
    weighed = _weigh(evidence)
    question, candidates, order = weighed.question, weighed.candidates, weighed.order
    given = bool(order) and weighed.confidence >= _threshold(load_model(), evidence, candidates, order[0])
    given = given and not _names_another(question, evidence, candidates, order[0])
    chosen = _choose(evidence, weighed) if given else []
    return Reading(
        question=question,
        labels=tuple(_label(candidates, place) for place in order),
        chosen=tuple(_label(candidates, place) for place in chosen),
        confidence=weighed.confidence,
        best_of=_best_of(evidence, candidates, order),
    )


def bears_on(evidence: Evidence) -> bool:
    """Whether it is worth asking an LLM: evidence in another language than the question's always is."""
    if any(passage.language != evidence.language for passage in evidence.passages):
        return True
    return _weigh(evidence).confidence >= load_model().hopeless


def _threshold(model: ReaderModel, evidence: Evidence, candidates: Candidates, best: int) -> float:
    """How sure the reader must be to give the best sentence; above 1 when it must not be given."""
    if not _foreign(evidence, candidates, best):
        return model.threshold(evidence.language) * (_FOLLOW_UP if evidence.asked else 1)
    return _ACROSS_CONFIDENCE if _meets(candidates, best) else np.inf


def _foreign(evidence: Evidence, candidates: Candidates, place: int) -> bool:
    number, _ = candidates.places[place]
    return evidence.passages[number].language != evidence.language


def _meets(candidates: Candidates, place: int) -> bool:
    """Whether a sentence has as many words of the question as one in another language needs."""
    return as_mapping(candidates.features[place])["matched"] >= _ACROSS_MATCHED


def _names_another(question: Question, evidence: Evidence, candidates: Candidates, best: int) -> bool:
    """Whether the question names what the article of the best sentence has nowhere."""
    article = evidence.passages[candidates.places[best][0]].article_id
    theirs = [
        sentence
        for sentence, (number, _) in zip(candidates.sentences, candidates.places, strict=True)
        if evidence.passages[number].article_id == article
    ]
    return bool(missing_names(question, evidence, theirs, article))


def _headings(evidence: Evidence, candidates: Candidates) -> list[bool]:
    """For each candidate, whether it is a headline: it repeats the title, or does not end as a sentence does."""
    titles = [fold(passage.title or "").text for passage in evidence.passages]
    return [
        not sentence.text.rstrip(_CLOSING).endswith(_STOPS) or fold(sentence.text).text == titles[number]
        for sentence, (number, _) in zip(candidates.sentences, candidates.places, strict=True)
    ]


def _choose(evidence: Evidence, weighed: _Weighed) -> list[int]:
    question, candidates, scores, order = weighed.question, weighed.candidates, weighed.scores, weighed.order
    chosen = [order[0]]
    least = _AS_TELLING * expected(question, candidates.sentences[order[0]])
    for place in order[1:]:
        if len(chosen) == MOST_SENTENCES or np.exp(scores[place] - scores[order[0]]) < _NEARLY_AS_GOOD:
            break
        if _foreign(evidence, candidates, place) and not _meets(candidates, place):
            continue
        repeats = any(_repeats(candidates, place, other) for other in chosen)
        if not repeats and expected(question, candidates.sentences[place]) >= least:
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

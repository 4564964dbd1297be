"""What speaks for a sentence as the answer to a question, in numbers. Readable, and cheap: no model."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from qa.answer.across import as_asked
from qa.answer.analysis import Analysis, analyse
from qa.answer.answer_types import type_features
from qa.answer.matching import density, in_order, pairs_near, phrases_shared
from qa.answer.questions import KINDS, Question
from qa.answer.weighing import Ruler
from qa.values import Evidence, Passage

FEATURES = (
    "cover",  # of the question's weighted stems, the share in the sentence
    "cover_plain",  # the same unweighted
    "cover_bare",  # the share of those that do not belong to the interrogative
    "cover_meant",  # the share in the sentence, words that mean the same counted as far as they do
    "cover_before",  # the share only in the sentence before
    "cover_title",  # the share only in the title
    "cover_around",  # the share in the sentence, its neighbours or the title
    "cover_passage",  # the share in the passage
    "cover_beside",  # the share of the stems beside the interrogative; 0.5 when there are none
    "named",  # of the question's names, the weighted share in the sentence, the one before or the title; 0.5 without
    "named_passage",  # the same in the passage or its title
    "grams",  # of the question's weighted character n-grams, the share in the sentence
    "grams_passage",
    "grams_told",  # of the n-grams that the context does not have, the share in the sentence
    "said",  # the share in the sentence, plus most of what its context (title, first sentence, the one before) says
    "told",  # of the stems that the context does not say, the share in the sentence; 0.5 when it says all
    "best_said",
    "best_told",
    "best",  # cover less the best cover of any other sentence
    "best_grams",
    "best_meant",
    "best_passage",  # cover_passage less the best of any other passage
    "pairs",  # of the question's neighbouring stems, the share that stand near each other in the sentence
    "phrases",  # of the question's neighbouring words, the share that are neighbours in the sentence
    "order",  # of the question's stems, the share that come in the same order
    "dense",  # how close together the matched stems stand
    "matched",  # matched stems, counted
    "missed",  # weight of the question's stems that are nowhere in the evidence, as a share
    "rank",  # 1 / rank of the passage
    "relevance",  # the passage's score in retrieval, as a share of the best
    "ahead",  # the same less the best of any other passage
    "place",  # 1 / position of the sentence in its passage
    "opens",  # of the sentence's first content words, the share that are the question's
    "length",  # log of its words
    "new",  # log of its content words that the question hasn't
    "focus",  # 1 the word asked about is there, -1 it isn't, 0 there is none
    "fits",  # 1 the sentence holds what this kind of question asks for, -1 it doesn't, 0 not known
    "counted",  # 1 a number stands beside the noun asked about, -1 it doesn't, 0 no number is asked for
    "names",  # new names, counted up to 3
    "places",  # those of places, counted up to 3
    "marked",  # phrases that go with this kind of answer, counted up to 3
    "digits",  # new numbers in digits, counted up to 3
    "capitals",  # new capitalised words, counted up to 4
    "quoted",  # has a quotation or a bracket
    "ends",  # ends like a sentence rather than a heading
    "asks",  # is itself a question
    *(f"is_{kind}" for kind in KINDS),
)
_in_order = itemgetter(*FEATURES)
_CONTEXT_COUNTS = 0.7  # of what its context says, how much a sentence is credited with
_OPENING = 3  # content words that open a sentence


@dataclass(frozen=True, slots=True)
class Candidates:
    """Every sentence of the evidence with its features: row i of ``features`` belongs to ``sentences[i]``.

    ``places[i]`` is its (passage, sentence), both from 0; columns are in the order of ``FEATURES``.
    """

    places: tuple[tuple[int, int], ...]
    sentences: tuple[Analysis, ...]
    features: npt.NDArray[np.float64]


def measure(question: Question, evidence: Evidence, *, carried: float = 1.0) -> Candidates:
    """The features of every sentence of the evidence; ``carried`` is what a word counts that a conversation adds."""
    by_passage = [
        [as_asked(question, analyse(passage.sentence(at), passage.language)) for at in range(len(passage.sentences))]
        for passage in evidence.passages
    ]
    sentences = [sentence for passage in by_passage for sentence in passage]
    if not sentences:
        return Candidates((), (), np.zeros((0, len(FEATURES))))
    ruler = Ruler(question, sentences, carried)
    views = [
        _PassageView(ruler, passage, analysed) for passage, analysed in zip(evidence.passages, by_passage, strict=True)
    ]
    places = [(number, at) for number, passage in enumerate(by_passage) for at in range(len(passage))]
    rows = [_sentence_features(ruler, views[number], at) for number, at in places]
    _compare(rows, places, views)
    kinds = {f"is_{kind}": float(kind == question.kind) for kind in KINDS}
    table = np.array([_in_order({**row, **kinds}) for row in rows])
    return Candidates(tuple(places), tuple(sentences), table)


class _PassageView:
    """A passage's sentences, title and cover, as the question sees them."""

    def __init__(self, ruler: Ruler, passage: Passage, sentences: Sequence[Analysis]) -> None:
        self.sentences = sentences
        self.score = passage.score
        title = as_asked(ruler.question, analyse(passage.title or "", passage.language))
        self.title, self.title_grams = title.content, title.grams
        content = frozenset[str]().union(*(sentence.content for sentence in sentences))
        grams = frozenset[str]().union(*(sentence.grams for sentence in sentences))
        self.cover = ruler.cover(content | self.title)
        self.grams = ruler.cover_grams(grams)
        self.named = ruler.share(content | self.title, ruler.question.named)

    def content(self, position: int) -> frozenset[str]:
        """The stems of a sentence; none outside the passage."""
        return self.sentences[position].content if 0 <= position < len(self.sentences) else frozenset()

    def spelled(self, position: int) -> frozenset[str]:
        """The n-grams of a sentence; none outside the passage."""
        return self.sentences[position].grams if 0 <= position < len(self.sentences) else frozenset()


def _sentence_features(ruler: Ruler, passage: _PassageView, position: int) -> dict[str, float]:
    sentence, question = passage.sentences[position], ruler.question
    before, after = passage.content(position - 1), passage.content(position + 1)
    earlier = (position and passage.content(0)) or frozenset[str]()
    context = before | passage.title | earlier
    spelled = passage.spelled(position - 1) | passage.title_grams
    matched = sentence.content & ruler.stems.keys()
    cover = ruler.cover(sentence.content)
    return {
        "cover": cover,
        "cover_bare": ruler.share(sentence.content, ruler.bare),
        "cover_meant": cover + ruler.meant(sentence),
        "said": cover + _CONTEXT_COUNTS * ruler.cover(context - sentence.content),
        "told": ruler.share(sentence.content, ruler.stems.keys() - context),
        "cover_plain": len(matched) / (len(ruler.stems) or 1),
        "cover_before": ruler.cover(before - sentence.content),
        "cover_title": ruler.cover(passage.title - sentence.content - before),
        "cover_around": ruler.cover(sentence.content | before | after | passage.title),
        "cover_passage": passage.cover,
        "cover_beside": ruler.share(sentence.content, (*question.before, *question.after)),
        "named": ruler.share(sentence.content | before | passage.title, question.named),
        "named_passage": passage.named,
        "grams": ruler.cover_grams(sentence.grams),
        "grams_passage": passage.grams,
        "grams_told": ruler.share_grams(sentence.grams, ruler.grams.keys() - spelled),
        "pairs": pairs_near(question.stems, sentence.where),
        "phrases": phrases_shared(question.phrases, sentence.phrases),
        "order": in_order(question.stems, sentence.where),
        "dense": density(matched, sentence.where),
        "matched": float(len(matched)),
        "missed": ruler.missed,
        "place": 1 / (position + 1),
        "opens": _opens(ruler, sentence),
        "length": math.log1p(len(sentence.tokens)),
        "new": math.log1p(len(sentence.content - ruler.stems.keys())),
        **type_features(question, sentence),
    }


def _opens(ruler: Ruler, sentence: Analysis) -> float:
    first = [each for each in sentence.stems if each][:_OPENING]
    return sum(each in ruler.stems for each in first) / _OPENING


def _compare(
    rows: Sequence[dict[str, float]], places: Sequence[tuple[int, int]], views: Sequence[_PassageView]
) -> None:
    """Add how each sentence and passage stands against the best of the others."""
    wholes = _over_others([passage.cover for passage in views])
    best = max(passage.score for passage in views) or 1.0
    ahead = _over_others([passage.score / best for passage in views])
    for row, (number, _) in zip(rows, places, strict=True):
        row["rank"] = 1 / (number + 1)
        row["relevance"] = views[number].score / best
        row["ahead"] = ahead[number]
        row["best_passage"] = wholes[number]
    for name, compared in _LEADS.items():
        for row, lead in zip(rows, _over_others([row[compared] for row in rows]), strict=True):
            row[name] = lead


_LEADS = {"best": "cover", "best_grams": "grams", "best_said": "said", "best_told": "told", "best_meant": "cover_meant"}


def _over_others(values: Sequence[float]) -> list[float]:
    first, second = ([*sorted(values, reverse=True), 0.0, 0.0])[:2]
    return [value - (second if value == first else first) for value in values]


def as_mapping(row: npt.NDArray[np.float64]) -> Mapping[str, float]:
    """One row of features by name, for people."""
    return dict(zip(FEATURES, row.tolist(), strict=True))

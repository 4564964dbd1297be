"""What speaks for a sentence as the answer to a question, in numbers. Readable, and cheap: no model."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from qa.answer.across import as_asked
from qa.answer.analysis import Analysis, analyse
from qa.answer.questions import KINDS, Question, markers
from qa.text.dates import find_dates
from qa.text.numbers import find_numbers
from qa.values import Evidence, Passage

FEATURES = (
    "cover",  # of the question's weighted stems, the share in the sentence
    "cover_plain",  # the same unweighted
    "cover_bare",  # the share of those that do not belong to the interrogative
    "cover_before",  # the share only in the sentence before
    "cover_title",  # the share only in the title
    "cover_around",  # the share in the sentence, its neighbours or the title
    "cover_passage",  # the share in the passage
    "grams",  # of the question's weighted character n-grams, the share in the sentence
    "grams_passage",
    "said",  # the share in the sentence, plus most of what its context (title, first sentence, the one before) says
    "told",  # of the stems that the context does not say, the share in the sentence; 0.5 when it says all
    "best_said",
    "best_told",
    "best",  # cover less the best cover of any other sentence
    "best_grams",
    "best_passage",  # cover_passage less the best of any other passage
    "pairs",  # of the question's neighbouring stems, the share that stand near each other in the sentence
    "dense",  # how close together the matched stems stand
    "matched",  # matched stems, counted
    "missed",  # weight of the question's stems that are nowhere in the evidence, as a share
    "rank",  # 1 / rank of the passage
    "place",  # 1 / position of the sentence in its passage
    "length",  # log of its words
    "new",  # log of its content words that the question hasn't
    "focus",  # 1 the word asked about is there, -1 it isn't, 0 there is none
    "fits",  # 1 the sentence holds what this kind of question asks for, -1 it doesn't, 0 not known
    "marked",  # phrases that go with this kind of answer, counted up to 3
    "digits",  # new numbers in digits, counted up to 3
    "capitals",  # new capitalised words, counted up to 4
    "quoted",  # has a quotation or a bracket
    "ends",  # ends like a sentence rather than a heading
    "asks",  # is itself a question
    *(f"is_{kind}" for kind in KINDS),
)
_CONTEXT_COUNTS = 0.7  # of what its context says, how much a sentence is credited with
_NEAR = 4  # tokens between which two stems count as neighbours
_ANY_DAY = date(2000, 1, 1)  # relative dates count as dates, whatever day they mean
_CAPITAL_LANGUAGES = frozenset({"en"})


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
    places = [
        (number, position)
        for number, passage in enumerate(evidence.passages)
        for position in range(len(passage.sentences))
    ]
    sentences = [
        as_asked(question, analyse(evidence.passages[number].sentence(position), evidence.passages[number].language))
        for number, position in places
    ]
    if not sentences:
        return Candidates((), (), np.zeros((0, len(FEATURES))))
    ruler = _Ruler(question, sentences, carried)
    passages = [_PassageView(ruler, passage) for passage in evidence.passages]
    rows = []
    for (number, position), sentence in zip(places, sentences, strict=True):
        row = _sentence_features(ruler, sentence, passages[number], position)
        row["rank"] = 1 / (number + 1)
        rows.append(row)
    _compare(rows, places, passages)
    kinds = {f"is_{kind}": float(kind == question.kind) for kind in KINDS}
    table = np.array([[{**row, **kinds}[name] for name in FEATURES] for row in rows])
    return Candidates(tuple(places), tuple(sentences), table)


class _Ruler:
    """The question's stems and n-grams with their weights: the rarer among the sentences, the heavier."""

    def __init__(self, question: Question, sentences: Sequence[Analysis], counts: float) -> None:
        self.question = question
        documents = [sentence.content for sentence in sentences]
        carried = _weights({found for _, found in question.carried}, documents)
        self.stems = _weights(set(question.stems), documents)
        self.stems |= {found: weight * counts for found, weight in carried.items()}
        self.bare = self.stems.keys() - question.asking
        self.grams = _weights(question.grams, [sentence.grams for sentence in sentences])
        self.stem_total = sum(self.stems.values()) or 1.0
        self.gram_total = sum(self.grams.values()) or 1.0
        everywhere = frozenset[str]().union(*(sentence.content for sentence in sentences))
        self.missed = 1 - self.cover(everywhere)

    def cover(self, content: Iterable[str]) -> float:
        """The weighted share of the question's stems in ``content``."""
        return sum(self.stems[each] for each in self.stems.keys() & content) / self.stem_total

    def share(self, found: Iterable[str], wanted: Iterable[str]) -> float:
        """Of the weight of ``wanted`` stems of the question, the share in ``found``; 0.5 when none is wanted."""
        wanted = self.stems.keys() & wanted
        total = sum(self.stems[each] for each in wanted)
        return sum(self.stems[each] for each in wanted & frozenset(found)) / total if total else 0.5

    def cover_grams(self, grams: Iterable[str]) -> float:
        """The weighted share of the question's n-grams in ``grams``."""
        return sum(self.grams[each] for each in self.grams.keys() & grams) / self.gram_total


def _weights(wanted: Iterable[str], documents: Sequence[frozenset[str]]) -> dict[str, float]:
    """BM25's idf, log(1 + (N - n + 0.5) / (n + 0.5)), over the sentences of the evidence."""
    wanted = set(wanted)
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(wanted & document)
    total = len(documents)
    return {each: math.log(1 + (total - counts[each] + 0.5) / (counts[each] + 0.5)) for each in wanted}


class _PassageView:
    """A passage's sentences, title and cover."""

    def __init__(self, ruler: _Ruler, passage: Passage) -> None:
        language = passage.language
        question = ruler.question
        whole = range(len(passage.sentences))
        self.sentences = [as_asked(question, analyse(passage.sentence(place), language)) for place in whole]
        self.title = as_asked(question, analyse(passage.title or "", language)).content
        content = frozenset[str]().union(*(sentence.content for sentence in self.sentences))
        grams = frozenset[str]().union(*(sentence.grams for sentence in self.sentences))
        self.cover = ruler.cover(content | self.title)
        self.grams = ruler.cover_grams(grams)

    def content(self, position: int) -> frozenset[str]:
        """The stems of a sentence; none outside the passage."""
        return self.sentences[position].content if 0 <= position < len(self.sentences) else frozenset()


def _sentence_features(ruler: _Ruler, sentence: Analysis, passage: _PassageView, position: int) -> dict[str, float]:
    before, after = passage.content(position - 1), passage.content(position + 1)
    context = before | passage.title | passage.content(0)
    matched = sentence.content & ruler.stems.keys()
    return {
        "cover": ruler.cover(sentence.content),
        "cover_bare": ruler.share(sentence.content, ruler.bare),
        "said": ruler.cover(sentence.content) + _CONTEXT_COUNTS * ruler.cover(context - sentence.content),
        "told": ruler.share(sentence.content, ruler.stems.keys() - context),
        "cover_plain": len(matched) / (len(ruler.stems) or 1),
        "cover_before": ruler.cover(before - sentence.content),
        "cover_title": ruler.cover(passage.title - sentence.content - before),
        "cover_around": ruler.cover(sentence.content | before | after | passage.title),
        "cover_passage": passage.cover,
        "grams": ruler.cover_grams(sentence.grams),
        "grams_passage": passage.grams,
        "pairs": _pairs(ruler.question.stems, sentence.stems),
        "dense": _density(sentence.stems, matched),
        "matched": float(len(matched)),
        "missed": ruler.missed,
        "place": 1 / (position + 1),
        "length": math.log1p(len(sentence.tokens)),
        "new": math.log1p(len(sentence.content - ruler.stems.keys())),
        **_kind_features(ruler.question, sentence),
    }


def _kind_features(question: Question, sentence: Analysis) -> dict[str, float]:
    digits = sum(token.folded[0].isdecimal() and token.folded not in question.stems for token in sentence.tokens)
    capitals = sum(
        token.capital and stem not in question.stems
        for token, stem in zip(sentence.tokens[1:], sentence.stems[1:], strict=True)
        if stem
    )
    focus = 0.0 if not question.focus else 1.0 if question.focus in sentence.content else -1.0
    return {
        "focus": focus,
        "fits": _fits(question, sentence),
        "marked": float(min(3, _count_markers(question, sentence))),
        "digits": float(min(3, digits)),
        "capitals": float(min(4, capitals)),
        "quoted": float(any(mark in sentence.text for mark in '«"“(')),
        "ends": float(sentence.text.rstrip("»”\"') ")[-1:] in (".", "!", "؟", "?", "؛", "…")),
        "asks": float("؟" in sentence.text or "?" in sentence.text),
    }


def _fits(question: Question, sentence: Analysis) -> float:
    if question.kind == "when":
        return 1.0 if new_dates(question, sentence) else -1.0
    if question.kind == "number":
        return 1.0 if new_numbers(question, sentence) else -1.0
    return 0.0


def new_dates(question: Question, sentence: Analysis) -> list[tuple[int, int]]:
    """Where the sentence writes dates that the question doesn't, as offsets in the sentence."""
    return [
        (mention.start, mention.end)
        for mention in find_dates(sentence.text, _ANY_DAY)
        if sentence.text[mention.start : mention.end] not in question.text
    ]


def new_numbers(question: Question, sentence: Analysis) -> list[tuple[int, int]]:
    """Where the sentence writes numbers that the question doesn't, as offsets in the sentence."""
    return [
        (quantity.start, quantity.end)
        for quantity in find_numbers(sentence.text)
        if sentence.text[quantity.start : quantity.end] not in question.text
    ]


def _count_markers(question: Question, sentence: Analysis) -> int:
    wanted = markers(sentence.language, question.kind)
    folded = [token.folded for token in sentence.tokens]
    return sum(
        tuple(folded[place : place + length]) in wanted
        for length in {len(phrase) for phrase in wanted}
        for place in range(len(folded) - length + 1)
    )


def _pairs(asked: Sequence[str], stems: Sequence[str]) -> float:
    """Of the question's neighbouring stems, the share that stand within a few tokens in the sentence, in any order."""
    where: dict[str, list[int]] = {}
    for place, each in enumerate(stems):
        if each:
            where.setdefault(each, []).append(place)
    pairs = list(itertools.pairwise(asked))
    if not pairs:
        return 0.0
    near = sum(
        any(abs(one - other) <= _NEAR for one in where.get(left, ()) for other in where.get(right, ()))
        for left, right in pairs
    )
    return near / len(pairs)


def _density(stems: Sequence[str], matched: Iterable[str]) -> float:
    """Distinct matched stems for each token of the stretch that spans their first mentions."""
    firsts = [stems.index(each) for each in matched]
    return len(firsts) / (max(firsts) - min(firsts) + 1) if len(firsts) > 1 else 0.0


def _compare(
    rows: Sequence[dict[str, float]], places: Sequence[tuple[int, int]], passages: Sequence[_PassageView]
) -> None:
    """Add how each sentence and passage stands against the best of the others."""
    wholes = _over_others([passage.cover for passage in passages])
    for row, (number, _) in zip(rows, places, strict=True):
        row["best_passage"] = wholes[number]
    for name, compared in (("best", "cover"), ("best_grams", "grams"), ("best_said", "said"), ("best_told", "told")):
        for row, lead in zip(rows, _over_others([row[compared] for row in rows]), strict=True):
            row[name] = lead


def _over_others(values: Sequence[float]) -> list[float]:
    first, second = ([*sorted(values, reverse=True), 0.0, 0.0])[:2]
    return [value - (second if value == first else first) for value in values]


def as_mapping(row: npt.NDArray[np.float64]) -> Mapping[str, float]:
    """One row of features by name, for people."""
    return dict(zip(FEATURES, row.tolist(), strict=True))

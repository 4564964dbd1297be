"""How much each word of a question counts: the rarer among the sentences it is asked of, the more.

Sums run over sets, whose order changes from one process to the next: ``fsum`` gives the same for every order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from qa.answer.analysis import Analysis, meanings_of
from qa.answer.questions import Question


class Ruler:
    """A question's stems and character n-grams with their weights, and what of them a sentence has."""

    def __init__(self, question: Question, sentences: Sequence[Analysis], counts: float) -> None:
        self.question = question
        documents = [sentence.content for sentence in sentences]
        carried = _weights({found for _, found in question.carried}, documents)
        self.stems = _weights(set(question.stems), documents)
        self.stems |= {found: weight * counts for found, weight in carried.items()}
        self.bare = self.stems.keys() - question.asking
        self.grams = _weights(question.grams, [sentence.grams for sentence in sentences])
        self.stem_total = math.fsum(self.stems.values()) or 1.0
        self.gram_total = math.fsum(self.grams.values()) or 1.0
        everywhere = frozenset[str]().union(*documents)
        self.missed = 1 - self.cover(everywhere)
        words = (*zip(question.content, question.stems, strict=True), *question.carried)
        self._meanings = {own: meanings_of(word, question.language) for word, own in words}
        self._concepts = frozenset[str]().union(*self._meanings.values())

    def cover(self, content: Iterable[str]) -> float:
        """The weighted share of the question's stems in ``content``."""
        return math.fsum(self.stems[each] for each in self.stems.keys() & content) / self.stem_total

    def share(self, found: Iterable[str], wanted: Iterable[str]) -> float:
        """Of the weight of ``wanted`` stems of the question, the share in ``found``; 0.5 when none is wanted."""
        return _share(self.stems, found, wanted)

    def meant(self, sentence: Analysis) -> float:
        """The weighted share of the stems that the sentence lacks and has a word of the same meaning for."""
        said = sentence.meanings(self._concepts)
        lacking = self.stems.keys() - sentence.content if said else ()
        return math.fsum(self.stems[own] * _nearest(self._meanings[own], said) for own in lacking) / self.stem_total

    def cover_grams(self, grams: Iterable[str]) -> float:
        """The weighted share of the question's n-grams in ``grams``."""
        return math.fsum(self.grams[each] for each in self.grams.keys() & grams) / self.gram_total

    def share_grams(self, found: Iterable[str], wanted: Iterable[str]) -> float:
        """Of the weight of ``wanted`` n-grams of the question, the share in ``found``; 0.5 when none is wanted."""
        return _share(self.grams, found, wanted)


def _nearest(meanings: Mapping[str, float], said: Mapping[str, float]) -> float:
    return max((min(meanings[each], said[each]) for each in meanings.keys() & said.keys()), default=0.0)


def _share(weights: Mapping[str, float], found: Iterable[str], wanted: Iterable[str]) -> float:
    wanted = weights.keys() & wanted
    total = math.fsum(weights[each] for each in wanted)
    return math.fsum(weights[each] for each in wanted & frozenset(found)) / total if total else 0.5


def _weights(wanted: Iterable[str], documents: Sequence[frozenset[str]]) -> dict[str, float]:
    """BM25's idf, log(1 + (N - n + 0.5) / (n + 0.5)), over the sentences of the evidence."""
    wanted = set(wanted)
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(wanted & document)
    total = len(documents)
    return {each: math.log(1 + (total - counts[each] + 0.5) / (counts[each] + 0.5)) for each in wanted}

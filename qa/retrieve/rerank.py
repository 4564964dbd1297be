"""A closer look at the best passages of the question's own language: where and how they say what is asked.

BM25 counts words wherever they stand. Of the words of the question, by their rarity, this adds

    0.6 × how early the passage speaks of them (a word at place p, from 0, counts 1 / (1 + p / 10))
  + 0.5 × how many the best of its sentences has
  + 0.25 × how many of the question's pairs of neighbouring words stand side by side in it

to the lexical score divided by the best. A word is met by its stem, or, less, by what it means (the concepts that the
two share). Weights are those of a softmax regression over the 20 best passages of each question, rounded; each file
was left out in turn. Hit@1 before and after, in per cent:

    PQuAD 93.9 95.1   ParsiNLU 69.7 71.3   ARCD 70.6 71.9   KaifLematha 96.0 96.1   MLQA 64.0 65.2   TyDi (en) 87.5 88.2

Tried without gain beside these: coverage of the whole passage and of two sentences, the closest window, the rarest
word, the length, weights for single words of questions. Kinds of question (a year for "when") gave 0.1.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from threading import Lock
from typing import Final, NamedTuple

from qa.library.hits import Hit
from qa.library.terms import content_tokens, tokens, tokens_of_all
from qa.text import stem, stopwords
from qa.text.concepts import meanings_of
from qa.values import Passage

RERANKED: Final = 10  # 20 finds the same first passages
EARLY: Final = 0.6
SENTENCE: Final = 0.5
PAIRS: Final = 0.25
EARLY_PLACES: Final = 10.0
_MOST_WORDS: Final = 1 << 15  # that are remembered of a language, in some 13 MB


class _Met(NamedTuple):
    """What a passage's word is to a question: its stem, and the places of the words that it meets, with how well."""

    stem: str
    words: tuple[tuple[int, float], ...]


class Wording:
    """The words of one question, to be looked for in passages of the same language.

    ``rarity`` gives each stem its weight, an idf.
    """

    def __init__(self, question: str, language: str, rarity: Callable[[str], float]) -> None:
        spoken = tokens(question)
        content = dict.fromkeys(content_tokens(question, language) or spoken)
        stems = [stem(token, language) for token in spoken]
        self._language = language
        self._stems = frozenset(stems)
        self._by_stem: dict[str, list[int]] = {}
        self._by_concept: dict[str, list[tuple[int, float]]] = {}
        for place, token in enumerate(content):
            self._by_stem.setdefault(stem(token, language), []).append(place)
            for concept, weight in _meanings(token, language).items():
                self._by_concept.setdefault(concept, []).append((place, weight))
        self._weights = [rarity(stem(token, language)) for token in content]
        self._total = sum(self._weights) or 1.0
        self._pairs = frozenset(itertools.pairwise(stems))

    def scores(self, passages: Iterable[Passage]) -> dict[str, float]:
        """What is added to the lexical score of each passage, by its id, in [0, 1.35]."""
        passages = list(passages)
        spoken = iter(tokens_of_all([each.sentence(at) for each in passages for at in range(len(each.sentences))]))
        by_passage = [list(itertools.islice(spoken, len(each.sentences))) for each in passages]
        words = {token for sentences in by_passage for sentence in sentences for token in sentence}
        near = _vocabulary(self._language).among(words, self._stems, self._by_concept)
        met = {token: self._meet(token) for token in near}
        return {
            passage.id: self._score(sentences, met) for passage, sentences in zip(passages, by_passage, strict=True)
        }

    def _score(self, sentences: Sequence[Sequence[str]], met: Mapping[str, _Met]) -> float:
        early = [0.0] * len(self._weights)
        best = 0.0
        start = 0
        before, last = "", -2
        pairs: set[tuple[str, str]] = set()
        for spoken in sentences:
            here = [0.0] * len(self._weights)
            for place, found in [(place, met[token]) for place, token in enumerate(spoken, start) if token in met]:
                for word, strength in found.words:
                    here[word] = max(here[word], strength)
                    early[word] = max(early[word], strength / (1 + place / EARLY_PLACES))
                if place == last + 1 and (before, found.stem) in self._pairs:
                    pairs.add((before, found.stem))
                before, last = found.stem, place
            start += len(spoken)
            best = max(best, self._weighed(here))
        return EARLY * self._weighed(early) + SENTENCE * best + PAIRS * len(pairs) / max(1, len(self._pairs))

    def _weighed(self, strengths: Sequence[float]) -> float:
        return sum(map(float.__mul__, self._weights, strengths)) / self._total

    def _meet(self, token: str) -> _Met:
        own = stem(token, self._language)
        strengths = dict.fromkeys(self._by_stem.get(own, ()), 1.0)
        for concept, said in _meanings(token, self._language).items():
            for place, asked in self._by_concept.get(concept, ()):
                strengths[place] = max(strengths.get(place, 0.0), min(asked, said))
        return _Met(own, tuple(strengths.items()))


def reranked(hits: Sequence[Hit], wording: Wording, passages: Iterable[Passage]) -> list[Hit]:
    """The hits with their scores divided by the best and what a closer look at the passages adds, best first."""
    best = max(hit.score for hit in hits) or 1.0
    added = wording.scores(passages)
    scored = [Hit(hit.id, hit.score / best + added.get(hit.id, 0.0)) for hit in hits]
    return sorted(scored, key=lambda hit: -hit.score)


class _Vocabulary:
    """The words that passages of a language had, by stem and concept.

    Of the hundreds of words of ten passages a question meets some twenty. To look each up among the concepts of the
    question takes longer than all the rest; the question's concepts have their words here.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._lock = Lock()
        self._forget()

    def among(self, words: set[str], stems: Iterable[str], concepts: Iterable[str]) -> set[str]:
        """Those of the words that have one of the stems or one of the concepts."""
        with self._lock:
            if len(self._known) > _MOST_WORDS:
                self._forget()
            for word in words - self._known:
                self._learn(word)
            by_stem = [self._by_stem[each] for each in stems if each in self._by_stem]
            by_concept = [self._by_concept[each] for each in concepts if each in self._by_concept]
            return words.intersection(set().union(*by_stem, *by_concept))

    def _learn(self, word: str) -> None:
        self._known.add(word)
        self._by_stem.setdefault(stem(word, self._language), []).append(word)
        for concept in _meanings(word, self._language):
            self._by_concept.setdefault(concept, []).append(word)

    def _forget(self) -> None:
        self._known: set[str] = set()
        self._by_stem: dict[str, list[str]] = {}
        self._by_concept: dict[str, list[str]] = {}


@cache
def _vocabulary(language: str) -> _Vocabulary:
    return _Vocabulary(language)


def _meanings(token: str, language: str) -> Mapping[str, float]:
    """Stop words mean nothing: they are met by themselves only. How known words sound says nothing in one language."""
    return {} if token in stopwords(language) else meanings_of(token, language)

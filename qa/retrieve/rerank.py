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
from functools import lru_cache
from typing import Final, NamedTuple

from qa.library.hits import Hit
from qa.library.terms import content_tokens, tokens
from qa.text import stem, stopwords
from qa.text.concepts import meanings_of
from qa.values import Passage

RERANKED: Final = 10  # 20 finds the same first passages
EARLY: Final = 0.6
SENTENCE: Final = 0.5
PAIRS: Final = 0.25
EARLY_PLACES: Final = 10.0
_CACHED_WORDS: Final = 1 << 14  # about 10 MB when full


class _Word(NamedTuple):
    """A folded word by its stem and its concepts."""

    stem: str
    concepts: Mapping[str, float]


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
        self._stems = frozenset(stems)
        self._language = language
        words = [_word(token, language) for token in content]
        self._weights = [rarity(word.stem) for word in words]
        self._by_stem: dict[str, list[int]] = {}
        self._by_concept: dict[str, list[tuple[int, float]]] = {}
        for place, word in enumerate(words):
            self._by_stem.setdefault(word.stem, []).append(place)
            for concept, weight in word.concepts.items():
                self._by_concept.setdefault(concept, []).append((place, weight))
        self._total = sum(self._weights) or 1.0
        self._pairs = frozenset(itertools.pairwise(stems))
        self._known: dict[str, _Met | None] = {}

    def score(self, passage: Passage) -> float:
        """What is added to a passage's lexical score, in [0, 1.35]."""
        early = [0.0] * len(self._weights)
        best = 0.0
        start = 0
        before, last = "", -2
        pairs: set[tuple[str, str]] = set()
        for number in range(len(passage.sentences)):
            here = [0.0] * len(self._weights)
            spoken = tokens(passage.sentence(number))
            for place, met in self._met(spoken, start):
                for word, strength in met.words:
                    here[word] = max(here[word], strength)
                    early[word] = max(early[word], strength / (1 + place / EARLY_PLACES))
                if place == last + 1 and (before, met.stem) in self._pairs:
                    pairs.add((before, met.stem))
                before, last = met.stem, place
            start += len(spoken)
            best = max(best, self._weighed(here))
        return EARLY * self._weighed(early) + SENTENCE * best + PAIRS * len(pairs) / max(1, len(self._pairs))

    def _met(self, spoken: Sequence[str], start: int) -> list[tuple[int, _Met]]:
        """The words of a sentence that are something to the question, with their places from ``start`` on."""
        known = self._known
        for token in set(spoken) - known.keys():
            known[token] = self._meet(token)
        return [(place, met) for place, token in enumerate(spoken, start) if (met := known[token])]

    def _weighed(self, strengths: Sequence[float]) -> float:
        return sum(map(float.__mul__, self._weights, strengths)) / self._total

    def _meet(self, token: str) -> _Met | None:
        """None for what is nothing to the question, as most words of a passage are."""
        word = _word(token, self._language)
        if word.stem not in self._stems and self._by_concept.keys().isdisjoint(word.concepts):
            return None
        strengths = dict.fromkeys(self._by_stem.get(word.stem, ()), 1.0)
        for concept, said in word.concepts.items():
            for place, asked in self._by_concept.get(concept, ()):
                strengths[place] = max(strengths.get(place, 0.0), min(asked, said))
        return _Met(word.stem, tuple(strengths.items()))


def reranked(hits: Sequence[Hit], wording: Wording, passages: Iterable[Passage]) -> list[Hit]:
    """The hits with their scores divided by the best and what a closer look at the passages adds, best first."""
    best = max(hit.score for hit in hits) or 1.0
    added = {passage.id: wording.score(passage) for passage in passages}
    scored = [Hit(hit.id, hit.score / best + added.get(hit.id, 0.0)) for hit in hits]
    return sorted(scored, key=lambda hit: -hit.score)


@lru_cache(_CACHED_WORDS)
def _word(token: str, language: str) -> _Word:
    """Stop words mean nothing: they are met by themselves only. How known words sound says nothing in one language."""
    return _Word(stem(token, language), {} if token in stopwords(language) else meanings_of(token, language))

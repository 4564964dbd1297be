"""A sentence in another language than the question's, seen through the question's words.

A word of the sentence that means the same as a word of the question, or sounds like the same name, is taken for it.
Then all that is measured of a sentence in the question's own language can be measured of this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from qa.answer.analysis import GRAM, Analysis
from qa.answer.questions import Question
from qa.text import ngrams
from qa.text.concepts import SKELETON_MARK, concepts_of

# Two words meet in a translation that both have with at least this weight, or in a skeleton of at least so many
# consonants when the table does not know one of them. Chosen on the cases over corpus/ that cross languages.
_SHARED_MEANING = 0.2
_SHORTEST_NAME = 3
_UNKNOWN = 0.5  # the weight of the skeleton of a word that the table does not know


@lru_cache(maxsize=512)  # the sentences of a few questions: each is asked for again only within its own
def as_asked(question: Question, sentence: Analysis) -> Analysis:
    """``sentence`` with the question's stems in the places of the words that mean them; itself in one language."""
    if sentence.language == question.language:
        return sentence
    asked = [*zip(question.content, question.stems, strict=True), *question.carried]
    meanings = [(concepts_of(word, question.language), own) for word, own in asked]
    any_meaning = frozenset[str]().union(*(each for each, _ in meanings))
    stems = tuple(
        _meant(concepts_of(token.folded, sentence.language), meanings, any_meaning) or own if own else ""
        for token, own in zip(sentence.tokens, sentence.stems, strict=True)
    )
    words = {own: word for word, own in asked}
    spoken = " ".join(words.get(own, token.folded) for token, own in zip(sentence.tokens, stems, strict=True) if own)
    content = frozenset(own for own in stems if own)
    return replace(sentence, stems=stems, content=content, grams=frozenset(ngrams(spoken, GRAM, GRAM)))


def _meant(
    said: Mapping[str, float], asked: Sequence[tuple[Mapping[str, float], str]], any_meaning: frozenset[str]
) -> str | None:
    """The stem of the question's word that means most nearly what a word with the meanings ``said`` does, or None."""
    if any_meaning.isdisjoint(said):
        return None
    best, nearest = 0.0, None
    for meanings, own in asked:
        shared = _shared(said, meanings)
        if shared > best:
            best, nearest = shared, own
    return nearest


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    best = 0.0
    for concept in one.keys() & other.keys():
        low, high = sorted((one[concept], other[concept]))
        if concept.startswith(SKELETON_MARK):
            sounds = len(concept) > _SHORTEST_NAME and high >= _UNKNOWN
            best = max(best, low if sounds else 0.0)
        elif low >= _SHARED_MEANING:
            best = max(best, low)
    return best

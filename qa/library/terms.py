"""The one analysis of a text into the terms that the lexical index holds and a question is looked up by.

| channel    | terms                                                                                  |
|------------|----------------------------------------------------------------------------------------|
| `words`    | stems of the words, stop words out                                                     |
| `pairs`    | stems of two words side by side, stop words too: who did what to whom is in their order |
| `grams`    | character 3- and 4-grams of the words, each word between two ``_``, stop words out     |
| `concepts` | what the words mean in all three languages (:mod:`qa.text.concepts`)                   |
| `title`    | stems and concepts of the title, which is context for finding and is never quoted      |

3–4 is better than 3–5 here, and half the terms: hit@1 of BM25 on Arabic pools 74.4 against 73.9, on Persian ones
78.2 against 77.3.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from qa.text import fold, stem, stopwords
from qa.text.concepts import concepts_of
from qa.values import Article, Passage

Channel = Literal["words", "pairs", "grams", "concepts", "title"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)

# A concept of weight 1 is written so many times, a weaker one fewer, because term frequencies are whole numbers.
# It also lets a concept's score saturate early (as a k1 of 0.4 would), which ranks better than 1 or 2 (of 1 to 4).
CONCEPT_REPEATS = 3
GRAM_SIZES = (3, 4)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d]\w*")
_THOUSANDS = re.compile(r"\d,\d")
_CACHED_WORDS = 36_000  # some 27 MB; 4,000 articles have 100,000, most of them once
_CACHED_TEXTS = 64  # the passages of an article, which are read for the lexical index and then for their vectors


@lru_cache(_CACHED_TEXTS)
def tokens(text: str) -> tuple[str, ...]:
    """The folded words and numbers of a text; the parts of a half-space word apart, 3,500 as 3500."""
    return tuple(_tokens(fold(text).text))


def tokens_of_all(texts: Sequence[str]) -> list[Sequence[str]]:
    """What :func:`tokens` gives for each text, in half the time: they are folded together."""
    lines = fold("\n".join([text.replace("\n", " ") for text in texts])).text.split("\n")
    if len(lines) != len(texts):  # one has a line break that is no newline, or nothing that is kept
        return [tokens(text) for text in texts]
    return [_tokens(line) for line in lines]


def _tokens(folded: str) -> list[str]:
    found = _TOKEN.findall(folded)
    return [token.replace(",", "") for token in found] if _THOUSANDS.search(folded) else found


def document_terms(text: str, title: str | None, language: str) -> dict[Channel, str]:
    """The terms of a passage for each channel, joined by spaces; a term occurs as often as it counts."""
    words = [_word_terms(token, language) for token in tokens(text)]
    content = [word for word in words if not word.stop]
    named = [_word_terms(token, language) for token in tokens(title or "")]
    return {
        "words": " ".join([word.stem for word in content]),
        "pairs": " ".join(_pairs([word.stem for word in words])),
        "grams": " ".join([word.grams for word in content]),
        "concepts": " ".join([word.concepts for word in content]),
        "title": " ".join([f"{word.stem} {word.concepts}" for word in named if not word.stop]),
    }


def passage_terms(passage: Passage, of: Article | Passage) -> dict[Channel, str]:
    """The terms of a passage of an article, or of one that carries its article's header.

    The title of its page says nothing of a teaser.
    """
    title = None if passage.teaser else of.title
    return document_terms(passage.text, " ".join(part for part in (title, of.source) if part), of.language)


@lru_cache(64)  # a search asks each shelf
def query_terms(text: str, language: str) -> Mapping[Channel, Mapping[str, float]]:
    """The terms of a question for each channel, with their weights."""
    spoken = tokens(text)
    content = content_tokens(text, language) or spoken
    stems = Counter(stem(token, language) for token in content)
    concepts = sum_concepts(content, language)
    return {
        "words": stems,
        "pairs": Counter(_pairs([stem(token, language) for token in spoken])),
        "grams": Counter(gram for token in content for gram in _grams(token)),
        "concepts": concepts,
        "title": {**concepts, **stems},
    }


def content_tokens(text: str, language: str) -> list[str]:
    """The tokens of a text without the stop words of its language."""
    stops = stopwords(language)
    return [token for token in tokens(text) if token not in stops]


def sum_concepts(words: Sequence[str], language: str) -> dict[str, float]:
    """The concepts of all words together, their weights added up."""
    total: dict[str, float] = {}
    for word in words:
        for concept, weight in concepts_of(word, language).items():
            total[concept] = total.get(concept, 0.0) + weight
    return total


@dataclass(frozen=True, slots=True)
class _WordTerms:
    """What one word adds to each channel of a passage, written out."""

    stop: bool
    stem: str
    grams: str
    concepts: str


@lru_cache(_CACHED_WORDS)
def _word_terms(word: str, language: str) -> _WordTerms:
    if word in stopwords(language):
        return _WordTerms(True, stem(word, language), "", "")
    repeated = [
        concept
        for concept, weight in concepts_of(word, language).items()
        for _ in range(max(1, round(weight * CONCEPT_REPEATS)))
    ]
    return _WordTerms(False, stem(word, language), " ".join(_grams(word)), " ".join(repeated))


def _pairs(stems: Sequence[str]) -> list[str]:
    return [f"{left}_{right}" for left, right in itertools.pairwise(stems)]


def _grams(word: str) -> list[str]:
    padded = f"_{word}_"
    return [padded[at : at + size] for size in GRAM_SIZES for at in range(len(padded) - size + 1)]

"""The embedder that needs nothing: concepts, projected at random into a few hundred dimensions.

A text is the sum of its words, each damped by 1 + ln of how often it occurs; a word is the weighted sum of its
concepts (:mod:`qa.text.concepts`), which the three languages share; a concept is a sparse random direction of eight
signed ones, drawn from a hash of its name. Distances of the concept space survive such a projection (Achlioptas
2003, "Database-friendly random projections"), so nothing is learned and nothing but the table is shipped.

Hit@1/hit@5 of the vectors alone, in per cent, on TICO-19 windows: en→fa 53/76, en→ar 45/69, ar→fa 37/59, fa→ar 36/62;
of 384 dimensions 59/81, 52/76, 45/67, 44/67, and 51.9 where 256 have 47.3 within one language. Beside the lexical
channels nothing of that is left (79.6 and 79.5 %, and as much across languages), and a process that searches 100,000
passages holds 50 MB less. Hashed character n-grams of 512 have 5/10, 2/4, 11/22 and 11/23. Weighting concepts by
their rarity was worse across languages (52/72 of en→fa) and no better within one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from qa.library.embedders.embedder import Vectors, normalised
from qa.library.terms import content_tokens
from qa.text import detect_language
from qa.text.concepts import concepts_of

VERSION = 3  # to be raised whenever the same text would get another vector: a new table, another formula
DIMENSIONS = 256
DIRECTIONS = 8
ENOUGH_TO_TELL = 400  # code points that the language of a text is told from
_CACHED = 32_000  # words; about 15 MB when full
_WEIGHT_BYTES = 4
_AT_ONCE = 64  # texts that are added up in one go


class EmbeddedEmbedder:
    """Concepts of three languages in 256 dimensions, on the CPU."""

    identity = f"embedded:{VERSION}:{DIMENSIONS}"
    dimensions = DIMENSIONS

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, of length 1 (0 for a text without words)."""
        sums = [_sums(texts[start : start + _AT_ONCE]) for start in range(0, len(texts), _AT_ONCE)]
        return normalised(np.concatenate([np.zeros((0, DIMENSIONS), np.float32), *sums]))

    def embed_query(self, text: str) -> Vectors:
        """One vector of length 1, or zeros."""
        return normalised(_sums([text])[0])


class _Word(NamedTuple):
    """A word's concepts: eight numbers (uint32) from a hash of each one's name, one after the other, and their weights
    (float32). As bytes, which are joined ten times faster than arrays."""

    numbers: bytes
    weights: bytes


def _sums(texts: Sequence[str]) -> Vectors:
    """The sums of a few texts, a row each, all added up at once."""
    words: list[_Word] = []
    times: list[int] = []
    rows: list[int] = []
    for row, text in enumerate(texts):
        language = detect_language(text[:ENOUGH_TO_TELL])
        counts = Counter(content_tokens(text, language))
        words += [_word(word, language) for word in counts]
        times += counts.values()
        rows += [row] * len(counts)
    if not words:
        return np.zeros((len(texts), DIMENSIONS), np.float32)
    concepts = np.array([len(word.weights) for word in words]) // _WEIGHT_BYTES
    damped = np.repeat(1 + np.log(np.array(times, np.float32)), concepts)
    weights = np.repeat(np.frombuffer(b"".join([word.weights for word in words]), np.float32) * damped, DIRECTIONS)
    starts = np.repeat(np.repeat(np.array(rows) * DIMENSIONS, concepts), DIRECTIONS)
    numbers = np.frombuffer(b"".join([word.numbers for word in words]), "<u4")
    signed = np.where(numbers & 1, weights, -weights) / np.float32(DIRECTIONS**0.5)
    summed = np.bincount((numbers >> 1) % DIMENSIONS + starts, signed, len(texts) * DIMENSIONS)
    return summed.astype(np.float32).reshape(len(texts), DIMENSIONS)


@lru_cache(_CACHED)
def _word(word: str, language: str) -> _Word:
    concepts = concepts_of(word, language)
    weights = np.fromiter(concepts.values(), np.float32, len(concepts))
    digests = [hashlib.blake2b(concept.encode(), digest_size=4 * DIRECTIONS).digest() for concept in concepts]
    return _Word(b"".join(digests), weights.tobytes())

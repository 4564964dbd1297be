"""Sketches: from a few hundred bytes of each, how much two articles share. The only module that touches rensa.

A sketch holds the MinHash signature (Broder 1997, "On the resemblance and containment of documents") of the pairs
of neighbouring words, folded and without half-spaces, which pages lose; then a hash of each number in the text.
Both are of the article's sentences alone: menus and teasers, which differ from outlet to outlet, count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt
import rensa

from qa.text import fold
from qa.values import Passage

Hashes = npt.NDArray[np.uint32]

PERMUTATIONS: Final = 96
SEED: Final = 1404
# Two articles that share half their pairs meet in one of 24 buckets of 3 in 96 of 100 cases, those that share 60 %
# in 99.7; of those that share a thirtieth, as any two of one language do, one in a thousand has to be looked at.
BANDS: Final = 24
ROWS: Final = 3
# Tuned on edited copies of the articles in corpus/ and on pairs of articles there that tell of the same event.
ALIKE: Final = 0.5
# An outlet that prints half of an agency's report still prints that report.
CONTAINED: Final = 0.85
LEAST_ALIKE: Final = 0.3
_LONGEST: Final = 200_000
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_WORD: Final = re.compile(rf"{_NUMBER.pattern}|[^\W\d_]+")


@dataclass(frozen=True, eq=False)
class Sketch:
    """``signature`` are the least hashes, ``pairs`` how many pairs there were, ``numbers`` their hashes, sorted."""

    signature: Hashes
    pairs: int
    numbers: frozenset[int]

    @classmethod
    def read(cls, data: bytes) -> Sketch:
        """What :meth:`written` has written."""
        values = np.frombuffer(data, dtype="<u4")
        rest = values[PERMUTATIONS + 1 :]
        return cls(values[:PERMUTATIONS], int(values[PERMUTATIONS]), frozenset(rest.tolist()))

    def written(self) -> bytes:
        """As bytes: little-endian numbers of 32 bits."""
        values = [*self.signature.tolist(), self.pairs, *sorted(self.numbers)]
        return np.array(values, dtype="<u4").tobytes()

    @cached_property
    def buckets(self) -> tuple[int, ...]:
        """One key of 63 bits for each band of the signature: near-copies have at least one in common."""
        bands = self.signature[: BANDS * ROWS].reshape(BANDS, ROWS).astype(np.uint64)
        keys = np.arange(1, BANDS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        for column in bands.T:
            keys = (keys ^ column) * np.uint64(0xFF51AFD7ED558CCD)
            keys ^= keys >> np.uint64(33)
        return tuple((keys >> np.uint64(1)).tolist())


def sketch_of(passages: Iterable[Passage]) -> Sketch | None:
    """The sketch of an article with these passages; None when it says nothing, or one word alone."""
    said = "\n".join(
        passage.text[start - passage.start : end - passage.start]
        for passage in passages
        if not passage.teaser
        for start, end in passage.sentences
    )
    folded = fold(said[:_LONGEST].replace("\u200c", "")).text
    words = _WORD.findall(folded)
    if len(words) < 2:
        return None
    pairs = {f"{first} {second}" for first, second in pairwise(words)}
    hashed = rensa.RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    hashed.update(list(pairs))
    numbers = frozenset(crc32(number.replace(",", "").encode()) for number in _NUMBER.findall(folded))
    return Sketch(np.array(hashed.digest(), dtype=np.uint32), len(pairs), numbers)


def near_copies(sketch: Sketch, others: Sequence[Sketch]) -> list[bool]:
    """Which of the others tell the same in nearly the same words.

    Where each of two has a number that the other lacks, they are two reports, however alike: another toll, another
    day's prices.
    """
    if not others:
        return []
    alike = np.mean(np.stack([other.signature for other in others]) == sketch.signature, axis=1)
    return [_is_copy(sketch, other, float(share)) for other, share in zip(others, alike, strict=True)]


def _is_copy(one: Sketch, other: Sketch, alike: float) -> bool:
    shared = alike * (one.pairs + other.pairs) / (1 + alike)
    contained = alike >= LEAST_ALIKE and shared >= CONTAINED * min(one.pairs, other.pairs)
    return (alike >= ALIKE or contained) and (one.numbers <= other.numbers or other.numbers <= one.numbers)

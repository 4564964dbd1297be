"""The file that the concept table is shipped in: what it holds, how it is written and read.

After eight bytes of magic comes one zlib stream: a JSON header line with the sizes, the words and concepts as
lines of UTF-8, then the numbers. Written twice from the same table it is the same, byte for byte.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

MAGIC = b"SANADC01"
FULL_WEIGHT = 255
_WEIGHTS = tuple(weight / FULL_WEIGHT for weight in range(FULL_WEIGHT + 1))  # shared by all that are kept of words

Translations = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Lexicon:
    """Words of one language and where their concepts are: those of word ``i`` are ``starts[i]:starts[i + 1]``."""

    places: Mapping[str, int]
    starts: Sequence[int]
    concepts: Sequence[int]
    weights: bytes

    def find(self, word: str) -> range:
        """Where the concepts of a word are; empty for a word that is not there."""
        place = self.places.get(word)
        return range(0) if place is None else range(self.starts[place], self.starts[place + 1])


@dataclass(frozen=True)
class ConceptTable:
    """All of it: the concepts' names, one lexicon for each name (``fa.words``, ``fa.stems``, …), familiar words."""

    concepts: Sequence[str]
    lexicons: Mapping[str, Lexicon]
    familiar: frozenset[str]

    def concepts_of(self, lexicon: str, word: str) -> dict[str, float]:
        """Concept to weight in (0, 1] for a word as one lexicon has it; empty when it has not."""
        entry = self.lexicons.get(lexicon)
        if entry is None:
            return {}
        return {self.concepts[entry.concepts[at]]: _WEIGHTS[entry.weights[at]] for at in entry.find(word)}


def write_table(lexicons: Mapping[str, Translations], familiar: Sequence[str]) -> bytes:
    """The table as bytes. Weights are in (0, 1] and kept to 1/255."""
    concepts = sorted({concept for words in lexicons.values() for found in words.values() for concept in found})
    numbers = {concept: number for number, concept in enumerate(concepts)}
    texts: list[Sequence[str]] = [concepts, sorted(familiar)]
    blobs: list[bytes] = []
    for name in sorted(lexicons):
        words = sorted(lexicons[name])
        rows = [sorted(lexicons[name][word].items(), key=lambda item: (-item[1], item[0])) for word in words]
        texts.append(words)
        flat = [(numbers[concept], weight) for row in rows for concept, weight in row]
        blobs += [
            bytes(len(row) for row in rows),
            _little(array("H", [number for number, _ in flat])),
            bytes(max(1, round(weight * FULL_WEIGHT)) for _, weight in flat),
        ]
    header: dict[str, Any] = {
        "lexicons": sorted(lexicons),
        "lines": [len(lines) for lines in texts],
        "sizes": [len(blob) for blob in blobs],
    }
    body = "\n".join([json.dumps(header), *(line for lines in texts for line in lines)]) + "\n\0"
    return MAGIC + zlib.compress(body.encode() + b"".join(blobs), 9)


def read_table(data: bytes) -> ConceptTable:
    """The table that ``write_table`` made. Raises ValueError for anything else."""
    if not data.startswith(MAGIC):
        raise ValueError("not a concept table")
    body, _, blob = zlib.decompress(data[len(MAGIC) :]).partition(b"\n\0")
    lines = body.decode().split("\n")
    header = json.loads(lines[0])
    ends = list(accumulate(header["lines"], initial=1))
    texts = [lines[start:end] for start, end in pairwise(ends)]
    offsets = list(accumulate(header["sizes"], initial=0))
    blobs = [blob[start:end] for start, end in pairwise(offsets)]
    lexicons = {
        name: _lexicon(texts[2 + place], *blobs[3 * place : 3 * place + 3])
        for place, name in enumerate(header["lexicons"])
    }
    return ConceptTable(texts[0], lexicons, frozenset(texts[1]))


def _lexicon(words: list[str], counts: bytes, concepts: bytes, weights: bytes) -> Lexicon:
    numbers = array("H")
    numbers.frombytes(concepts)
    return Lexicon(
        dict(zip(words, range(len(words)), strict=True)),
        array("I", accumulate(counts, initial=0)),
        _native(numbers),
        weights,
    )


def _little(numbers: array[int]) -> bytes:
    return _native(array("H", numbers)).tobytes()


def _native(numbers: array[int]) -> array[int]:
    """The numbers with their bytes turned round on a big-endian machine: the file is little-endian."""
    import sys

    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers

"""Learns the concept table: which English stems the words of Persian and Arabic lead to.

    python -m evals.training.concepts FOLDER

``FOLDER`` holds ``pairs.{fa,ar}-en.tsv.gz`` (phrase, English phrase, weight, source, with a header) and
``frequency.en.tsv.gz`` (word, count). The table goes to ``qa/text/data/concepts.bin``; two runs on the same data
give the same bytes.

The model is IBM Model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation", section 4.2)
with a NULL word: an English stem of a pair is made by one of its foreign words, which one is learned by EM. It is
trained twice for each language, over surface forms and over stems, and looked up as a mixture of both.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import qa.text
from qa.text import fold, stem, stopwords
from qa.text.concept_table import Translations, write_table
from qa.text.concepts import TABLE

LANGUAGES = ("fa", "ar")
ITERATIONS = 5
# Chosen on TICO-19 and the same-language pools of the retrieval bench; results are flat around each.
SURFACE_SHARE = 0.65
MOST_CONCEPTS = 8
LEAST_PROBABILITY = 0.03
WEIGHT_POWER = 0.6
FAMILIAR_WORDS = 8000
GLOSSARY_WEIGHT = 3.0

logger = logging.getLogger(__name__)
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A phrase and its translation, as folded words and English stems. ``weight`` is how far it is trusted."""

    words: tuple[str, ...]
    english: tuple[str, ...]
    weight: float


def learn(folder: Path) -> bytes:
    """The concept table, learned from the data in ``folder``. Raises OSError when a file is missing."""
    lexicons: dict[str, Translations] = {}
    for language in LANGUAGES:
        pairs = list(read_pairs(folder, language))
        words = translate(pairs)
        stems = translate([_stemmed(pair, language) for pair in pairs])
        lexicons[f"{language}.words"] = {word: _weights(_mixed(word, words, stems, language)) for word in words}
        lexicons[f"{language}.stems"] = {word: _weights(found) for word, found in stems.items()}
        logger.info("%s: %d pairs, %d words, %d stems", language, len(pairs), len(words), len(stems))
    lexicons = {name: {word: found for word, found in words.items() if found} for name, words in lexicons.items()}
    return write_table(lexicons, _familiar(folder))


def read_pairs(folder: Path, language: str) -> Iterator[Pair]:
    """The pairs of one language, then those of the project's own news glossary."""
    with gzip.open(folder / f"pairs.{language}-en.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield from _pair(row[language], row["en"], float(row["weight"]))
    glossary = Path(__file__).with_name(f"glossary.{language}.tsv")
    for line in glossary.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            phrase, translations = line.split("\t")
            for english in translations.split(","):
                yield from _pair(phrase, english, GLOSSARY_WEIGHT)


def translate(pairs: Sequence[Pair]) -> dict[str, dict[str, float]]:
    """IBM Model 1: for each word the English stems it gives, with their probabilities, best first."""
    words: dict[str, int] = {"": 0}  # "" is NULL
    stems: dict[str, int] = {}
    links: list[tuple[int, int, int]] = []
    weights: list[float] = []
    for pair in pairs:
        sources = [0, *(words.setdefault(word, len(words)) for word in pair.words)]
        for english in pair.english:
            target = stems.setdefault(english, len(stems))
            links += [(source, target, len(weights)) for source in sources]
            weights.append(pair.weight)
    source, target, event = np.array(links, dtype=np.int64).T
    weight = np.array(weights)
    cells, cell = np.unique(source * len(stems) + target, return_inverse=True)
    owner = cells // len(stems)
    probability = np.full(len(cells), 1 / len(stems))
    for _ in range(ITERATIONS):
        share = probability[cell]
        share *= (weight / np.bincount(event, share, len(weight)))[event]
        expected = np.bincount(cell, share, len(cells))
        probability = expected / np.bincount(owner, expected, len(words))[owner]
    return _readable(owner, cells % len(stems), probability, list(words), list(stems))


def _readable(
    owner: np.ndarray, target: np.ndarray, probability: np.ndarray, words: list[str], stems: list[str]
) -> dict[str, dict[str, float]]:
    kept = np.flatnonzero((owner > 0) & (probability >= LEAST_PROBABILITY / 3))
    kept = kept[np.lexsort((target[kept], -probability[kept], owner[kept]))]
    found: dict[str, dict[str, float]] = {}
    for at in kept:
        found.setdefault(words[owner[at]], {})[stems[target[at]]] = float(probability[at])
    return found


def _mixed(
    word: str, words: dict[str, dict[str, float]], stems: dict[str, dict[str, float]], language: str
) -> dict[str, float]:
    surface, stemmed = words[word], stems.get(stem(word, language), {})
    return {
        concept: SURFACE_SHARE * surface.get(concept, 0.0) + (1 - SURFACE_SHARE) * stemmed.get(concept, 0.0)
        for concept in {**surface, **stemmed}
    }


def _weights(found: dict[str, float]) -> dict[str, float]:
    """Probabilities as weights, the few best of them: softened, so that rarer senses still count."""
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MOST_CONCEPTS]
    return {concept: min(1.0, share) ** WEIGHT_POWER for concept, share in best if share >= LEAST_PROBABILITY}


def _stemmed(pair: Pair, language: str) -> Pair:
    return Pair(tuple(stem(word, language) for word in pair.words), pair.english, pair.weight)


def _pair(phrase: str, english: str, weight: float) -> Iterator[Pair]:
    words = tuple(_TOKEN.findall(fold(phrase).text))
    spoken = _TOKEN.findall(fold(english).text)
    said = [word for word in spoken if word not in stopwords("en")] or spoken
    if words and said:
        yield Pair(words, tuple(stem(word, "en") for word in said), weight)


def _familiar(folder: Path) -> list[str]:
    with gzip.open(folder / "frequency.en.tsv.gz", "rt", encoding="utf-8") as file:
        rows = (line.split("\t")[0] for line in file)
        return sorted({fold(word).text for word, _ in zip(rows, range(FAMILIAR_WORDS), strict=False)})


def main() -> None:
    """Learn from the folder that is named and write the table."""
    parser = argparse.ArgumentParser(description="Learn the concept table from open lexical data.")
    parser.add_argument("folder", type=Path, help="where pairs.*.tsv.gz and frequency.en.tsv.gz are")
    parser.add_argument("--out", type=Path, default=Path(qa.text.__file__).parent / "data" / TABLE)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    data = learn(arguments.folder)
    arguments.out.write_bytes(data)
    logger.info("%s: %d bytes", arguments.out, len(data))


if __name__ == "__main__":
    main()

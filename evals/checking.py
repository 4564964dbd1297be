"""How well the checker tells wrong statements from true ones: what it catches, and its false alarms.

    python -m evals.checking [--squad NAME.LANGUAGE.json]... [--parallel FILE.tsv] [--most N] [--json] [--show KIND]

Sentences come from ``--squad`` files (SQuAD 2.0 format) and from ``corpus/``; the statement is such a sentence made
wrong (``evals.mutations``) or put in other words (``evals.rephrasings``), the quote the sentence itself. ``--parallel``
names a table of the same sentences in several languages (columns en, fa, ar): there the statement is a sentence in one
language, as it is, shortened or made wrong, and the quote the sentence in another.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final

from evals.mutations import mutations
from evals.rephrasings import rephrasings
from qa.check import check
from qa.cli.terminal import out, print_json
from qa.resources import CORPUS
from qa.text import detect_language, sentences
from qa.text.data_files import data_lines
from qa.text.known_names import find_names

LANGUAGES: Final = ("fa", "ar", "en")
_LENGTH: Final = range(40, 301)  # code points of a sentence that is used
_MOST: Final = 1200  # over the four bench sets, this gives 200 or more of each mistake in each language
_SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Trial:
    """One statement beside its quote. ``kind`` is what was done to it; ``true`` whether it still says the same."""

    pair: str
    kind: str
    true: bool
    statement: str
    quote: str


@dataclass(frozen=True, slots=True)
class Row:
    """``alarms`` of ``trials`` statements were found unsupported: mistakes caught, or false alarms when ``true``."""

    pair: str
    kind: str
    true: bool
    trials: int
    alarms: int

    @property
    def share(self) -> float:
        """The share of alarms."""
        return self.alarms / self.trials


def trials_of(sentence: str, language: str, names: Sequence[str]) -> Iterator[Trial]:
    """One sentence in one language: itself, in other words, and made wrong."""
    yield Trial(language, "as it is", True, sentence, sentence)
    for other in rephrasings(sentence, language):
        yield Trial(language, other.kind, True, other.text, sentence)
    for wrong in mutations(sentence, language, names):
        yield Trial(language, wrong.kind, False, wrong.text, sentence)


def trials_across(statement: str, language: str, quote: str, other: str, names: Sequence[str]) -> Iterator[Trial]:
    """One statement in a language beside a quote in another."""
    pair = f"{language} ← {other}"
    yield Trial(pair, "as it is", True, statement, quote)
    for version in rephrasings(statement, language):
        if version.kind != "calendar":
            yield Trial(pair, version.kind, True, version.text, quote)
    for wrong in mutations(statement, language, names):
        yield Trial(pair, wrong.kind, False, wrong.text, quote)


def measure(trials: Sequence[Trial]) -> tuple[list[Row], list[Trial]]:
    """The rows, and the trials that the checker got wrong."""
    counts: dict[tuple[str, str, bool], list[int]] = defaultdict(lambda: [0, 0])
    wrong: list[Trial] = []
    for trial in trials:
        alarm = check(trial.statement, [trial.quote]).verdict == "unsupported"
        count = counts[trial.pair, trial.kind, trial.true]
        count[0] += 1
        count[1] += alarm
        if alarm == trial.true:
            wrong.append(trial)
    rows = [Row(pair, kind, true, total, alarms) for (pair, kind, true), (total, alarms) in counts.items()]
    for pair in dict.fromkeys(row.pair for row in rows):
        mine = [row for row in rows if row.pair == pair and row.true]
        rows.append(Row(pair, "all true", True, sum(row.trials for row in mine), sum(row.alarms for row in mine)))
    return sorted(rows, key=lambda row: (row.pair, not row.true, row.kind)), wrong


def read_sentences(files: Sequence[Path]) -> dict[str, list[str]]:
    """Sentences by language, from SQuAD files named ``NAME.LANGUAGE.json`` and from ``corpus/``."""
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for file in files:
        language = file.name.split(".")[-2]
        for entry in json.loads(file.read_text(encoding="utf-8"))["data"]:
            for paragraph in entry["paragraphs"]:
                found[language] += _cut(paragraph["context"])
    for file in sorted(path for path in CORPUS.rglob("*") if path.suffix in (".md", ".txt")):
        text = file.read_text(encoding="utf-8")
        if (language := detect_language(text)) in found:
            found[language] += [each for each in _cut(text) if "\n" not in each]
    return {language: list(dict.fromkeys(each)) for language, each in found.items()}


def _cut(text: str) -> list[str]:
    cut = [text[start:end].strip() for start, end in sentences(text)]
    return [each for each in cut if len(each) in _LENGTH and each[-1] in ".!؟"]


def names_of(texts: Sequence[str], language: str) -> list[str]:
    """Names that stand in the texts, and places, as they are written in the language."""
    return sorted({text[start:end] for text in texts for start, end in find_names(text, language)} | _places(language))


@cache
def _places(language: str) -> frozenset[str]:
    spellings = {each.strip() for line in data_lines("names.places.txt") for each in line.split("|")}
    return frozenset(
        each for each in spellings if each.isascii() == (language == "en") and each[0].isupper() == (language == "en")
    )


def collect(squad: Sequence[Path], parallel: Path | None, most: int) -> list[Trial]:
    """All trials: at most ``most`` sentences of a language, and as many of each pair of languages."""
    chance = random.Random(_SEED)
    trials: list[Trial] = []
    for language, found in read_sentences(squad).items():
        chosen = chance.sample(found, min(most, len(found)))
        names = names_of(chosen, language)
        trials += [trial for sentence in chosen for trial in trials_of(sentence, language, names)]
    if parallel is None:
        return trials
    with parallel.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row["en"]) > 30]
    chosen_rows = chance.sample(rows, min(most, len(rows)))
    for language in LANGUAGES:
        names = names_of([row[language] for row in chosen_rows], language)
        for other in LANGUAGES:
            if other != language:
                for row in chosen_rows:
                    trials += trials_across(row[language], language, row[other], other, names)
    return trials


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--parallel", type=Path, metavar="FILE.tsv")
    parser.add_argument("--most", type=int, default=_MOST, metavar="N", help="sentences of a language")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--show", metavar="KIND", help="print what it got wrong of a kind, or of 'all true'")
    given = parser.parse_args()
    rows, wrong = measure(collect(given.squad, given.parallel, given.most))
    shown = (
        [each for each in wrong if given.show in (each.kind, "all true" if each.true else None)] if given.show else []
    )
    if given.json:
        print_json(
            {"rows": [{**asdict(row), "share": row.share} for row in rows], "wrong": [asdict(each) for each in shown]}
        )
        return
    for each in shown:
        found = "; ".join(finding.detail for finding in check(each.statement, [each.quote]).findings)
        out.print(f"{each.pair} {each.kind}\n  {each.statement}\n  {each.quote}\n  {found}", markup=False)
    for row in rows:
        kind = f"{'true' if row.true else 'wrong'}: {row.kind}"
        out.print(f"{row.pair:9}{kind:20}{row.trials:6}{row.share:9.1%}", markup=False)


if __name__ == "__main__":
    main()

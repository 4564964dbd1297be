"""How often a question in one language finds what answers it in another, over the sample articles.

    python -m evals.across [--home HOME]

Asks the questions in ``evals/datasets/across.tsv``, twelve a direction, of the articles of the language that answers
alone, and of all three languages at once; without ``--home`` of a library made for it. A question is a hit where one
of the first five passages holds the words that answer it. Prints a line a direction, and one for each question that
hits in neither.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from evals.over_corpus import print_report
from qa.resources import ROOT
from qa.sanad import Sanad
from qa.values import Filters

QUESTIONS = ROOT / "evals" / "datasets" / "across.tsv"
DEPTH = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its direction, and whether it hits in the articles of that language, and in all."""

    direction: str
    question: str
    alone: bool
    mixed: bool


def search(sanad: Sanad) -> list[Asked]:
    """All questions, searched for."""
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Asked(
            f"{row['from']} → {row['to']}",
            row["question"],
            _hits(sanad, row, Filters(language=row["to"])),
            _hits(sanad, row, Filters()),
        )
        for row in rows
    ]


def _hits(sanad: Sanad, row: dict[str, str], filters: Filters) -> bool:
    found = sanad.search(row["question"], top_k=DEPTH, filters=filters)
    return any(row["words"] in passage.text for passage in found)


def report(asked: Sequence[Asked]) -> list[str]:
    """A line a direction, then a line for each question that hits nowhere."""
    lines = [f"hit@{DEPTH}     one language  all languages"]
    for direction in dict.fromkeys(each.direction for each in asked):
        some = [each for each in asked if each.direction == direction]
        alone, mixed = (sum(each.alone for each in some), sum(each.mixed for each in some))
        lines.append(f"{direction}   {alone:>4} of {len(some)}      {mixed:>4} of {len(some)}")
    return [*lines, *(f"  {each.direction}: {each.question}" for each in asked if not (each.alone or each.mixed))]


def main(arguments: Sequence[str] | None = None) -> None:
    """Search for the questions and print the report."""
    print_report(__doc__ or "", lambda sanad: report(search(sanad)), arguments)


if __name__ == "__main__":
    main()

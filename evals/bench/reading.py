"""What the extractive reader takes for a question with five passages, in milliseconds of one core.

    python -m evals.bench.reading FILE.fa.json [--questions 200]

Asks the first questions of a SQuAD file of a library of its passages. *features* is measuring every sentence, the
first time (each sentence taken apart) and again (its analysis kept, as for the passages of a library in use);
*question* is all that the reader does: features, ranking, odds, the marked words. Medians and 95th percentiles of
processor time, so that other programs count little.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from evals.training.asked import examples, read_squad
from qa.answer.extractive import ExtractiveAnswerer
from qa.answer.features import measure
from qa.answer.questions import read_question
from qa.values import Evidence

PASSAGES = 5


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    options = parser.parse_args(arguments)
    file = read_squad(options.file)
    asked = [
        Evidence(each.evidence.question, file.language, each.evidence.passages[:PASSAGES])
        for each in examples(file, file.passages, file.answerable[: options.questions], unseen=True)
    ]
    for name, took in (
        ("features", _times(_features, asked)),
        ("question", _times(_question, asked)),
    ):
        sys.stdout.write(f"{name}: {np.median(took):.1f} ms (95th percentile {np.percentile(took, 95):.1f})\n")


def _features(evidence: Evidence) -> None:
    measure(read_question(evidence.question, evidence.language), evidence)


def _question(evidence: Evidence) -> None:
    list(ExtractiveAnswerer().draft(evidence))


def _times(work: Callable[[Evidence], None], asked: Sequence[Evidence]) -> list[float]:
    took = []
    for evidence in asked:
        begun = time.process_time()
        work(evidence)
        took.append(1000 * (time.process_time() - begun))
    return took


if __name__ == "__main__":
    main()

"""Makes a library of invented articles, to measure on.

python -m evals.bench.make_library --passages 100000 --home DIR [--seed 1]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from evals.bench.articles import PASSAGES_PER_ARTICLE, write_articles
from ingest import ingest
from qa.cli.terminal import print_report, progress
from qa.settings import load_settings


def make_library(home: Path, passages: int, *, seed: int = 1, chroma_documents: bool = True) -> None:
    """Fill ``home`` with about so many passages. Run again after an interruption, it goes on where it was."""
    with tempfile.TemporaryDirectory() as folder, progress("articles") as advance:
        bulk = Path(folder) / "articles.jsonl"
        write_articles(bulk, passages // PASSAGES_PER_ARTICLE, seed=seed)
        settings = load_settings(home=home, chroma_documents=chroma_documents)
        report = ingest([bulk], settings=settings, progress=advance)
    print_report(report, as_json=False)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, metavar="DIR")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-documents", action="store_true", help="as with SANAD_CHROMA_DOCUMENTS=off")
    given = parser.parse_args()
    make_library(given.home, given.passages, seed=given.seed, chroma_documents=not given.no_documents)


if __name__ == "__main__":
    main()

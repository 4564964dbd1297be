"""The command line of what is measured over the sample articles: a library to ask, made for it or given."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest import ingest
from qa.resources import CORPUS
from qa.sanad import Sanad


def print_report(about: str, report: Callable[[Sanad], Sequence[str]], arguments: Sequence[str] | None = None) -> None:
    """Print the lines that ``report`` has to say of a library; ``--home`` names one, else it is made anew."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("--home", type=Path, help="a library of the sample articles; made anew by default")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder)
        if options.home is None:
            ingest([CORPUS], home=home)
        with Sanad.open(home=home) as sanad:
            sys.stdout.write("\n".join(report(sanad)) + "\n")

"""What the command line does around the page: fills an empty library, shows a sample, gives the page an ingest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import SettingsError

if TYPE_CHECKING:
    from qa.sanad import Sanad


def shelf_options(sanad: Sanad, access: str) -> dict[str, Any]:
    """What the page may do with the library, and what reads the articles that are given to it there."""

    def add(sources: Sequence[str | Path], progress: Callable[[int, int], None]) -> Any:
        from ingest import ingest as run

        return run(sources, settings=sanad.settings, library=sanad.library, progress=progress)

    if access not in {"hidden", "read", "write"}:
        raise SettingsError(f"--library: {access!r} is none of hidden, read, write.", hint="The default is hidden.")
    return {"library": access, "add": add if access == "write" else None}


def fill_if_empty(sanad: Sanad) -> None:
    """Read the sample articles into a library that has none."""
    from ingest import ingest as run
    from qa.cli.terminal import print_report, progress
    from qa.resources import CORPUS

    if not sanad.library.is_empty():
        return
    with progress("Reading the sample articles") as advance:
        report = run([str(CORPUS)], settings=sanad.settings, library=sanad.library, progress=advance)
    print_report(report, as_json=False)


def show_sample(sanad: Sanad) -> None:
    """Print the answer to the first sample question that the library can answer."""
    from qa.cli.terminal import print_answer
    from qa.resources import starter_questions

    for question in starter_questions():
        answer = sanad.ask(question)
        if not answer.refused:
            print_answer(answer, as_json=False)
            return

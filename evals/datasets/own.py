"""Cases in JSON Lines: those over ``corpus/`` that ship with Sanad, and anybody's own."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from evals.datasets.values import Case, Dataset, Progress
from evals.errors import DatasetError
from qa.library import Library
from qa.resources import CORPUS, ROOT

CASES = ROOT / "evals" / "cases"


def corpus_cases() -> Dataset:
    """The cases over the sample articles, asked of a library of just these."""
    return Dataset("corpus", read_cases(CASES), folder_digest(CORPUS), _fill)


def own_cases(folder: Path) -> Dataset:
    """The cases in a folder, asked of the library as it is."""
    return Dataset(folder.resolve().name, read_cases(folder), "")


def read_cases(folder: Path) -> tuple[Case, ...]:
    """All cases of a folder's ``*.jsonl``, by file name. Raises DatasetError, which names the file and the line."""
    files = sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    if not files:
        raise DatasetError(
            f"There are no cases in {folder}.", hint="Put JSON Lines there; evals/cases/README.md shows how."
        )
    seen: dict[str, str] = {}
    cases = []
    for place, case in (item for file in files for item in _lines(file)):
        if first := seen.get(case.id):
            raise DatasetError(f"{place}: the id {case.id!r} is already that of {first}.", hint="Ids must be unique.")
        seen[case.id] = place
        cases.append(case)
    return tuple(cases)


def folder_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of all files below a folder."""
    whole = sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        whole.update(sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def explain(error: ValidationError) -> str:
    """Each mistake in a line of JSON: where in it, and what."""
    places = ((".".join(map(str, item["loc"])), item["msg"]) for item in error.errors(include_url=False))
    return "; ".join(f"{place}: {message}" if place else message for place, message in places)


def _lines(file: Path) -> Iterator[tuple[str, Case]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{file} cannot be read: {error}.") from error
    for number, line in enumerate(lines, start=1):
        place = f"{file}:{number}"
        if line.strip():
            try:
                yield place, Case.model_validate_json(line)
            except ValidationError as error:
                raise DatasetError(f"{place}: {explain(error)}.", hint="See evals/cases/README.md.") from error


def _fill(library: Library, progress: Progress | None) -> None:
    from ingest import ingest

    report = ingest([CORPUS], library=library, progress=progress)
    if report.failed:
        raise DatasetError(f"{report.failed[0].source}: {report.failed[0].reason}")

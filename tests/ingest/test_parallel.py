"""Runs that share their work with other processes: the same library as by one, whatever dies in between."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from evals.bench.articles import write_articles
from ingest import ingest, run
from ingest.preparing import limit
from ingest.records import Record
from qa.library import Library
from qa.settings import load_settings
from qa.workers import sharing
from tests.qa.library.workers import dump

ARTICLES = 150


@pytest.fixture(scope="module")
def bulk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wire") / "wire.jsonl"
    write_articles(path, ARTICLES)
    return path


@pytest.fixture(scope="module")
def expected(bulk: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The library of a run in this process alone."""
    home = tmp_path_factory.mktemp("serial")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharing, "FEW", ARTICLES)
        patch.setattr(sharing, "FEW_BYTES", 10_000_000)
        assert ingest([bulk], home=home).added == ARTICLES
    return contents(home)


def contents(home: Path) -> dict[str, Any]:
    """All that a library holds, the terms that the lexical index finds a few passages by included."""
    with Library.open(load_settings(home=home)) as library:
        texts = [library.passages_of(f"wire-{number:06}")[0] for number in range(0, ARTICLES, 10)]
        weights = {"words": 1.0, "pairs": 1.0, "grams": 1.0, "concepts": 1.0, "title": 1.0}
        found = {
            passage.id: [
                (hit.id, round(hit.score, 3))
                for hit in library.lexical.search(passage.text, language=passage.language, weights=weights, k=3)
            ]
            for passage in texts
        }
    return {**dump(home), "found": found}


def test_several_processes_make_the_library_that_one_makes(
    bulk: Path, expected: dict[str, Any], tmp_path: Path
) -> None:
    report = ingest([bulk], settings=load_settings(home=tmp_path / "home", workers=2))
    assert (report.added, report.failed) == (ARTICLES, ())
    assert contents(tmp_path / "home") == expected
    again = ingest([bulk], settings=load_settings(home=tmp_path / "home", workers=2))
    assert (again.added, again.unchanged) == (0, ARTICLES)
    with Library.open(load_settings(home=tmp_path / "home", workers=2)) as library:
        library.rebuild()
    assert contents(tmp_path / "home") == expected


def test_a_run_that_is_killed_at_any_instant_is_finished_by_the_next(
    bulk: Path, expected: dict[str, Any], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    code = (
        "import sys; from ingest import run; run.BATCH = 20\n"
        "run.ingest([sys.argv[1]], home=sys.argv[2], progress=lambda done, total: print(done, flush=True))"
    )
    for stop_after in (30, 90):
        program = subprocess.Popen(
            [sys.executable, "-c", code, str(bulk), str(home)], stdout=subprocess.PIPE, text=True
        )
        assert program.stdout is not None
        for line in program.stdout:
            if int(line) >= stop_after:
                break
        time.sleep(0.02 * (stop_after % 7))
        program.send_signal(signal.SIGKILL)
        program.wait()
        program.stdout.close()
    report = ingest([bulk], home=home)
    assert report.unchanged > 0
    assert report.added + report.unchanged == ARTICLES
    assert contents(home) == expected


def test_a_file_that_its_process_dies_of_is_named_and_the_rest_goes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(80):
        (folder / f"{number:02}.txt").write_text(
            f"Story {number} of the harbour.\n\nIt is told at noon, by {number}.\n"
        )
    (folder / "40.txt").write_text("DIE\n")
    (folder / "60.txt").write_text("HANG\n")
    monkeypatch.setattr(run, "Preparing", Mortal)
    monkeypatch.setattr(run, "limit", lambda record: 1.0 if b"HANG" in record.data else 60.0)
    report = ingest([folder], settings=load_settings(home=tmp_path / "home", workers=1))
    reasons = {Path(failure.source).name: failure.reason for failure in report.failed}
    assert report.added == 78
    assert set(reasons) == {"40.txt", "60.txt"}
    assert "SIGKILL" in reasons["40.txt"]
    assert "longer than 1 s" in reasons["60.txt"]


class Mortal(run.Preparing):
    """Prepares records as ever, but for those that say what is to happen."""

    def __call__(self, record: Record) -> Any:
        if record.data == b"DIE\n":
            os.kill(os.getpid(), signal.SIGKILL)
        if record.data == b"HANG\n":
            time.sleep(3600)
        return super().__call__(record)


def test_a_pdf_is_read_in_a_process_of_its_own_however_few_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.pdf").write_bytes(b"%PDF-1.4 broken")
    monkeypatch.setattr(run, "Preparing", Telling)
    report = ingest([tmp_path / "one.pdf"], home=tmp_path / "home")
    assert [failure.reason for failure in report.failed] != [str(os.getpid())]
    (tmp_path / "one.txt").write_text("One story.")
    report = ingest([tmp_path / "one.txt"], home=tmp_path / "home")
    assert [failure.reason for failure in report.failed] == [str(os.getpid())]


class Telling(run.Preparing):
    """Fails with the number of its process."""

    def __call__(self, record: Record) -> run.Failure:
        return run.Failure(record.origin, str(os.getpid()))


def test_a_large_record_may_take_longer() -> None:
    assert limit(Record("a", "a", ".txt", b"x" * 50_000_000, "f")) > 10 * limit(Record("a", "a", ".txt", b"x", "f"))


def test_a_worker_imports_no_store(tmp_path: Path) -> None:
    code = "import sys, ingest.preparing; print(json.dumps([name for name in %r if name in sys.modules]))"
    heavy = ("chromadb", "tantivy", "llama_index", "sqlalchemy", "gradio", "openai", "trafilatura")
    program = [sys.executable, "-c", "import json; " + code % (heavy,)]
    said = subprocess.run(program, capture_output=True, text=True, check=True).stdout
    assert json.loads(said) == []

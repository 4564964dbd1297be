"""What is written down is read again as it was; a half-written line is cut off, not taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.errors import RunError
from evals.records import Log, Record, from_dict
from qa.sanad import Sanad
from qa.values import Filters, Retrieved


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A real answer with citations, dates and what was understood."""
    from ingest import ingest
    from qa.resources import CORPUS

    home = tmp_path_factory.mktemp("records") / "home"
    ingest([CORPUS / "simab"], home=home)
    with Sanad.open(home, llm="extractive") as sanad:
        answer = sanad.ask("How much is a single ticket on the Shabahang?", filters=Filters(language="en"))
    assert answer.citations
    return Record("c1", answer, answer.retrieved)


def test_a_record_comes_back_as_it_was(record: Record) -> None:
    assert from_dict(record.to_dict()) == record


def test_a_search_and_a_failure_come_back_too() -> None:
    for record in (Record("a", None, (Retrieved("x", 0, 4, 0.5),)), Record("b", None, (), "ValueError: no")):
        assert from_dict(record.to_dict()) == record


def test_only_the_same_configuration_goes_on(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    Log(path, "one").add(record)
    assert set(Log(path, "one").done) == {"c1"}
    assert Log(path, "two").done == {}


def test_a_half_written_line_is_cut_off_and_the_rest_kept(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    Log(path, "one").add(record)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    log = Log(path, "one")
    assert set(log.done) == {"c1"}
    log.add(Record("c2", None, (), "x"))
    assert set(Log(path, "one").done) == {"c1", "c2"}


def test_damage_elsewhere_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text("{broken\n{}\n", encoding="utf-8")
    with pytest.raises(RunError, match=r"records\.jsonl is damaged"):
        Log(path, "one")

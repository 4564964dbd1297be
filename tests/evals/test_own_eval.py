"""An eval of one's own cases over one's own library, as a user runs it: results, failures, kills, floors."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evals.evaluation import Options, run
from evals.run import Components
from qa.errors import SettingsError
from qa.sanad import Sanad
from qa.settings import load_settings
from qa.values import Answer, Event, Filters

if TYPE_CHECKING:
    from tests.evals.conftest import Own


MANY = 90


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "qa.cli.commands", "eval", *map(str, arguments)]


def sanad_eval(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, encoding="utf-8", timeout=100)


def outcomes(document: dict[str, Any]) -> dict[str, str]:
    return {case["id"]: case["outcome"] for case in document["cases"]}


EXPECTED = {"en-ferry": "right", "fa-bagh": "right", "en-buns": "wrong", "en-moon": "right"}


def test_own_cases_are_asked_of_the_own_library(own: Own, tmp_path: Path) -> None:
    done = sanad_eval("--cases", own.cases, "--home", own.home, "--out", tmp_path, "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert outcomes(document) == EXPECTED
    assert document["gate"] is None
    assert json.loads((tmp_path / "predictions.json").read_text(encoding="utf-8"))["en-moon"] == ""
    assert len(list(own.home.iterdir())) > 1  # the library is still there


def test_own_floors_stand_beside_the_cases(own: Own, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    given = ("--cases", own.cases, "--home", own.home, "--out", tmp_path, "--baseline", floors)
    assert sanad_eval(*given, "--raise-baseline").returncode == 0
    assert sanad_eval(*given).returncode == 0
    data = json.loads(floors.read_text())
    floors.write_text(json.dumps({**data, "floors": {**data["floors"], "right": 0.99}}))
    partly = sanad_eval(*given, "--limit", "2")
    assert partly.returncode == 0
    assert "gate: not held" in partly.stdout
    failed = sanad_eval(*given)
    assert failed.returncode == 4
    assert "right: 0.7500 < 0.9900" in failed.stdout
    refused = sanad_eval(*given, "--raise-baseline")
    assert refused.returncode == 1
    assert "--allow-regression lowers them" in refused.stderr
    assert sanad_eval(*given, "--raise-baseline", "--allow-regression").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--cases", "nowhere"], "There are no cases in nowhere"),
        (["--squad", "a.json", "--beir", "b"], "exclude each other"),
        (["--half"], "split a SQuAD file"),
        (["--judge", "llm"], "needs an LLM"),
        (["--margin", "0.1"], "go with --raise-baseline"),
        (["--raise-baseline", "--limit", "3"], "no baseline"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments: list[str], told: str) -> None:
    done = sanad_eval(*arguments)
    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_case_about_an_article_that_is_not_there_is_named(own: Own, tmp_path: Path) -> None:
    line = json.loads((own.cases / "mine.jsonl").read_text(encoding="utf-8").splitlines()[0])
    line["expected"][0]["article"] = "tram.txt"
    (tmp_path / "a.jsonl").write_text(json.dumps(line), encoding="utf-8")
    done = sanad_eval("--cases", tmp_path, "--home", own.home, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "Case en-ferry expects the article 'tram.txt', which the library has not" in done.stderr


def test_a_squad_file_is_asked_whole_and_its_predictions_are_in_squads_own_form(tmp_path: Path) -> None:
    context = "Mira Kestrel has driven the night ferry of Dorra since 2019. The crossing takes 25 minutes."
    answer = {"text": "Mira Kestrel", "answer_start": 0}
    asked = [
        {"id": "q1", "question": "Who has driven the night ferry of Dorra since 2019?", "answers": [answer]},
        {"id": "q2", "question": "Which comet did Quito photograph?", "answers": [], "is_impossible": True},
    ]
    data = {"version": "2.0", "data": [{"title": "Dorra", "paragraphs": [{"context": context, "qas": asked}]}]}
    (tmp_path / "tiny.en.json").write_text(json.dumps(data), encoding="utf-8")
    done = sanad_eval("--squad", tmp_path / "tiny.en.json", "--out", tmp_path / "out", "--json")
    assert done.returncode == 0, done.stderr
    metrics = json.loads(done.stdout)["metrics"]
    predictions = json.loads((tmp_path / "out" / "predictions.json").read_text(encoding="utf-8"))
    assert predictions == {"q1": "Mira Kestrel", "q2": ""}
    assert (metrics["squad_em"], metrics["squad_f1"], metrics["refusal_recall"]) == (1.0, 1.0, 1.0)
    assert not (tmp_path / "out" / "library").exists()


def test_two_reports_are_compared_on_the_command_line(own: Own, tmp_path: Path) -> None:
    for name, more in (("a", ()), ("b", ("--limit", "3"))):
        given = ("--cases", own.cases, "--home", own.home, "--out", tmp_path / name)
        assert sanad_eval(*given, *more).returncode == 0
    done = sanad_eval("--compare", tmp_path / "a" / "report.json", tmp_path / "b" / "report.json")
    assert done.returncode == 0, done.stderr
    assert "0 cases changed" in done.stdout
    assert "1 cases are in one report only" in done.stdout


class Stumbling(Sanad):
    """Sanad that cannot answer what is asked about a garden."""

    def ask(self, question: str, **options: Any) -> Answer:
        """The answer, or an error."""
        if "باغ" in question:
            raise SettingsError("no gardens today")
        return super().ask(question, **options)


def test_a_case_that_fails_counts_as_a_failure_and_the_others_go_on(own: Own, tmp_path: Path) -> None:
    options = Options(cases=own.cases, home=own.home, out=tmp_path)
    outcome = run(options, load_settings(llm="extractive"), Components(make=Stumbling.from_settings))
    assert outcomes(outcome.document) == {**EXPECTED, "fa-bagh": "failed"}
    metrics = outcome.document["metrics"]
    assert (metrics["right"], metrics["failed"], metrics["fa.hit@1"], metrics["fa.f1"]) == (0.5, 0.25, 0.0, 0.0)
    failed = next(case for case in outcome.document["cases"] if case["id"] == "fa-bagh")
    assert failed["error"] == "SettingsError: no gardens today"


class Counting(Sanad):
    """Sanad that notes what it is asked, and may be cut off after some questions."""

    asked: list[str] = []  # noqa: RUF012  shared by design
    most = 1000

    def stream(self, question: str, *, filters: Filters | None = None, **options: Any) -> Iterator[Event]:
        """The answer, until there have been too many."""
        if len(self.asked) >= self.most:
            raise KeyboardInterrupt
        self.asked.append(question)
        return super().stream(question, filters=filters, **options)


def test_a_run_that_is_cut_off_goes_on_and_one_that_is_done_begins_anew(own: Own, tmp_path: Path) -> None:
    options = Options(cases=own.cases, home=own.home, out=tmp_path, workers=1)
    settings = load_settings(llm="extractive")
    Counting.asked, Counting.most = [], 2
    with pytest.raises(KeyboardInterrupt):
        run(options, settings, Components(make=Counting.from_settings))
    first, Counting.asked, Counting.most = Counting.asked, [], 1000
    outcome = run(options, settings, Components(make=Counting.from_settings))
    assert outcomes(outcome.document) == EXPECTED
    assert sorted(first + Counting.asked) == sorted(case["question"] for case in outcome.document["cases"])
    Counting.asked = []
    run(options, settings, Components(make=Counting.from_settings))
    assert len(Counting.asked) == len(EXPECTED)


def test_other_settings_take_nothing_from_the_run_before(own: Own, tmp_path: Path) -> None:
    options = Options(cases=own.cases, home=own.home, out=tmp_path, workers=1)
    Counting.asked, Counting.most = [], 2
    with pytest.raises(KeyboardInterrupt):
        run(options, load_settings(llm="extractive"), Components(make=Counting.from_settings))
    Counting.asked, Counting.most = [], 1000
    run(options, load_settings(llm="extractive", top_k=3), Components(make=Counting.from_settings))
    assert len(Counting.asked) == len(EXPECTED)


@pytest.mark.slow
def test_killed_in_the_middle_it_gives_what_a_run_at_once_gives(own: Own, tmp_path: Path) -> None:
    """SIGKILL as soon as some records are on disk, twice, then to the end."""
    first = json.loads((own.cases / "mine.jsonl").read_text(encoding="utf-8").splitlines()[0])
    many = [{**first, "id": f"en-{n}", "question": f"Who drives night ferry {n} of Dorra?"} for n in range(MANY)]
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "many.jsonl").write_text("\n".join(map(json.dumps, many)), encoding="utf-8")
    given = ("--cases", tmp_path / "cases", "--home", own.home, "--workers", "1", "--out")
    records = tmp_path / "killed" / "records.jsonl"
    for wanted in (1, MANY // 3):
        process = subprocess.Popen(
            command(*given, tmp_path / "killed"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ
        )
        deadline = time.monotonic() + 90
        while process.poll() is None and time.monotonic() < deadline and _lines(records) < wanted:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert _lines(records) >= MANY // 3
    for name in ("killed", "whole"):
        assert sanad_eval(*given, tmp_path / name).returncode == 0
    killed, whole = (
        json.loads((tmp_path / name / "report.json").read_text(encoding="utf-8"))["cases"]
        for name in ("killed", "whole")
    )
    assert [_timeless(case) for case in killed] == [_timeless(case) for case in whole]
    assert _lines(records) == len(killed) == MANY


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _timeless(case: dict[str, Any]) -> dict[str, Any]:
    """A case of a report without what a clock says, and its confidence without the last bits of a sum."""
    scores = {name: score for name, score in case["scores"].items() if name != "latency_ms"}
    answer = {**case["answer"], "timings_ms": {}, "confidence": round(case["answer"]["confidence"], 9)}
    return {**case, "scores": scores, "answer": answer}

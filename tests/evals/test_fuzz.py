"""The fuzzer finds what it is for, and a short run of it finds nothing."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from evals.fuzz.mutation import LARGEST, damaged
from evals.fuzz.rounds import GOOD, _judged_output, play, write_round
from evals.fuzz.seeds import seeds
from ingest import ingest
from ingest.readers import FORMATS
from ingest.sources import ARCHIVE


def test_there_is_a_seed_of_every_format_and_each_is_sound(tmp_path: Path) -> None:
    sound = seeds()
    assert set(sound) >= (FORMATS | {ARCHIVE}) - {".htm", ".mht"}
    for suffix, files in sound.items():
        for number, data in enumerate(files):
            if suffix not in (".rss", ".xml"):
                (tmp_path / f"{number}{suffix}").write_bytes(data)
    report = ingest([tmp_path], home=tmp_path / "home")
    unread = [failure for failure in report.failed if "has the id" not in failure.reason]  # the archive repeats some
    assert unread == []


def test_a_round_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    rounds = [write_round(7, tmp_path / name, 30) for name in ("a", "b")]
    assert [file.read_bytes() for file in rounds[0]] == [file.read_bytes() for file in rounds[1]]
    assert len({file.read_bytes() for file in rounds[0]}) > 25
    assert len(damaged(random.Random(1), b"x" * LARGEST, b"y")) <= LARGEST


@pytest.mark.parametrize(
    ("code", "output", "said", "what"),
    [
        (1, "", "Traceback (most recent call last):", "ends with 1"),
        (0, '{"failed": []}', "Traceback (most recent call last):", "ends with 0"),
        (0, '{"failed": [{"source": "/x/1.pdf", "reason": "TypeError: no"}]}', "", "TypeError"),
        (0, '{"failed": []}', "", "loses the sound article"),
    ],
)
def test_what_goes_wrong_is_a_finding(tmp_path: Path, code: int, output: str, said: str, what: str) -> None:
    home = tmp_path / "home"
    (tmp_path / "other.txt").write_text("The clock has stopped.", encoding="utf-8")
    ingest([tmp_path / "other.txt"], home=home)
    done = subprocess.CompletedProcess([], code, output.encode(), said.encode())
    found = _judged_output(done, home, (tmp_path / "1.pdf",))
    assert found
    assert what in found.what


def test_a_file_that_nothing_is_said_of_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / GOOD).write_text("The clock has stopped.", encoding="utf-8")
    ingest([tmp_path / GOOD], home=tmp_path / "home")
    file = tmp_path / "files" / "1.txt"
    found = _judged_output(subprocess.CompletedProcess([], 0, b'{"failed": []}', b""), tmp_path / "home", (file,))
    assert found
    assert (found.what, found.files) == ("is passed over in silence", (file,))


@pytest.mark.slow
def test_a_short_run_finds_nothing(tmp_path: Path) -> None:
    assert play(20251116, tmp_path / "round", files=40, seconds=100) == []
    assert not (tmp_path / "round").exists()

"""Whenever a process is killed, the next run gives the library that one clean run gives."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from qa.library import Library
from tests.qa.library import workers

Run = Callable[..., int | None]
NEVER = 10_000
ROUNDS = int(os.environ.get("KILL_ROUNDS", "4"))


def steps_of(home: Path, job: str) -> int:
    """How many steps a change takes."""
    steps: list[str] = []
    with Library.open(workers.settings_of(home), on_step=steps.append) as library:
        workers.work(library, job)
    return len(steps)


@pytest.mark.slow
@pytest.mark.parametrize("job", ["add", "update", "remove", "rebuild"])
def test_killed_at_every_step(job: str, tmp_path: Path, run: Run) -> None:
    before, clean = tmp_path / "before", tmp_path / "clean"
    if job != "add":
        workers.change(str(before), "add", NEVER)
        shutil.copytree(before, clean)
    steps = steps_of(clean, job)
    expected = workers.dump(clean)
    assert steps > 3
    for step in range(1, steps + 1):
        home = tmp_path / f"killed-{step}"
        if job != "add":
            shutil.copytree(before, home)
        assert run(workers.change, str(home), job, step) == -signal.SIGKILL
        workers.change(str(home), job, NEVER)
        assert workers.dump(home) == expected, f"killed at step {step} of {steps}"


@pytest.mark.slow
def test_killed_at_random_instants(tmp_path: Path, start: Callable[..., BaseProcess], run: Run) -> None:
    """300 articles, 1,200 passages: Chroma saves its graph once. KILL_ROUNDS=50 makes it fifty rounds."""
    clean = tmp_path / "clean"
    began = time.monotonic()
    assert run(workers.add_many, str(clean), 300, 50, 8) == 0
    takes = time.monotonic() - began
    expected = workers.dump(clean)
    assert len(expected["vectors"]) == 1200
    dice = random.Random(ROUNDS)
    for round in range(ROUNDS):
        home = tmp_path / f"round-{round}"
        process = start(workers.add_many, str(home), 300, 50, 8)
        process.join(dice.uniform(0, takes))
        process.kill()
        process.join()
        workers.add_many(str(home), 300, 50, 8)
        assert workers.dump(home) == expected, f"round {round}"
        shutil.rmtree(home)

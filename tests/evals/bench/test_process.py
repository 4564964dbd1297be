"""Whole processes are measured as they are, and the benches over them run from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from evals.bench.process import run
from qa.errors import SanadError


def test_the_memory_and_time_of_a_process_are_its_own() -> None:
    small = run([sys.executable, "-c", "pass"])
    large = run([sys.executable, "-c", "import time; held = b'x' * 200_000_000; time.sleep(0.3)"])
    assert large.peak_bytes - small.peak_bytes > 150_000_000
    assert large.seconds > 0.3


def test_a_process_that_fails_stops_the_bench_with_its_last_words() -> None:
    with pytest.raises(SanadError, match=r"ended with code 7: out of paper"):
        run([sys.executable, "-c", "import sys; sys.stderr.write('out of paper'); sys.exit(7)"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("bench", "measures"), [("startup", {"--help", "cold question"}), ("memory", {"ingest", "cold question", "page"})]
)
def test_a_bench_runs_from_the_command_line(bench: str, measures: set[str], tmp_path: Path) -> None:
    plot = tmp_path / "plots" / "bench.svg"
    command = [sys.executable, "-m", "qa.cli.commands", "bench", bench, "--runs", "1", "--json", "--plot", str(plot)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["measurements"]
    assert {each["measure"] for each in found} == measures
    assert {each["system"] for each in found} == {"sanad", "stock"}
    assert all(value > 0 for each in found for value in each["values"])
    assert ET.fromstring(plot.read_text(encoding="utf-8")).tag.endswith("svg")

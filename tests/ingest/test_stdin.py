"""Standard input: what it is, and that it goes in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.stdin import told_format
from qa.library import Library
from qa.settings import load_settings
from tests.ingest.site import article
from tests.ingest.web.test_reading import FERRY, PERSIAN

LINES = "\n".join(json.dumps({"id": f"w{n}", "text": f"This is story {n}."}) for n in range(3))


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (LINES.encode(), ".jsonl"),
        (("\ufeff\n" + LINES).encode(), ".jsonl"),
        (LINES.encode("utf-16"), ".jsonl"),
        (b'{"text": "' + b"x" * 70_000, ".jsonl"),
        (b"{braces} begin this note.\nIt goes on.", ".txt"),
        (b"{", ".txt"),
        (b"", ".txt"),
        (b"\n <!DOCTYPE HTML><html>", ".html"),
        ("<html>".encode("utf-16"), ".html"),
        (b"%PDF-1.7", ".pdf"),
        (PERSIAN[0].encode(), ".txt"),
    ],
)
def test_its_format_is_told_by_how_it_begins(data: bytes, format: str) -> None:
    assert told_format(data[:65_536]) == format


def piped(data: bytes, home: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "qa.cli.commands", "ingest", "-", "--home", str(home), "--json"]
    return subprocess.run(command, input=data, capture_output=True, timeout=100, env={**os.environ, "PYTHONUTF8": "1"})


@pytest.mark.slow
def test_what_is_piped_in_goes_in_once(tmp_path: Path) -> None:
    for data, added in (
        (LINES.encode() + b"\n{bad\n", 3),
        (article("The ferry sails", *FERRY).encode(), 1),
        ("\n".join(PERSIAN).encode(), 1),
    ):
        assert json.loads(piped(data, tmp_path / "home").stdout)["added"] == added
        assert json.loads(piped(data, tmp_path / "home").stdout)["unchanged"] == added
    with Library.open(load_settings(home=tmp_path / "home")) as library:
        found = [library.article(one.id) for one in library.articles()]
    assert {one.id for one in found} > {"w0", "w1", "w2"}
    assert {one.origin for one in found} == {"-:1", "-:2", "-:3", "-"}
    empty = piped(b"", tmp_path / "home")
    assert empty.returncode == 1
    assert "empty" in json.loads(empty.stdout)["failed"][0]["reason"]

"""From reading articles to an answer with every way out refused: no telemetry, no download, no look-up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qa.resources import CORPUS

# Python runs a module of this name first of all: every process of the test refuses what is not loopback.
GUARD = """
import os, socket
_connect, _look_up = socket.socket.connect, socket.getaddrinfo
_HERE = ("127.", "::1", "localhost")
def _refuse(address):
    with open(os.environ["GUARD_LOG"], "a") as log:
        log.write(repr(address) + "\\n")
    raise OSError(f"refused: {address}")
def connect(self, address):
    if isinstance(address, tuple) and not str(address[0]).startswith(_HERE):
        _refuse(address)
    return _connect(self, address)
def getaddrinfo(host, *args, **kwargs):
    if host and not str(host).startswith(_HERE):
        _refuse(host)
    return _look_up(host, *args, **kwargs)
socket.socket.connect, socket.getaddrinfo = connect, getaddrinfo
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(folder), "GUARD_LOG": str(folder / "refused"), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, encoding="utf-8", env=environment, timeout=100
    )


def test_the_guard_refuses_another_host_and_keeps_a_note(tmp_path: Path) -> None:
    result = run(tmp_path, "-c", "import socket; socket.create_connection(('192.0.2.1', 80), 1)")
    assert "refused" in result.stderr
    assert "192.0.2.1" in (tmp_path / "refused").read_text()


@pytest.mark.slow
def test_nothing_between_reading_and_answering_asks_another_host(tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    command = ("-m", "qa.cli.commands")
    assert run(tmp_path, *command, "ingest", str(CORPUS), "--home", home).returncode == 0
    asked = run(tmp_path, *command, "ask", "How much is a single ticket on the Shabahang?", "--home", home, "--json")
    assert asked.returncode == 0, asked.stderr
    assert "45 marjans" in json.loads(asked.stdout)["answer"]
    page = "from qa.sanad import Sanad; from qa.page import build_page; build_page(Sanad.open(HOME))"
    assert run(tmp_path, "-c", page.replace("HOME", repr(home))).returncode == 0
    assert not (tmp_path / "refused").exists(), (tmp_path / "refused").read_text()

"""A round: a folder and a site of damaged files beside one sound article, read by the command line as a user would.

The run must end in time with exit code 0, without a traceback; the sound article must be in, and of every file either
an article or a failure with a reason that somebody wrote.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from evals.fuzz.mutation import damaged
from evals.fuzz.seeds import ENGLISH, seeds
from qa.library import Library
from qa.settings import load_settings

SECONDS = 180.0
"""What a round of 40 files may take; it takes about ten."""

GOOD = "good.txt"
_WEB = frozenset({".rss", ".xml"})
_PAGES = 3
_UNWRITTEN = re.compile(r"^(?:\w+\.)*\w*(?:Error|Exception|Warning)\b|makes the process|takes longer than")
_BULK = frozenset({".jsonl", ".csv", ".zip"})


@dataclass(frozen=True)
class Finding:
    """What went wrong, and the files that did it, as far as that could be told."""

    what: str
    files: tuple[Path, ...]


def play(seed: int, folder: Path, *, files: int = 40, seconds: float = SECONDS) -> list[Finding]:
    """One round, the same for the same seed. ``folder`` must be empty; of it, only files of findings are kept."""
    material = write_round(seed, folder, files)
    found = _judged(material, folder, seconds)
    if found is None:
        shutil.rmtree(folder)
        return []
    return [found] if len(found.files) == 1 else _culprits(found, folder, seconds)


def write_round(seed: int, folder: Path, files: int) -> list[Path]:
    """Write a round's damaged files, and the pages that its feeds list; gives the files."""
    chance = random.Random(seed)
    sound = seeds()
    everything = [data for some in sound.values() for data in some]
    material = []
    for number in range(files):
        suffix = chance.choice(list(sound))
        place = folder / ("web" if suffix in _WEB or (suffix == ".html" and number % 2) else "files")
        place.mkdir(parents=True, exist_ok=True)
        file = place / f"{number}{suffix}"
        file.write_bytes(damaged(chance, chance.choice(sound[suffix]), chance.choice(everything)))
        material.append(file)
    (folder / "web").mkdir(exist_ok=True)
    for number in range(_PAGES):
        (folder / "web" / f"page{number}.html").write_bytes(sound[".html"][number])
    return material


def _culprits(found: Finding, folder: Path, seconds: float) -> list[Finding]:
    """The halves of a finding's files that make it without the others, down to single files where that is so."""
    middle = len(found.files) // 2
    halves = (found.files[:middle], found.files[middle:])
    parts = [part for half in halves if (part := _judged(half, folder, seconds))]
    return [
        one for part in parts for one in ([part] if len(part.files) == 1 else _culprits(part, folder, seconds))
    ] or [found]


def _judged(material: Sequence[Path], folder: Path, seconds: float) -> Finding | None:
    """Read these files into a new library; what is wrong with how it went, and with which file if that is plain."""
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    good = folder / GOOD
    good.write_text("\n\n".join(ENGLISH), encoding="utf-8")
    with _site(folder / "web") as address:
        sources = [f"{address}/{file.name}" if file.parent.name == "web" else str(file) for file in material]
        for file in material:
            if file.suffix == ".xml":
                file.write_bytes(file.read_bytes().replace(b"HERE", address.encode()))
        command = [sys.executable, "-m", "qa.cli.commands", "ingest", str(good), *sources, "--home", str(home)]
        try:
            done = subprocess.run(
                [*command, "--json", "--allow-private", "--delay", "0"],
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Finding(f"does not end within {seconds:g} s", tuple(material))
    return _judged_output(done, home, tuple(material))


def _judged_output(done: subprocess.CompletedProcess[bytes], home: Path, material: tuple[Path, ...]) -> Finding | None:
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode != 0 or "Traceback" in said:
        return Finding(f"ends with {done.returncode}: {said.strip()[-2000:]}", material)
    failed: list[dict[str, Any]] = json.loads(done.stdout)["failed"]
    for one in failed:
        if _UNWRITTEN.search(one["reason"]):
            named = [file for file in material if file.name in one["source"]]
            return Finding(f"{one['source']} {one['reason']}", tuple(named) or material)
    with Library.open(load_settings(home=home)) as library:
        origins = {article.origin or "" for article in library.articles()}
        problems = library.status().problems
    if problems:
        return Finding(f"leaves the library broken: {problems}", material)
    if not any(origin.endswith(f"/{GOOD}") for origin in origins):
        return Finding("loses the sound article", material)
    told = origins | {one["source"] for one in failed}
    silent = [file for file in material if file.parent.name == "files" and str(file.resolve()) not in told]
    missing = [file for file in silent if file.suffix not in _BULK]
    return Finding("is passed over in silence", (missing[0],)) if missing else None


@contextmanager
def _site(folder: Path) -> Iterator[str]:
    """Serves a folder on loopback; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    extensions_map: dict[str, str] = {".rss": "application/rss+xml", ".xml": "text/xml", ".html": "text/html"}  # noqa: RUF012

    def log_message(self, *_: object) -> None:
        return


def fuzz(
    folder: Path,
    *,
    enough: Callable[[int], bool],
    seed: int,
    files: int = 40,
    told: Callable[[int, list[Finding]], None],
) -> int:
    """Rounds until ``enough`` says so of their number; gives how many there were. ``told`` hears of each."""
    number = 0
    while not enough(number):
        told(number, play(seed + number, folder / str(seed + number), files=files))
        number += 1
    return number

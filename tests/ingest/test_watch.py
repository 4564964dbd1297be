"""Rounds of a watch over real folders and a real feed; and the command, ended by Ctrl+C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

from ingest import IngestReport
from ingest.watch import watch
from qa.errors import SourceError
from qa.library import Library
from qa.library.lock import FileLock
from qa.settings import load_settings
from tests.ingest.site import article, own_network, serve
from tests.ingest.web.test_reading import FERRY, PERSIAN, item, rss


def rounds(home: Path, *sources: str | Path, **options: object) -> Iterator[IngestReport]:
    return watch(
        sources,
        settings=load_settings(home=home),
        fetcher=own_network(),
        pause=lambda _: None,
        **options,  # type: ignore[arg-type]
    )


def test_a_round_reads_what_has_changed_since_the_last(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("The clock has stopped.", encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\x00")
    watched = rounds(tmp_path / "home", folder, prune=True)
    first = next(watched)
    assert (first.added, len(first.failed)) == (1, 1)
    quiet = next(watched)
    assert (quiet.changed, quiet.unchanged, quiet.failed) == (0, 0, ())
    (folder / "a.txt").write_text("The clock goes again.", encoding="utf-8")
    (folder / "b.txt").write_text("The gulls have left.", encoding="utf-8")
    second = next(watched)
    assert (second.added, second.updated, second.removed) == (1, 1, 0)
    (folder / "a.txt").unlink()
    third = next(watched)
    assert (third.removed, third.departed[0].source) == (1, str(folder.resolve() / "a.txt"))
    watched.close()
    with Library.open(load_settings(home=tmp_path / "home")) as library:
        assert [Path(one.origin or "").name for one in library.articles()] == ["b.txt"]


def test_a_feed_is_asked_each_round_and_its_pages_when_they_are_new(tmp_path: Path) -> None:
    with serve() as site:
        site.add("/1", article("Story 1", *FERRY))
        site.add("/2", article("Story 2", *PERSIAN))
        site.add("/bare", "<html><body></body></html>")
        feed = site.add("/rss", rss(item("/1"), item("/bare")))
        watched = rounds(tmp_path / "home", feed)
        assert next(watched).added == 1
        site.asked.clear()
        assert next(watched).changed == 0
        assert site.articles_asked() == ["/rss"]
        site.add("/rss", rss(item("/2"), item("/1"), item("/bare"), item("/missing")))
        report = next(watched)
        assert (report.added, len(report.failed)) == (1, 1)
        assert site.articles_asked() == ["/rss", "/rss", "/2", "/missing"]
        site.add("/missing", article("Story 3", *FERRY[::-1]))  # what did not come is tried again
        assert next(watched).added == 1
        site.add("/rss", "", status=500)
        assert len(next(watched).failed) == 1
        assert next(watched).failed == ()  # told once
        watched.close()


def test_a_library_that_another_process_writes_puts_a_round_off(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The clock has stopped.", encoding="utf-8")
    home = tmp_path / "home"
    watched = rounds(home, tmp_path / "a.txt", every=0.1)
    assert next(watched).added == 1
    (tmp_path / "a.txt").write_text("The clock goes again.", encoding="utf-8")
    with FileLock(home / "library.lock").hold(0):
        report = next(watched)
    assert report.changed == 0
    assert "being written" in report.failed[0].reason
    assert next(watched).updated == 1
    watched.close()


def test_standard_input_cannot_be_watched(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be watched"):
        next(rounds(tmp_path / "home", "-"))


@pytest.mark.slow
def test_the_command_prints_a_line_a_round_that_changed_something_and_ends_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("The clock has stopped.", encoding="utf-8")
    command = [sys.executable, "-m", "qa.cli.commands", "ingest", str(folder), "--watch", "--every", "1", "--prune"]
    process = subprocess.Popen(
        [*command, "--home", str(tmp_path / "home")],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        preexec_fn=_heed_interrupts,
    )
    lines: Queue[str] = Queue()
    assert process.stderr
    reader = threading.Thread(target=lambda: [lines.put(line) for line in process.stderr or ()], daemon=True)
    reader.start()
    try:
        assert "Ctrl+C" in lines.get(timeout=60)
        assert "1 added" in lines.get(timeout=60)
        (folder / "b.txt").write_text("The gulls have left.", encoding="utf-8")
        assert "1 added" in lines.get(timeout=60)
        (folder / "a.txt").unlink()
        assert "1 removed" in lines.get(timeout=60)
        assert "a.txt" in lines.get(timeout=60)
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=60)
    assert code == 0
    reader.join(timeout=10)
    assert lines.empty()
    with Library.open(load_settings(home=tmp_path / "home")) as library:
        assert library.status().problems == ()
        assert library.status().pending == 0
        assert library.status().articles == 1


def _heed_interrupts() -> None:
    """As a terminal would have it: whoever runs the tests in the background has the interrupts ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)

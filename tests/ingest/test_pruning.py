"""What leaves its source leaves the library, if that is asked for; what could not be read does not."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from ingest import ingest
from qa.library import Library
from qa.settings import load_settings
from tests.ingest.site import article, own_network, serve
from tests.ingest.web.test_reading import FERRY, PERSIAN, item, rss


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "articles"
    (root / "sub").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "sub/c.txt"):
        (root / name).write_text(f"The clock of {name} has stopped.\n", encoding="utf-8")
    lines = [json.dumps({"id": f"wire-{n}", "text": f"This is story {n}."}) for n in range(3)]
    (root / "wire.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with zipfile.ZipFile(root / "old.zip", "w") as packed:
        packed.writestr("d.txt", "The clock of d.txt has stopped.")
    return root


@pytest.fixture
def home(tmp_path: Path, folder: Path) -> Path:
    assert ingest([folder], home=tmp_path / "home").added == 7
    return tmp_path / "home"


def origins(home: Path) -> set[str]:
    with Library.open(load_settings(home=home)) as library:
        return {Path(one.origin or "").name for one in library.articles()}


ALL = {"a.txt", "b.txt", "c.txt", "wire.jsonl:1", "wire.jsonl:2", "wire.jsonl:3", "old.zip!d.txt"}


def test_nothing_goes_unless_it_is_asked_for(folder: Path, home: Path) -> None:
    (folder / "a.txt").unlink()
    assert ingest([folder], home=home).removed == 0
    assert origins(home) == ALL


def test_files_lines_and_members_that_are_gone_go(folder: Path, home: Path) -> None:
    (folder / "a.txt").unlink()
    (folder / "old.zip").unlink()
    lines = (folder / "wire.jsonl").read_text(encoding="utf-8").splitlines()
    (folder / "wire.jsonl").write_text("\n".join(lines[:2]), encoding="utf-8")
    report = ingest([folder], home=home, prune=True)
    assert report.removed == 3
    assert {Path(gone.source).name for gone in report.departed} == {"a.txt", "wire.jsonl:3", "old.zip!d.txt"}
    assert origins(home) == ALL - {"a.txt", "wire.jsonl:3", "old.zip!d.txt"}
    assert ingest([folder], home=home, prune=True).removed == 0


def test_only_what_the_run_names_is_looked_at(folder: Path, home: Path) -> None:
    (folder / "a.txt").unlink()
    (folder / "sub" / "c.txt").write_text("Another.", encoding="utf-8")
    assert ingest([folder / "sub"], home=home, prune=True).removed == 0
    assert origins(home) == ALL


def test_what_cannot_be_read_keeps_its_articles(folder: Path, home: Path) -> None:
    (folder / "a.txt").write_bytes(b"\x00")
    (folder / "old.zip").write_bytes(b"PK broken")
    (folder / "wire.jsonl").write_text('{"id": "wire-0", "text": "Story."}\n{"id": "wire-1"', encoding="utf-8")
    (folder / "b.txt").unlink()
    (folder / "b.txt").symlink_to(folder / "nowhere")
    report = ingest([folder], home=home, prune=True)
    assert len(report.failed) == 4
    assert report.removed == 0
    assert origins(home) == ALL


def test_a_folder_that_is_missing_or_empty_keeps_its_articles(folder: Path, home: Path) -> None:
    moved = folder.rename(folder.parent / "elsewhere")
    report = ingest([folder], home=home, prune=True)
    assert (report.removed, len(report.failed)) == (0, 1)
    folder.mkdir()
    report = ingest([folder], home=home, prune=True)
    assert report.removed == 0
    assert "kept" in report.failed[0].reason
    assert origins(home) == ALL
    assert moved.exists()


def test_an_article_that_moved_to_another_file_stays(folder: Path, home: Path) -> None:
    (folder / "wire.jsonl").rename(folder / "archive.jsonl")
    assert ingest([folder], home=home, prune=True).removed == 0


def test_pages_that_left_a_feed_go_unless_something_else_has_them(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serve() as site:
        for name in ("/1", "/2", "/3"):
            site.add(name, article(f"Story {name}", *FERRY, *PERSIAN, f"This is story {name} of the day."))
        feed = site.add("/rss", rss(item("/1"), item("/2"), item("/3")))
        other = site.add("/sea", rss(item("/2")))

        def run(*urls: str, prune: bool = True) -> tuple[int, int]:
            report = ingest(list(urls), home=home, fetcher=own_network(), prune=prune)
            return report.removed, len(report.failed)

        assert run(feed, other, site.address + "/3") == (0, 0)
        site.add("/rss", rss(item("/1", "New title")))
        site.pages.pop("/1")  # its entry is new, but the page does not come: it stays
        assert run(feed) == (0, 1)
        assert len(origins(home)) == 3
        site.add("/rss", "no feed", status=500)
        assert run(feed) == (0, 1)
        site.add("/sea", rss())
        assert run(other) == (0, 0)  # suddenly empty
        site.add("/sea", rss(item("/3")))
        assert run(other) == (1, 0)  # /2 has left both
        assert origins(home) == {"1", "3"}
        site.add("/rss", rss(item("/3")))
        assert run(feed) == (1, 0)
        assert origins(home) == {"3"}

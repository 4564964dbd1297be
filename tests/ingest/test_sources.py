from pathlib import Path

import pytest

from ingest.sources import find_sources


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "articles"
    for name in (
        "b.txt",
        "a.md",
        "sub/deep/c.html",
        ".hidden/d.txt",
        "sub/.e.txt",
        "photo.png",
        "README.md",
        "__MACOSX/f.txt",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    return root


def names(found: object) -> list[str]:
    return [Path(source.origin).name for source in found.sources]  # type: ignore[attr-defined]


def test_a_folder_is_searched_to_any_depth_in_a_stable_order(folder: Path) -> None:
    found = find_sources([folder])
    assert names(found) == ["a.md", "b.txt", "c.html"]
    assert found.skipped == 2
    assert not found.failures


def test_a_file_that_is_reached_twice_is_read_once(folder: Path) -> None:
    (folder / "again.txt").symlink_to(folder / "b.txt")
    assert names(find_sources([folder / "b.txt", folder, folder / "sub"])) == ["b.txt", "a.md", "c.html"]


def test_a_loop_of_links_ends(folder: Path) -> None:
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    assert names(find_sources([folder])) == ["a.md", "b.txt", "c.html"]


def test_what_is_not_there_is_a_failure_that_names_it(folder: Path) -> None:
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    found = find_sources([folder / "missing.txt", folder])
    reasons = {Path(failure.source).name: failure.reason for failure in found.failures}
    assert "does not exist" in reasons["missing.txt"]
    assert "link" in reasons["broken.txt"]
    assert names(found) == ["a.md", "b.txt", "c.html"]


def test_a_readme_is_an_article_only_where_it_is_named(folder: Path) -> None:
    assert names(find_sources([folder / "README.md"])) == ["README.md"]


def test_a_format_that_cannot_be_read_fails_only_where_it_is_named(folder: Path) -> None:
    (failure,) = find_sources([folder / "photo.png"]).failures
    assert ".txt" in failure.reason


def test_origins_do_not_depend_on_the_folder_one_stands_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert find_sources(["b.txt"]).sources == find_sources([folder / "b.txt"]).sources

"""The sample articles are what their README says they are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
README = (CORPUS / "README.md").read_text(encoding="utf-8")
FILES = sorted(path for path in CORPUS.glob("*/*") if path.is_file())
EXPORTS = [path for path in FILES if path.suffix == ".jsonl"]
UPDATED = {"ayeneh-ferry", "marfa-planetarium", "ledger-footbridge"}
RECORD_FIELDS = {"id", "text", "title", "source", "url", "author", "published", "lang"}


def records(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_readme_lists_every_file_and_no_other() -> None:
    listed = set(re.findall(r"^\| `([^`]+)`", README, flags=re.MULTILINE))
    assert listed == {path.relative_to(CORPUS).as_posix() for path in FILES}


def test_the_readme_lists_every_record() -> None:
    for path in EXPORTS:
        for record in records(path):
            assert f"`{record['id']}`" in README


def test_the_number_of_articles_is_the_one_in_the_readme() -> None:
    ids = {(path, record["id"]) for path in EXPORTS for record in records(path)}
    number = len(ids) + len(FILES) - len(EXPORTS)
    assert f"these {number} articles" in README


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".jsonl"])
@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_every_format_is_there_in_each_language(suffix: str, language: str) -> None:
    assert [path for path in FILES if path.name.endswith(f".{language}{suffix}")]


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.name)
def test_exports_are_json_lines_in_the_documented_form(path: Path) -> None:
    for record in records(path):
        assert set(record) <= RECORD_FIELDS
        assert record["lang"] in path.name.split(".")


def test_updated_stories_come_twice_and_the_later_line_is_the_later_day() -> None:
    found = set()
    for path in EXPORTS:
        for record in records(path):
            versions = [other for other in records(path) if other["id"] == record["id"]]
            if len(versions) == 1:
                continue
            first, second = versions
            assert first["text"] != second["text"]
            assert first["published"] < second["published"]
            found.add(record["id"])
    assert found == UPDATED


def test_scraped_persian_pages_show_the_faults_of_scraped_pages() -> None:
    for name in ("news/01-quiet-mediation.fa.txt", "news/05-lavrentiev-in-tehran.fa.txt"):
        text = (CORPUS / name).read_text(encoding="utf-8")
        assert all(letter in text for letter in "يیكکەه\u200c"), name


def test_clean_persian_articles_have_clean_letters() -> None:
    clean = [path for path in FILES if ".fa." in path.name and path.suffix != ".txt"]
    assert {path.name: found for path in clean if (found := set("يكىةە") & set(path.read_text("utf-8")))} == {}


def test_starter_questions_are_there_in_each_language() -> None:
    starters = json.loads((CORPUS / "starters.json").read_text(encoding="utf-8"))
    assert set(starters) == {"fa", "ar", "en"}
    for questions in starters.values():
        assert len(set(questions)) == len(questions) >= 3

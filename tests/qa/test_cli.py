"""The command line, as a user runs it: a process, its output, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def sanad(*arguments: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qa.cli.commands", *map(str, arguments)]
    environment = {**os.environ, **(env or {}), "PYTHONUTF8": "1"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=100)


def document(result: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(result.stdout)


def one_line_of_error(result: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in result.stderr
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, result.stderr
    return lines[0]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two small articles, ingested by the command line."""
    folder = tmp_path_factory.mktemp("cli")
    articles = folder / "articles"
    articles.mkdir()
    (articles / "ferry.md").write_text(
        "---\ntitle: The night ferry of Dorra\nsource: Dorra Herald\npublished: 2025-11-16\n---\n"
        "Mira Kestrel has driven the night ferry of Dorra since 2019. The crossing takes 25 minutes.\n",
        encoding="utf-8",
    )
    (articles / "bagh.txt").write_text(
        "افتتاح باغ گیاه‌شناسی مهرآباد\n\nباغ گیاه‌شناسی مهرآباد روز ۲۴ آبان ۱۴۰۴ گشایش یافت. "
        "مدیر باغ، نسرین پاکدل، گفت که ۳۲۰ گونه گیاه در آن کاشته شده است.\n",
        encoding="utf-8",
    )
    result = sanad("ingest", articles, "--home", folder / "home", "--json")
    assert result.returncode == 0, result.stderr
    assert document(result)["added"] == 2
    return folder / "home"


def test_ask_prints_one_document_with_verbatim_quotes(home: Path) -> None:
    result = sanad("ask", "مدیر باغ گیاه‌شناسی مهرآباد کیست؟", "--home", home, "--json")
    assert result.returncode == 0, result.stderr
    answer = document(result)
    assert answer["refused"] is False
    assert "نسرین پاکدل" in answer["answer"]
    for citation in answer["citations"]:
        article = document(sanad("show", citation["article_id"], "--home", home, "--json"))
        assert article["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_ask_for_people_shows_the_quote_and_where_it_is_from(home: Path) -> None:
    result = sanad("ask", "Who drives the night ferry of Dorra?", "--home", home)
    assert result.returncode == 0, result.stderr
    assert "Mira Kestrel" in result.stdout
    assert "[1]" in result.stdout
    assert "Dorra Herald" in result.stdout


def test_a_refusal_ends_with_3(home: Path) -> None:
    result = sanad("ask", "What is the capital of Australia?", "--home", home, "--json")
    assert result.returncode == 3
    assert document(result)["refused"] is True
    assert document(result)["citations"] == []


def test_an_empty_library_says_how_to_fill_it(tmp_path: Path) -> None:
    result = sanad("ask", "Who drives the ferry?", "--home", tmp_path / "empty")
    assert result.returncode == 3
    assert "sanad ingest" in result.stderr


def test_search_keeps_to_its_filters(home: Path) -> None:
    found = document(sanad("search", "ferry", "--home", home, "--json", "--since", "25 آبان 1404"))
    assert [hit["source"] for hit in found] == ["Dorra Herald"]
    assert document(sanad("search", "ferry", "--home", home, "--json", "--until", "2020-01-01")) == []
    assert all(
        hit["language"] == "fa" for hit in document(sanad("search", "باغ", "--home", home, "--json", "--lang", "fa"))
    )


def test_the_words_of_a_query_limit_the_search_unless_it_is_literal(home: Path) -> None:
    query = "According to the Dorra Herald, what opened in the garden?"
    found = document(sanad("search", query, "--home", home, "--json"))
    assert {hit["source"] for hit in found} == {"Dorra Herald"}
    literal = document(sanad("search", query, "--home", home, "--json", "--literal"))
    assert len(literal) > len(found)
    answer = document(sanad("ask", query, "--home", home, "--json", "--literal"))
    assert answer["understood"] == []


def test_list_and_status_say_what_is_there(home: Path) -> None:
    listed = document(sanad("list", "--home", home, "--json"))
    assert {article["language"] for article in listed} == {"fa", "en"}
    status = document(sanad("status", "--home", home, "--json"))
    assert status["articles"] == 2
    assert status["answerer"] == "extractive"


def test_remove_takes_an_article_out_of_every_answer(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("The lighthouse of Amber Bay was painted green in 1987.\n", encoding="utf-8")
    library = tmp_path / "home"
    assert sanad("ingest", tmp_path / "note.txt", "--home", library).returncode == 0
    name = document(sanad("list", "--home", library, "--json"))[0]["id"]
    assert document(sanad("remove", name, "--home", library, "--json")) == {"removed": [name]}
    assert document(sanad("search", "lighthouse", "--home", library, "--json")) == []
    assert sanad("ask", "When was the lighthouse painted?", "--home", library, "--json").returncode == 3


def test_rebuild_gives_the_same_answers(home: Path) -> None:
    before = document(sanad("search", "night ferry", "--home", home, "--json"))
    assert sanad("rebuild", "--home", home, "--json").returncode == 0
    assert document(sanad("search", "night ferry", "--home", home, "--json")) == before


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["ask", ""], 2, ["empty"]),
        (["search", "x", "--lang", "xx"], 2, ["xx", "fa, ar, en"]),
        (["search", "x", "--since", "someday"], 2, ["someday", "2025-11-16"]),
        (["search", "x", "--since", "2025-02-01", "--until", "2025-01-01"], 2, ["end", "begin"]),
        (["show", "no-such-article"], 1, ["no-such-article"]),
        (["rebuild", "--embeddings", "word2vec"], 2, ["SANAD_EMBEDDINGS"]),
    ],
)
def test_bad_input_is_one_clear_line(home: Path, arguments: list[str], code: int, words: list[str]) -> None:
    result = sanad(*arguments, "--home", home)
    line = one_line_of_error(result)
    assert result.returncode == code
    assert all(word in line for word in words), line


def test_an_error_is_one_document_with_json(home: Path) -> None:
    result = sanad("show", "no-such-article", "--home", home, "--json")
    assert result.returncode == 1
    assert document(result)["error"]["type"] == "ArticleNotFoundError"


def test_an_unknown_setting_is_named_with_the_nearest(home: Path) -> None:
    result = sanad("status", "--home", home, env={"SANAD_TOPK": "3"})
    assert result.returncode == 2
    assert "SANAD_TOP_K" in one_line_of_error(result)


def test_a_library_of_another_embedder_names_the_command_that_mends_it(home: Path) -> None:
    env = {"SANAD_EMBEDDINGS": "openai", "OPENAI_API_KEY": "sk-test", "SANAD_LLM": "extractive"}
    result = sanad("search", "ferry", "--home", home, env=env)
    assert result.returncode == 1
    assert "sanad rebuild" in one_line_of_error(result)
    status = document(sanad("status", "--home", home, "--json", env=env))
    assert any("sanad rebuild" in problem for problem in status["problems"])


def test_a_chroma_server_that_is_down_is_named(home: Path) -> None:
    result = sanad("search", "ferry", "--home", home, env={"SANAD_CHROMA_URL": "http://127.0.0.1:9"})
    assert result.returncode == 1
    assert "http://127.0.0.1:9" in one_line_of_error(result)


def test_ingest_names_what_failed_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("The bridge at Olm was closed for repairs on Monday.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    result = sanad("ingest", tmp_path, "--home", tmp_path / "home", "--json")
    report = document(result)
    assert result.returncode == 0
    assert report["added"] == 1
    assert {Path(failure["source"]).name for failure in report["failed"]} == {"empty.txt", "picture.txt"}


def test_ingest_of_nothing_that_can_be_read_fails(tmp_path: Path) -> None:
    result = sanad("ingest", tmp_path / "nowhere", "--home", tmp_path / "home")
    assert result.returncode == 1
    assert "nowhere" in result.stderr
    assert "Traceback" not in result.stderr

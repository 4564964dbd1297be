"""The retrieval bench over small data: what it asks, what it finds, and the ways of typing."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from evals.bench.passages import grow, wire_articles
from evals.bench.quality import across_languages
from evals.bench.questions import Question, as_typed, read_parallel, read_squad
from evals.bench.retrieval import measure
from qa.errors import SanadError
from qa.library import Library
from qa.settings import load_settings

PASSAGES = {
    "fa": [
        ("کشتی‌های باری ساعت ۷ از بندر می‌روند.", "کشتی‌های باری کی از بندر می‌روند؟"),
        ("موزهٔ نمک در شهر باز شد.", "چه موزه‌ای باز شد؟"),
    ],
    "ar": [
        ("افتتحت المدينة حديقة جديدة قرب النهر.", "ماذا افتتحت المدينة؟"),
        ("أغلقت الأمطار طريق القرية.", "ما الذي أغلق الطريق؟"),
    ],
}
PARALLEL = """document\ten\tfa\tar
d1\tThe ambassador opened a school.\tسفیر مدرسه‌ای را افتتاح کرد.\tافتتح السفير مدرسة.
d2\tRain closed the road.\tباران جاده را بست.\tأغلق المطر الطريق.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language, pairs in PASSAGES.items():
        paragraphs = [
            {"context": context, "qas": [{"question": question, "answers": [], "is_impossible": False}]}
            for context, question in pairs
        ]
        document = {"data": [{"paragraphs": paragraphs}]}
        (tmp_path / f"small.{language}.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "parallel.tsv").write_text(PARALLEL, encoding="utf-8")
    return tmp_path


def test_every_channel_both_systems_and_the_ways_of_typing_are_measured(folder: Path) -> None:
    found = {(each.measure, each.system): each.median for each in measure(folder=folder, sizes=()).measurements}
    assert {system for name, system in found if name == "hit@1, small.fa"} >= {
        "sanad", "sanad without vectors", "sanad, lexical", "sanad, vectors alone", "sanad, grams alone",
        "sanad, lexical without concepts", "stock", "stock, BM25", "stock, vectors",
    }  # fmt: skip
    assert found["hit@1, small.fa", "sanad"] == found["hit@1, small.ar", "sanad"] == 100
    assert found["hit@1, Persian typed: all three", "sanad"] == 100


def test_each_sentence_has_the_window_in_another_language_to_find(folder: Path) -> None:
    asked = read_parallel(folder / "parallel.tsv")
    assert (len(asked.articles), len(asked.questions)) == (6, 12)
    found = {each.measure: each.median for each in across_languages(asked)}
    assert found["hit@5, en → fa, one language"] == found["hit@5, ar → en, all languages"] == 100


def test_typing_changes_letters_half_spaces_and_digits_only() -> None:
    typed = as_typed([Question("q", "fa", "کشتی‌های ۷ بندر", "a"), Question("q", "fa", "بندر", "b")], 1)
    assert {name: each[0].text for name, each in typed.items()} == {
        "clean": "کشتی‌های ۷ بندر",
        "Arabic letters": "كشتي‌هاي ۷ بندر",
        "space for half-space": "کشتی های ۷ بندر",
        "no half-space": "کشتیهای ۷ بندر",
        "Arabic digits": "کشتی‌های ٧ بندر",
        "all three": "كشتيهاي ٧ بندر",
    }


def test_a_folder_without_questions_is_named(tmp_path: Path) -> None:
    with pytest.raises(SanadError, match="holds no questions"):
        read_squad(tmp_path)


def test_a_library_grows_to_the_size_asked_for(tmp_path: Path) -> None:
    with Library.open(load_settings(home=tmp_path)) as library:
        grow(library, 30)
        first = library.articles()
        grow(library, 60)
        assert library.status().passages == 60
        assert {article.id for article in first} < {article.id for article in library.articles()}
    assert len({article.article.language for article in wire_articles(9)}) == 3


@pytest.mark.slow
def test_speed_and_memory_are_measured_from_the_command_line(tmp_path: Path) -> None:
    plot = tmp_path / "growth.svg"
    command = [
        sys.executable,
        "-m",
        "qa.cli.commands",
        "bench",
        "retrieval",
        "--sizes",
        "30,60",
        "--searches",
        "3",
        "--json",
        "--plot",
        str(plot),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["measurements"]
    assert {(each["system"], each["size"]) for each in found if each["measure"] == "search, p50"} == {
        ("sanad", 30), ("sanad", 60), ("stock", 30), ("stock", 60),
    }  # fmt: skip
    assert {"search, one week, p95", "memory of the process that searches"} <= {each["measure"] for each in found}
    assert ET.fromstring(plot.read_text(encoding="utf-8")).tag.endswith("svg")

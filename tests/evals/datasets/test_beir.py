"""A folder in the layout of BEIR: documents fill the library, judged queries are the cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.datasets.beir import beir
from evals.errors import DatasetError
from evals.run import Plan, evaluate
from qa.settings import load_settings

DOCUMENTS = {
    "d1": ("Night ferry", "Mira Kestrel drives the night ferry of Dorra."),
    "d2": ("Bakery", "The bakery in Capstan Street sells saffron buns."),
    "d3": ("", "باغ گیاه‌شناسی مهرآباد ۳۲۰ گونه گیاه دارد."),
}
QUERIES = {"q1": "Who drives the ferry of Dorra?", "q2": "گونه‌های گیاه در باغ مهرآباد", "q3": "nothing judged"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "tiny"
    (made / "qrels").mkdir(parents=True)
    lines = [json.dumps({"_id": id, "title": title, "text": text}) for id, (title, text) in DOCUMENTS.items()]
    (made / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    queries = [json.dumps({"_id": id, "text": text}) for id, text in QUERIES.items()]
    (made / "queries.jsonl").write_text("\n".join(queries), encoding="utf-8")
    judged = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td3\t1\n"
    (made / "qrels" / "test.tsv").write_text(judged, encoding="utf-8")
    return made


def test_only_queries_with_a_relevant_document_are_asked(folder: Path) -> None:
    dataset = beir(folder)
    assert dataset.searches
    assert {case.id: [(each.article, each.grade) for each in case.expected] for case in dataset.cases} == {
        "q1": [("d1", 2)],
        "q2": [("d3", 1)],
    }


def test_the_documents_are_found(folder: Path, tmp_path: Path) -> None:
    report = evaluate(beir(folder), load_settings(llm="extractive"), Plan(tmp_path / "out"))
    assert report.metrics()["ndcg@10"] == pytest.approx(1.0)
    assert "right" not in report.metrics()
    assert [each.outcome for each in report.scored] == ["right", "right"]


def test_a_judgement_of_a_document_that_is_not_there_is_named(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").write_text("q1\td9\t1\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="query q1 names the document 'd9'"):
        beir(folder)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("qrels/test.tsv", "q1\td1\tmany\n", r"test\.tsv:1: not query, document, score"),
        ("corpus.jsonl", '{"_id": "d1"}\n', r"corpus\.jsonl:1: text: Field required"),
        ("queries.jsonl", "\n[]\n", r"queries\.jsonl:2: "),
    ],
)
def test_a_bad_line_is_named(folder: Path, name: str, text: str, told: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError, match=told):
        beir(folder)


def test_a_folder_without_judgements_says_so(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"has no qrels/test\.tsv"):
        beir(tmp_path)

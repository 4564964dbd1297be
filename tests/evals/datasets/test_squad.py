"""SQuAD files of both versions become cases; the halves and the fifth are those of the reader's trainer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.datasets.squad import squad
from evals.errors import DatasetError
from evals.training.asked import TEST_PARTS, part_of

CONTEXT = "پل سفید اهواز در سال ۱۳۱۵ گشایش یافت. طول آن ۵۰۱ متر است."


def question(id: str, text: str, *answers: str, impossible: bool | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": id,
        "question": text,
        "answers": [{"text": answer, "answer_start": CONTEXT.index(answer)} for answer in answers],
    }
    return made if impossible is None else {**made, "is_impossible": impossible}


def file(folder: Path, entries: list[dict[str, Any]], name: str = "set.fa.json") -> Path:
    path = folder / name
    path.write_text(json.dumps({"version": "2.0", "data": entries}), encoding="utf-8")
    return path


def entry(title: str, *questions: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "paragraphs": [{"context": CONTEXT, "qas": list(questions)}]}


def test_answers_are_expected_where_they_stand(tmp_path: Path) -> None:
    asked = question("q1", "پل سفید کی گشایش یافت؟", "۱۳۱۵", "سال ۱۳۱۵", "۱۳۱۵")
    (case,) = squad(file(tmp_path, [entry("پل", asked)])).cases
    assert [(each.quote, each.start, each.answers) for each in case.expected] == [
        ("۱۳۱۵", CONTEXT.index("۱۳۱۵"), ("۱۳۱۵",)),
        ("سال ۱۳۱۵", CONTEXT.index("سال"), ("سال ۱۳۱۵",)),
    ]
    assert case.answerable
    assert case.language == "fa"


def test_version_2_has_questions_without_answers(tmp_path: Path) -> None:
    asked = question("q1", "معمار پل که بود؟", impossible=True)
    (case,) = squad(file(tmp_path, [entry("پل", asked)])).cases
    assert not case.answerable
    assert case.tags == ("impossible",)


def test_an_id_that_stands_twice_names_two_cases(tmp_path: Path) -> None:
    asked = question("q1", "طول پل؟", "۵۰۱ متر")
    cases = squad(file(tmp_path, [entry("پل", asked), entry("پل", asked)])).cases
    assert [case.id for case in cases] == ["q1", "q1~2"]


def test_half_and_fifth_split_by_title_as_the_trainer_does(tmp_path: Path) -> None:
    titles = [f"title {number}" for number in range(60)]
    path = file(tmp_path, [entry(title, question(title, "طول پل؟", "۵۰۱ متر")) for title in titles])
    halved = {case.id: case for case in squad(path, half=True).cases}
    kept = {title for title in titles if part_of(f"half {title}", 2) == 0}
    assert 15 < len(kept) < 45
    assert {id for id, case in halved.items() if case.answerable} == kept
    assert {case.tags for id, case in halved.items() if id not in kept} == {("left-out",)}
    fifth = {case.id for case in squad(path, fifth=True).cases}
    assert fifth == {title for title in titles if part_of(title, TEST_PARTS) == 0}


def test_the_library_holds_the_passages_that_are_not_left_out(tmp_path: Path) -> None:
    from qa.library import Library
    from qa.settings import load_settings

    titles = [f"title {number}" for number in range(12)]
    path = file(tmp_path, [entry(title, question(title, "طول پل؟", "۵۰۱ متر")) for title in titles])
    dataset = squad(path, half=True)
    assert dataset.fill is not None
    with Library.open(load_settings(home=tmp_path / "home")) as library:
        dataset.fill(library, None)
        held = {article.title for article in library.articles()}
    assert held == {title for title in titles if part_of(f"half {title}", 2) == 0}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "cannot be read as SQuAD"),
        ('{"data": [{"paragraphs": [{"qas": []}]}]}', r"data\.0\.paragraphs\.0\.context: Field required"),
        (
            '{"data": [{"paragraphs": [{"context": "abc", "qas": [{"id": 1, "question": "q", '
            '"answers": [{"text": "c", "answer_start": 1}]}]}]}]}',
            "question 1: the answer 'c' does not stand at 1",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError, match=told):
        squad(path)

"""Own cases are read strictly: what is wrong with a line is said with its file and number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.datasets.own import corpus_cases, read_cases
from evals.errors import DatasetError

GOOD: dict[str, Any] = {
    "id": "en-factoid-1",
    "language": "en",
    "tags": ["factoid"],
    "question": "Who?",
    "answerable": True,
    "expected": [{"article": "a.txt", "quote": "Mira did.", "answers": ["Mira"]}],
}


def written(folder: Path, *lines: Any) -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    (folder / "mine.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_the_cases_over_the_corpus_are_read_and_there_are_enough() -> None:
    dataset = corpus_cases()
    assert len(dataset.cases) >= 150
    assert dataset.fill is not None


def test_optional_fields_have_their_defaults_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    (case,) = read_cases(written(tmp_path, "", GOOD, ""))
    assert (case.match, case.turns, case.rejected) == ("any", (), ())
    assert not case.filters.to_filters()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{not json", "Invalid JSON"),
        ({**GOOD, "question": "  "}, "question: .*is empty"),
        ({**GOOD, "expected": []}, "answerable, but no sentence is expected"),
        ({**GOOD, "expected": [{"article": "a.txt", "quote": "x"}]}, "has no answers"),
        ({**GOOD, "colour": "red"}, "colour: Extra inputs"),
        ({**GOOD, "tags": []}, "tags: "),
        ({**GOOD, "filters": {"lang": "de"}}, r"filters\.lang: "),
        ({key: value for key, value in GOOD.items() if key != "answerable"}, "answerable: Field required"),
    ],
)
def test_a_bad_line_is_named_with_what_is_wrong(line: Any, told: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=rf"mine\.jsonl:2: .*{told}") as caught:
        read_cases(written(tmp_path, GOOD, line))
    assert caught.value.exit_code == 2


def test_an_id_that_stands_twice_is_named_with_both_places(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"mine\.jsonl:2: the id 'en-factoid-1' is already that of .*mine\.jsonl:1"):
        read_cases(written(tmp_path, GOOD, GOOD))


@pytest.mark.parametrize("name", ["", "nowhere"])
def test_a_folder_without_cases_says_what_to_do(name: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"There are no cases in .*README"):
        read_cases(tmp_path / name)


def test_the_digest_changes_with_a_case(tmp_path: Path) -> None:
    from evals.datasets.own import own_cases

    one = own_cases(written(tmp_path, GOOD)).digest
    other = own_cases(written(tmp_path, {**GOOD, "question": "Who did?"})).digest
    assert one != other
    assert own_cases(written(tmp_path, GOOD)).digest == one

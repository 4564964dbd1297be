"""The cases say what they promise: every quote is verbatim in the corpus, and every kind is there in each language."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
CASES = ROOT / "evals" / "cases"
LANGUAGES = ("fa", "ar", "en")

Case = dict[str, Any]

LEAST_PER_LANGUAGE = {
    "factoid": 15,
    "number": 10,
    "why": 6,
    "how": 3,
    "date": 9,
    "cross-language": 7,
    "disagreement": 3,
    "update": 4,
    "false-premise": 4,
    "unanswerable-near": 6,
    "unanswerable-far": 4,
    "injection": 4,
    "named-filter": 2,
    "filter": 3,
    "spelling": 3,
    "conversation": 20,
    "topic-change": 2,
}
REQUIRED = {"id", "language", "tags", "question", "answerable", "expected"}
OPTIONAL = {"turns", "filters", "match", "rejected"}


def read_cases() -> list[tuple[Path, Case]]:
    return [
        (path, json.loads(line))
        for path in sorted(CASES.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


FILED = read_cases()
ALL = [case for _, case in FILED]


def text_of(article: str) -> str:
    """The text that a case's ``article`` names; of a JSON Lines id the last record."""
    name, _, wanted = article.partition("#")
    text = (CORPUS / name).read_text(encoding="utf-8")
    if not wanted:
        assert not name.endswith(".jsonl"), f"{article} does not say which record"
        return text
    records: list[dict[str, str]] = [json.loads(line) for line in text.splitlines()]
    return [record["text"] for record in records if record["id"] == wanted][-1]


def counts(language: str) -> Counter[str]:
    return Counter(tag for case in ALL if case["language"] == language for tag in case["tags"])


def identify(case: Case) -> str:
    return str(case["id"])


def test_there_are_enough_cases_and_the_languages_are_balanced() -> None:
    per_language = Counter(case["language"] for case in ALL)
    assert set(per_language) == set(LANGUAGES)
    assert sum(per_language.values()) >= 150
    assert max(per_language.values()) - min(per_language.values()) <= 10


def test_ids_and_questions_are_unique() -> None:
    assert [name for name, number in Counter(map(identify, ALL)).items() if number > 1] == []
    asked = Counter(json.dumps([c.get("turns"), c["question"], c.get("filters")], sort_keys=True) for c in ALL)
    assert [question for question, number in asked.items() if number > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_there_in_each_language(language: str) -> None:
    found = counts(language)
    assert {tag: found[tag] for tag, least in LEAST_PER_LANGUAGE.items() if found[tag] < least} == {}


def test_dates_are_asked_in_three_calendars() -> None:
    found = counts("fa") + counts("ar") + counts("en")
    assert min(found[f"date-{calendar}"] for calendar in ("jalali", "gregorian", "hijri")) >= 5


def test_every_tag_is_explained_in_the_readme() -> None:
    explained = set(re.findall(r"`([a-z-]+)`", (CASES / "README.md").read_text(encoding="utf-8")))
    assert {tag for case in ALL for tag in case["tags"]} <= explained


@pytest.mark.parametrize(("path", "case"), FILED, ids=[identify(case) for case in ALL])
def test_case_is_well_formed(path: Path, case: Case) -> None:
    assert set(case) >= REQUIRED
    assert set(case) <= REQUIRED | OPTIONAL
    assert case["language"] in path.stem.split(".")
    assert case["id"].startswith(f"{case['language']}-{case['tags'][0]}-")
    assert case["question"].strip() == case["question"] != ""
    assert case.get("match", "all") == "all"
    assert ("turns" in case) == ("conversation" in case["tags"]) == path.stem.startswith("conversations")
    assert all(turn.strip() for turn in case.get("turns", ["-"]))
    assert len(case.get("turns", [])) <= 2


@pytest.mark.parametrize("case", [case for case in ALL if "filters" in case], ids=identify)
def test_filters_are_those_of_ask(case: Case) -> None:
    filters = case["filters"]
    assert set(filters) <= {"since", "until", "source", "lang"}
    assert filters.get("lang", "fa") in LANGUAGES
    for name in ("since", "until"):
        assert name not in filters or date.fromisoformat(filters[name])


@pytest.mark.parametrize("case", [case for case in ALL if case["expected"]], ids=identify)
def test_quotes_and_answers_are_verbatim(case: Case) -> None:
    for expected in case["expected"]:
        assert expected["quote"] in text_of(expected["article"])
        if case["answerable"]:
            assert expected["answers"][0] in expected["quote"]
            assert all(expected["answers"])
        else:
            assert "answers" not in expected
        for rejected in case.get("rejected", []):
            assert rejected not in expected["quote"]


def test_answerable_cases_have_sentences_and_unanswerable_ones_a_reason() -> None:
    """A case without expected sentences must be meant as unanswerable, and the other way round."""
    for case in ALL:
        if case["answerable"]:
            assert case["expected"], case["id"]
        else:
            assert {"false-premise", "unanswerable-near", "unanswerable-far", "filter"} & set(case["tags"]), case["id"]
            assert bool(case["expected"]) == ("false-premise" in case["tags"]), case["id"]


def test_disagreements_name_two_articles() -> None:
    for case in ALL:
        articles = {expected["article"] for expected in case["expected"]}
        assert (case.get("match") == "all") == ("disagreement" in case["tags"]), case["id"]
        assert "match" not in case or len(articles) >= 2, case["id"]


def test_every_article_is_asked_about() -> None:
    asked = {expected["article"] for case in ALL for expected in case["expected"]}
    files = {path.relative_to(CORPUS).as_posix() for path in CORPUS.glob("*/*")}
    assert files - {article.partition("#")[0] for article in asked} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_starter_questions_are_answerable_cases(language: str) -> None:
    """A question that the page offers is one whose answer is known."""
    starters = json.loads((CORPUS / "starters.json").read_text(encoding="utf-8"))
    plain = {case["question"] for case in ALL if case["answerable"] and not {"turns", "filters"} & set(case)}
    assert set(starters[language]) <= plain

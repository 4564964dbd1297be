"""Rephrasings say the same or less, and the checker's measure counts what it should."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.checking import Trial, collect, measure
from evals.rephrasings import other_calendar, other_figures, reorder, shorten, synonym
from qa.check import check


def test_a_clause_is_left_out() -> None:
    assert (
        shorten("The port of Izmir was closed on Monday, the mayor said.") == "The port of Izmir was closed on Monday."
    )
    assert shorten("If the port of Izmir is closed tomorrow again, nobody sails.") is None, "what hangs on it stays"
    assert shorten("It rained, badly.") is None


def test_an_opening_is_moved_to_the_end() -> None:
    assert reorder("In 1998, the city of Oslo sold its last tram.") == "the city of Oslo sold its last tram in 1998."
    assert reorder("در سال ۱۳۹۸، شهر شیراز چند اتوبوس تازه خرید.") == "شهر شیراز چند اتوبوس تازه خرید در سال ۱۳۹۸."


def test_figures_are_written_another_way() -> None:
    assert other_figures("پل ۳ دهانه و ۱۲۰ متر درازا دارد.", "fa") == "پل سه دهانه و 120 متر درازا دارد."
    assert other_figures("It has 7 arches and cost 1.5 million.", "en") == "It has seven arches and cost 1.5 million."
    assert other_figures("It has no arches.", "en") is None


def test_a_day_is_given_in_the_other_calendar() -> None:
    assert other_calendar("پل در ۱۲ مهر ۱۴۰۳ باز شد.", "fa") == "پل در 3 اکتبر 2024 باز شد."
    assert other_calendar("پل در ۳ اکتبر ۲۰۲۴ باز شد.", "fa") == "پل در 12 مهر 1403 باز شد."


def test_a_synonym_means_the_same() -> None:
    import random

    found = synonym("فینال فوتبال در ورزشگاه شهر برگزار شد.", "fa", random.Random(1))
    assert found is None or found != "فینال فوتبال در ورزشگاه شهر برگزار شد."


@pytest.mark.parametrize(
    "text",
    [
        "In 1998, the city of Oslo sold 7 trams to Bergen and Lisbon, the mayor said.",
        "در ۱۲ مهر ۱۴۰۳، شهر شیراز ۳ اتوبوس تازه از تبریز خرید و به اهواز فرستاد، شهردار گفت.",
    ],
)
def test_the_checker_accepts_them(text: str) -> None:
    from evals.rephrasings import rephrasings

    language = "en" if text.isascii() else "fa"
    made = [each for each in rephrasings(text, language) if each.kind != "synonym"]
    assert made
    assert [each for each in made if check(each.text, [text]).verdict != "supported"] == []


def test_alarms_are_counted_by_kind() -> None:
    quote = "The mayor of Lyon sold 42 trams."
    trials = [
        Trial("en", "as it is", True, quote, quote),
        Trial("en", "number", False, quote.replace("42", "24"), quote),
        Trial("en", "number", False, quote, quote),
    ]
    rows, wrong = measure(trials)
    assert {(row.kind, row.true): (row.trials, row.alarms) for row in rows} == {
        ("as it is", True): (1, 0),
        ("all true", True): (1, 0),
        ("number", False): (2, 1),
    }
    assert wrong == [trials[2]]


def test_sentences_come_from_squad_files_the_corpus_and_a_table_of_translations(tmp_path: Path) -> None:
    context = "The ferry of Simab carries 240 passengers across the bay. She was built in 1998 in the yard of Ostra."
    squad = tmp_path / "made-up.en.json"
    squad.write_text(json.dumps({"data": [{"title": "x", "paragraphs": [{"context": context, "qas": []}]}]}))
    table = tmp_path / "same.tsv"
    table.write_text(
        "en\tfa\tar\n"
        "The ferry carries 240 passengers every day.\tکشتی روزانه ۲۴۰ مسافر می‌برد.\tتحمل العبارة 240 راكبًا كل يوم.\n",
        encoding="utf-8",
    )
    trials = collect([squad], table, 10_000)
    assert any("240 passengers across" in trial.quote for trial in trials)
    assert {trial.pair for trial in trials} >= {"fa", "ar", "en", "en ← fa", "fa ← ar", "ar ← en"}
    assert {trial.kind for trial in trials if trial.pair == "en ← fa"} >= {"as it is", "number"}

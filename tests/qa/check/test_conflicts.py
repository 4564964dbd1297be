"""Two sentences contradict each other when they give different values for what is asked, and only then."""

from __future__ import annotations

import pytest

from qa.check.conflicts import Conflict, ConflictKind, Telling, find_conflict, read_asked, senses_around
from qa.values import Span

TITLE = {"en": "Storm over the harbour of Ostra", "fa": "توفان در بندر اوسترا", "ar": "عاصفة في ميناء أوسترا"}


def telling(text: str, language: str, *around: str, answer: str | None = None) -> Telling:
    texts = (TITLE[language], text, *around)
    span = Span(text.index(answer), text.index(answer) + len(answer)) if answer else None
    return Telling(text, language, texts, senses_around(texts, language), span)


def conflict(kind: ConflictKind, question: str, language: str, one: Telling, other: Telling) -> Conflict | None:
    return find_conflict(read_asked(kind, question, language, frozenset()), one, other)


BOATS = "How many boats sank in the storm in Ostra?"
EN = telling("Three boats sank in the storm in Ostra.", "en", answer="Three")


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("Five boats sank in the harbour of Ostra when the storm came.", "en", "Five boats"),
        ("در توفان اوسترا پنج قایق غرق شد.", "fa", "پنج قایق"),
        ("غرق خمسة قوارب في عاصفة أوسترا.", "ar", "خمسة قوارب"),
    ],
)
def test_another_figure_for_the_same_thing(text: str, language: str, value: str) -> None:
    other = telling(text, language)
    found = conflict("number", BOATS, "en", EN, other)
    assert found is not None
    assert EN.text[found.one.start : found.one.end] == "Three boats"
    assert text[found.other.start : found.other.end] == value


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("3 boats sank in the storm in Ostra.", ()),  # the same figure
        ("Five houses burned in the storm in Ostra.", ()),  # of another thing
        (
            "Five boats sank in the storm in Ostra.",
            ("Three boats were lost, and two more on Monday.",),
        ),  # both are told
        ("More than two boats sank in the storm in Ostra.", ()),  # true of three as well
        ("About 3 boats sank in the storm in Ostra.", ()),
        ("The storm in Ostra was the fifth this year; boats sank.", ()),  # no figure of boats
        ("Five boats were sold in Lisbon.", ()),  # of another place, but for the title
    ],
)
def test_no_contradiction(text: str, around: tuple[str, ...]) -> None:
    assert conflict("number", BOATS, "en", EN, telling(text, "en", *around)) is None


def test_figures_of_different_days_do_not_contradict_each_other() -> None:
    one = telling("On 3 May 2024 three boats sank in the storm in Ostra.", "en", answer="three")
    other = telling("On 9 July 2025 five boats sank in the storm in Ostra.", "en")
    assert conflict("number", BOATS, "en", one, other) is None


def test_measures_contradict_each_other_where_the_sentences_share_more_than_the_unit() -> None:
    question = "How much rain fell in Ostra harbour during the storm?"
    one = telling("The storm brought 84 millimetres of rain to Ostra harbour.", "en", answer="84 millimetres")
    assert conflict("number", question, "en", one, telling("97 millimetres of rain fell on Ostra harbour.", "en"))
    assert not conflict("number", question, "en", one, telling("The plank was 97 millimetres thick.", "en"))


def test_dates_and_names() -> None:
    question = "When was the bridge of Ostra harbour opened?"
    one = telling("The bridge of Ostra harbour was opened on 3 May 2024.", "en", answer="3 May 2024")
    later = telling("Ostra opened the bridge of its harbour on 9 May 2024.", "en")
    same = telling("Ostra opened the bridge of its harbour on 14 Ordibehesht 1403.", "en")
    assert conflict("date", question, "en", one, later)
    assert conflict("date", question, "en", one, same) is None
    question = "Who is the mayor of Ostra harbour town?"
    one = telling("The mayor of Ostra harbour town is Peter Brown.", "en", answer="Peter Brown")
    other = telling("The mayor of the harbour town Ostra, Maria Hill, spoke.", "en", answer="Maria Hill")
    assert conflict("name", question, "en", one, other)
    met = telling("The mayor of the harbour town Ostra, Maria Hill, met Peter Brown.", "en", answer="Maria Hill")
    assert conflict("name", question, "en", one, met) is None

"""Which words are names, and the names of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.known_names import find_names, name_standing, place_of


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("The minister met Vladimir Putin in Moscow on Monday.", "en", ["Vladimir Putin", "Moscow"]),
        ("Yesterday the talks began.", "en", []),
        ("پوتین با محمد بن سلمان در تهران دیدار کرد", "fa", ["پوتین", "محمد", "تهران"]),
        ("سفر به آلمان و مصر", "fa", ["آلمان", "مصر"]),
        ("وصل الوفد إلى ألمانيا", "ar", ["ألمانيا"]),
        ("", "fa", []),
    ],
)
def test_names_of_a_text(text: str, language: str, names: list[str]) -> None:
    found = [text[start:end] for start, end in find_names(text, language)]
    assert [name for name in names if not any(name in each for each in found)] == []
    assert len(found) <= len(names) + 1


@pytest.mark.parametrize(
    ("word", "language", "standing"),
    [
        ("تهران", "fa", "name"),
        ("سفیر", "fa", "word"),
        ("واسیلنکو", "fa", "perhaps"),
        ("مذاکرات", "fa", "word"),
        ("القاهرة", "ar", "name"),
        ("Lavrov", "en", "name"),
        ("minister", "en", "word"),
        ("آبان", "fa", "word"),
        ("November", "en", "word"),
    ],
)
def test_a_word_is_a_name_perhaps_one_or_neither(word: str, language: str, standing: str) -> None:
    assert name_standing(word, language) == standing


def test_an_unknown_word_behind_a_title_is_a_name() -> None:
    assert name_standing("واسیلنکو", "fa", before="جمهور") == "name"


def test_a_capital_at_the_start_of_a_sentence_says_nothing() -> None:
    assert name_standing("Meeting", "en", begins=True) == "word"


def test_a_place_and_its_people_are_one_in_every_language() -> None:
    assert {place_of(word) for word in ("germany", "german", "المان", "المانی", "المانیا")} == {"germany"}


@given(st.text(max_size=60), st.sampled_from(["fa", "ar", "en", "und"]))
def test_any_text_gives_ordered_spans(text: str, language: str) -> None:
    last = 0
    for start, end in find_names(text, language):
        assert last <= start < end <= len(text)
        last = end

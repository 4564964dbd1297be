"""The interface texts: the three languages say the same things, and a mistake is loud."""

from __future__ import annotations

import pytest

from qa.texts import LANGUAGES, interface_language, placeholders, text, texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_and_placeholders(language: str) -> None:
    english, other = texts("en"), texts(language)
    assert set(other) == set(english)
    for key, template in english.items():
        assert placeholders(other[key]) == placeholders(template), key
        assert other[key].strip(), key


def test_placeholders_are_filled_in() -> None:
    assert text("answer.withheld_many", "en", count=3).startswith("3 statements")
    assert "3" in text("answer.withheld_many", "ar", count=3)


def test_a_missing_key_or_placeholder_is_loud() -> None:
    with pytest.raises(KeyError, match=r"answer\.nonsense"):
        text("answer.nonsense", "fa")
    with pytest.raises(KeyError, match="count"):
        text("answer.withheld_many", "fa")


@pytest.mark.parametrize(
    ("language", "spoken"), [("fa", "fa"), ("ckb", "fa"), ("ar", "ar"), ("de", "en"), ("und", "en")]
)
def test_every_reader_is_spoken_to_in_a_language_there_is(language: str, spoken: str) -> None:
    assert interface_language(language) == spoken

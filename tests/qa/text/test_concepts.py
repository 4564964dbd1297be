"""Concepts: that words of three languages meet, and that the shipped table is what its format says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text import stem
from qa.text.concept_table import read_table, write_table
from qa.text.concepts import SKELETON_MARK, concepts_of, table


def shared(first: tuple[str, str], second: tuple[str, str]) -> set[str]:
    return set(concepts_of(*first)) & set(concepts_of(*second))


@pytest.mark.parametrize(
    ("english", "persian", "arabic"),
    [
        ("ambassador", "سفیر", "السفیر"),
        ("president", "رییس", "الرییس"),
        ("oil", "نفت", "النفط"),
        ("school", "مدرسه", "المدارس"),
        ("war", "جنگ", "الحرب"),
        ("russia", "روسیه", "روسیا"),
    ],
)
def test_words_of_three_languages_meet(english: str, persian: str, arabic: str) -> None:
    assert stem(english, "en") in shared((english, "en"), (persian, "fa"))
    assert stem(english, "en") in shared((english, "en"), (arabic, "ar"))


def test_names_that_no_dictionary_has_meet_by_their_sound() -> None:
    sound = shared(("zelensky", "en"), ("زلنسکی", "fa")) & set(concepts_of("زیلینسکی", "ar"))
    assert any(concept.startswith(SKELETON_MARK) for concept in sound)


def test_endings_and_clitics_do_not_hide_a_word() -> None:
    assert "book" in concepts_of("کتابهایشان", "fa")
    assert "ambassador" in concepts_of("وبالسفیر", "ar")


def test_numbers_are_themselves_and_latin_words_are_english_in_any_language() -> None:
    assert dict(concepts_of("2024", "fa")) == {"2024": 1.0}
    assert concepts_of("vaccines", "fa").keys() == concepts_of("vaccines", "en").keys()


@given(st.text(max_size=12), st.sampled_from(["fa", "ar", "en", "ckb", "und"]))
def test_any_word_is_accepted_and_weights_are_in_range(word: str, language: str) -> None:
    assert all(0 < weight <= 1 for weight in concepts_of(word, language).values())


def test_the_shipped_table_is_of_the_size_that_is_promised() -> None:
    shipped = table()
    assert set(shipped.lexicons) == {"fa.words", "fa.stems", "ar.words", "ar.stems"}
    assert len(shipped.lexicons["fa.words"].places) > 20_000
    assert len(shipped.familiar) > 7_000


LEXICONS = st.dictionaries(
    st.sampled_from(["fa.words", "ar.words"]),
    st.dictionaries(
        st.text("ابپتabc", min_size=1, max_size=5),
        st.dictionaries(st.text("xyz", min_size=1, max_size=3), st.floats(0.01, 1), min_size=1, max_size=8),
        max_size=5,
    ),
    max_size=2,
)


@given(LEXICONS, st.sets(st.text("abc", min_size=1, max_size=3), max_size=4))
def test_a_table_reads_back_as_it_was_written(
    lexicons: dict[str, dict[str, dict[str, float]]], familiar: set[str]
) -> None:
    written = write_table(lexicons, sorted(familiar))
    read = read_table(written)
    assert write_table(lexicons, sorted(familiar)) == written
    assert read.familiar == familiar
    for name, words in lexicons.items():
        for word, concepts in words.items():
            assert read.concepts_of(name, word) == pytest.approx(concepts, abs=1 / 254)
        assert read.concepts_of(name, "never there") == {}


def test_other_bytes_are_no_table() -> None:
    with pytest.raises(ValueError, match="not a concept table"):
        read_table(b"PK\x03\x04")

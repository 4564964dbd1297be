"""Names across scripts: the spellings of one name meet, those of different names do not."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.names import SAME_NAME, name_similarity, same_name, skeleton

NAMES = [
    ("Putin", "پوتین", "بوتين"),
    ("Lavrov", "لاوروف", "لافروف"),
    ("Netanyahu", "نتانیاهو", "نتنياهو"),
    ("Washington", "واشنگتن", "واشنطن"),
    ("Zelensky", "زلنسکی", "زيلينسكي"),
    ("Vladimir", "ولادیمیر", "فلاديمير"),
    ("Trump", "ترامپ", "ترامب"),
    ("Tehran", "تهران", "طهران"),
    ("Moscow", "مسکو", "موسكو"),
    ("Pezeshkian", "پزشکیان", "بزشكيان"),
    ("Riyadh", "ریاض", "الرياض"),
    ("Ukraine", "اوکراین", "أوكرانيا"),
    ("Macron", "مکرون", "ماكرون"),
    ("Erdogan", "اردوغان", "أردوغان"),
    ("Mohammad", "محمد", "محمد"),
    ("Araghchi", "عراقچی", "عراقجي"),
    ("Guterres", "گوترش", "غوتيريش"),
    ("Kremlin", "کرملین", "الكرملين"),
    ("Khamenei", "خامنه‌ای", "خامنئي"),
    ("Merkel", "مرکل", "ميركل"),
]


@pytest.mark.parametrize(("english", "persian", "arabic"), NAMES)
def test_one_name_in_three_spellings_is_the_same(english: str, persian: str, arabic: str) -> None:
    assert same_name(english, persian)
    assert same_name(persian, arabic)
    assert max(name_similarity(english, arabic), name_similarity(persian, arabic)) >= SAME_NAME


def test_different_names_are_not_the_same() -> None:
    mixed = [
        (one, other)
        for first, second in combinations(NAMES, 2)
        for one in first
        for other in second
        if same_name(one, other)
    ]
    assert mixed == []


@pytest.mark.parametrize(
    ("word", "classes"),
    [("Putin", "BTN"), ("پوتین", "BTN"), ("بوتين", "BTN"), ("Tehran", "THRN"), ("طِهْران", "THRN"), ("Ukraine", "AKRN"),
     ("اسپانیا", "SBN"), ("Spain", "SBN"), ("", ""), ("123", ""), ("日本", "")],
)  # fmt: skip
def test_a_skeleton_keeps_classes_of_consonants(word: str, classes: str) -> None:
    assert skeleton(word) == classes


@pytest.mark.parametrize(
    ("one", "other"), [("Biden", "پوتین"), ("Iran", "عراق"), ("كرمان", "آلمان"), ("Putin", "Patton")]
)
def test_near_names_of_others_are_kept_apart(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_letters_of_two_keyboards_are_one() -> None:
    assert skeleton("کی‌یف") == skeleton("كي‌يف")
    assert same_name("على", "علی")


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_two_words_have_a_symmetric_similarity_between_0_and_1(one: str, other: str) -> None:
    there = name_similarity(one, other)
    assert 0 <= there <= 1
    assert there == pytest.approx(name_similarity(other, one))
    assert set(skeleton(one)) <= set("ABHKLMNRSTWXY")


@given(st.text(alphabet="پوتینبلادمرکسجheilnorstvwyzkg", min_size=1, max_size=12))
def test_a_word_is_most_like_itself(word: str) -> None:
    assert name_similarity(word, word) == 1.0

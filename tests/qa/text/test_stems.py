"""Stems: what must meet, and what must not."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text import fold, stem, stopwords


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("fa", "کتاب کتابها کتابهای کتابهایی کتابهایش کتابهایشان"),
        ("fa", "بزرگ بزرگتر بزرگترین"),
        ("fa", "ایران ایرانی ایرانیان"),
        ("fa", "نماینده نمایندگان"),
        ("fa", "منطقه منطقهای"),
        ("fa", "سینما سینمایی"),
        ("fa", "دانشگاه دانشگاهها دانشگاهی"),
        ("fa", "مقام مقامات مقامهای"),
        ("fa", "روند میروند نمیروند"),
        ("ar", "كتاب الكتاب والكتاب بالكتاب للكتاب كتابه كتابها كتابهم"),
        ("ar", "مدرسة مدرسه المدرسة المدرسه"),
        ("ar", "روسيا روسي الروسي الروسية والروسية"),
        ("ar", "ألمانيا بألمانيا الألمانية الماني"),
        ("ar", "وزير الوزير والوزير"),
        ("ar", "مسؤول المسؤولين مسؤولون"),
        ("en", "minister ministers minister's"),
        ("en", "meet meeting meets"),
    ],
)
def test_the_forms_of_a_word_meet(language, forms):
    assert len({stem(fold(form).text, language) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fa", "دانشگاه", "دانش"),
        ("fa", "اسمان", "اسم"),
        ("fa", "پوتین", "پوت"),
        ("fa", "تهران", "تهر"),
        ("fa", "میدان", "دان"),
        ("fa", "میلیارد", "لیارد"),
        ("fa", "دختر", "دخ"),
        ("fa", "امارات", "امار"),
        ("fa", "کیلومتر", "کیلو"),
        ("ar", "والده", "ده"),
    ],
)
def test_different_words_stay_apart(language, one, other):
    assert stem(one, language) != stem(other, language)


def test_a_language_without_rules_keeps_its_words():
    assert stem("häuser", "de") == "häuser"
    assert stem("شارەکان", "und") == "شارەکان"


WORDS = st.text(st.sampled_from("ابپتجدرزسشصعفقکگلمنوهیءabeingsty'"), min_size=1, max_size=14)


@given(WORDS, st.sampled_from(["fa", "ar", "en"]))
def test_a_stem_is_folded_and_never_empty(word, language):
    found = stem(word, language)
    assert found
    assert fold(found).text == found


def test_threads_may_stem_at_once():
    given_words = [f"{left}{right}ات" for left in "ابتجحخد" for right in "رزسشصضط"] * 20
    expected = [stem.__wrapped__(word, "ar") for word in given_words]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda word: stem.__wrapped__(word, "ar"), given_words)) == expected


@pytest.mark.parametrize(
    ("language", "some"), [("fa", "و در است چیست های"), ("ar", "في على هل متي"), ("en", "the who does")]
)
def test_stop_words_are_folded(language, some):
    listed = stopwords(language)
    assert {fold(word).text for word in some.split()} <= listed
    assert all(fold(word).text == word for word in listed)


def test_there_are_no_stop_words_of_an_unknown_language():
    assert stopwords("de") == stopwords("../fa") == frozenset()

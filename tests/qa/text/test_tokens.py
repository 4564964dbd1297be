"""Words, content words and n-grams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text import content_words, fold, ngrams, words

MIXED = st.text(
    st.sampled_from(
        [
            *"ابپگیيكةأآءە",
            *"aZéßİ'’",
            *"019۰۴٥²½",
            *"\u064b\u0650\u0670\u0301\u0640",
            *"\u200c\u200d\u200b\u200f\u00ad¬",
            *"ﷲﻻﷺﹰ😀𝐀हि_#",
            *"  \n.,٫٬،%٪-؟«»",
        ]
    ),
    max_size=60,
) | st.text(max_size=40)


def pairs(text):
    return [(word.text, word.folded) for word in words(text)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("می‌رود", "میرود"),
        ("نیم\u00adفاصله", "نیمفاصله"),
        ("كتابِ", "کتاب"),
        ("مُحَمَّدٌ", "محمد"),
        ("۳٫۵٪", "3.5%"),
        ("1,234.5", "1234.5"),
        ("۱۲٬۳۰۰", "12300"),
        ("50%", "50%"),
        ("U.S.", "us"),
        ("U.S.A", "usa"),
        ("e.g.", "eg"),
        ("won't", "won't"),
        ("O’Neill", "o'neill"),
        ("B2B", "b2b"),
        ("3D", "3d"),
        ("cafe\u0301", "cafe"),
        ("ﷲ", "الله"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_words_that_are_whole(text, folded):
    assert pairs(f"«{text}» و") == [(text, folded), ("و", "و")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("سال۱۴۰۴ش", ["سال", "۱۴۰۴", "ش"]),
        ("در29مهر", ["در", "29", "مهر"]),
        ("لـHE", ["لـ", "HE"]),
        ("2025-11-16", ["2025", "11", "16"]),
        ("1404/7/29", ["1404", "7", "29"]),
        ("11:04", ["11", "04"]),
        ("۱۲،۱۴", ["۱۲", "۱۴"]),
        ("1,2,3", ["1", "2", "3"]),
        ("12.5kg", ["12.5", "kg"]),
        ("است.او", ["است", "او"]),
        ("#باد_سرد", ["باد", "سرد"]),
        ("'quoted'", ["quoted"]),
        ("😀 ، ؟ — …", []),
        ("", []),
    ],
)
def test_words_that_are_apart(text, parts):
    assert [word.text for word in words(text)] == parts


def test_the_parts_of_a_half_space_word():
    assert words("نخست‌وزیری")[0].parts == ("نخست", "وزیری")


@given(MIXED)
def test_words_are_slices_in_order_and_fold_to_words(text):
    found = words(text)
    last = 0
    for word in found:
        assert last <= word.start < word.end
        assert text[word.start : word.end] == word.text
        assert word.folded
        assert not any(character.isspace() for character in word.folded)
        assert word.folded == "".join(word.parts)
        last = word.end


@given(MIXED)
def test_no_letter_or_digit_is_outside_a_word(text):
    inside = {place for word in words(text) for place in range(word.start, word.end)}
    for place, character in enumerate(text):
        if fold(character).text.strip() and (character.isalpha() or character.isdecimal()):
            assert place in inside


def test_half_spaces_spaces_and_spellings_give_the_same_content_words():
    assert content_words("كتاب‌هاي أحمد را می‌خواند", "fa") == content_words("کتاب های احمد را می خواند", "fa")
    assert content_words("کتاب‌های احمد را می‌خواند", "fa") == ["کتاب", "احمد", "خواند"]


@pytest.mark.parametrize(
    ("text", "language", "kept"),
    [
        ("سفیر روسیه در مصر چه کسی است؟", "fa", ["سفیر", "روسیه", "مصر"]),
        ("من هو سفير روسيا في مصر؟", "ar", ["سفیر", "روسیا", "مصر"]),
        ("Who is the ambassador of the US to Egypt?", "en", ["ambassador", "us", "egypt"]),
        ("50% of 1,234", "en", ["50", "1234"]),
        ("der Hafen", "de", ["der", "hafen"]),
    ],
)
def test_content_words_leave_stop_words_out(text, language, kept):
    assert content_words(text, language) == kept


def test_ngrams_are_within_words_with_their_edges():
    assert ngrams("یکِ دو", 3, 4) == [" یک", "یک ", " یک ", " دو", "دو ", " دو "]
    assert set(ngrams("نخست‌وزیر")) & set(ngrams("نخستوزیر")) >= {" نخس", "نخست", "وزیر "}
    assert ngrams("؟ 😀") == []


@given(MIXED)
def test_ngrams_of_a_text_are_those_of_its_folded_form(text):
    assert ngrams(text) == ngrams(fold(text).text)


@given(MIXED, st.integers(1, 4), st.integers(0, 3))
def test_ngrams_have_the_sizes_that_are_asked_for(text, low, more):
    assert all(low <= len(gram) <= low + more for gram in ngrams(text, low, low + more))

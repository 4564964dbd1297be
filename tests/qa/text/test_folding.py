"""Folding: what meets, and that the way back to the original always holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text import fold

SCRIPTS = st.sampled_from(
    [
        *"آابپتسشکگیئء کيىةەهۀأإؤٱ",
        *"aBzÉßİ éñ",
        *"0189۰۱۹٠٩½²",
        *"\u064b\u0650\u0670\u0654\u0653\u0301\u0640",
        *"\u200c\u200d\u200b\u200e\u200f\u202b\u2067\u00ad\u00ac\ufeff\ufe0f",
        *"ﷲﻻﷺﭘ ａ",
        *"😀🚀👩𐎠𝐀\U000e0067",
        *" \t\n\r\u00a0\u2028\u3000",
        *".,!?؟،؛٫٬٪«»“”\"'()[]-–…",
    ]
)
MIXED = st.text(SCRIPTS, max_size=60) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كتاب علي", "کتاب علی"),
        ("موسى", "موسی"),
        ("جامعە", "جامعه"),
        ("خانۀ ما", "خانهٔ ما"),
        ("خانهٔ ما", "خانه ما"),
        ("مدرسة", "مدرسه"),
        ("أحمد إلى آخر ٱلله", "احمد الی اخر الله"),
        ("ا\u0653ب", "آب"),
        ("رؤسا", "روسا"),
        ("رئیس", "رییس"),
        ("مُحَمَّد", "محمد"),
        ("الرحمٰن", "الرحمن"),
        ("ســـلام", "سلام"),
        ("می‌رود", "می رود"),
        ("می\u00adرود", "می رود"),
        ("می\u200fرود", "می رود"),
        ("می¬رود", "می رود"),
        ("ﷲ ﻻ", "الله لا"),
        ("ﭘﺎﯾﺘﺨﺖ", "پایتخت"),
        ("۱۴۰۴/۷/۲۹ ٣٫٥٪", "1404/7/29 3.5%"),
        ("١٬٢٣٤", "1,234"),
        ("چرا؟ «نه»؛ بله،", 'چرا? "نه"; بله,'),
        ("“Zürich” – STRASSE", '"zurich" - straße'),
        ("H₂O", "h2o"),
        ("a \t\u00a0 b", "a b"),
        ("a \r\n \n b", "a\nb"),
        ("\u202bسلام\u202c\ufeff", "سلام"),
    ],
)
def test_spellings_of_one_thing_meet(one, other):
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [("ماء", "ما"), ("10²", "102"), ("2½", "21/2"), ("می\u200cرود", "میرود"), ("گل", "کل"), ("3.5", "35")],
)
def test_different_things_stay_apart(one, other):
    assert fold(one).text != fold(other).text


def test_bidi_marks_and_soft_hyphens_split_only_persian_and_arabic_words():
    assert fold("co\u00adoperate").text == "cooperate"
    assert fold("(Awards\u200e) یا").text == "(awards) یا"
    assert fold("دریاچه\u200eهای").text == "دریاچه های"


@pytest.mark.parametrize(
    ("text", "folded", "covered"),
    [
        ("قال مُحَمَّدٌ هنا", "محمد", "مُحَمَّدٌ"),
        ("كتابِ من", "کتاب", "كتابِ"),
        ("«ســـلام» گفت", "سلام", "ســـلام"),
        ("به ﷲ سوگند", "لل", "ﷲ"),
        ("او می‌رود.", "می رود", "می‌رود"),
        ("سال ۱۴۰۴", "1404", "۱۴۰۴"),
        ("die Straße", "strasse", "Straße"),
        ("a  \n b", "a\nb", "a  \n b"),
        ("\u200fسلام\u200f", "سلام", "سلام"),
    ],
)
def test_a_folded_match_leads_back_to_the_original(text, folded, covered):
    found = fold(text)
    start = found.text.index(folded)
    first, last = found.span(start, start + len(folded))
    assert text[first:last] == covered


def test_an_empty_range_leads_to_an_empty_range():
    folded = fold("اَب")
    assert folded.span(1, 1) == (2, 2)
    assert folded.span(2, 2) == (3, 3)


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 4), (2, 1)])
def test_a_range_outside_the_text_is_an_error(start, end):
    with pytest.raises(IndexError, match=r"is not inside the 3 folded"):
        fold("abc").span(start, end)


def test_lone_surrogates_of_a_badly_decoded_file_pass_through():
    assert list(fold("a\ud800 b").offsets) == [0, 1, 2, 3]


def test_every_code_point_folds_to_what_folds_to_itself():
    changed = [code for code in range(0x20000) if fold(one := fold(chr(code)).text).text != one]
    assert changed == []


@given(MIXED)
def test_folding_is_idempotent(text):
    once = fold(text).text
    assert fold(once).text == once


@given(MIXED)
def test_offsets_never_fall_and_lead_to_what_was_folded(text):
    folded = fold(text)
    offsets = folded.offsets.tolist()
    assert len(offsets) == len(folded.text)
    assert offsets == sorted(offsets)
    for character, offset in zip(folded.text, offsets, strict=True):
        if not character.isspace():
            assert character in fold(text[offset]).text


@given(MIXED)
def test_whatever_is_not_white_or_invisible_or_a_mark_is_covered(text):
    folded = fold(text)
    covered = set(folded.offsets.tolist())
    assert all(place in covered for place, character in enumerate(text) if fold(character).text.strip())


@given(MIXED, st.data())
def test_a_span_folds_back_to_what_it_was_found_by(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    assert folded.text[start:end].strip() in fold(text[first:last]).text

"""Sentence ends: what is one, what only looks like one, and that no character is lost."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text import sentences
from qa.text.sentences import LONGEST


def cut(text, *bounds):
    return [text[start:end] for start, end in sentences(text, *bounds)]


@pytest.mark.parametrize(
    "expected",
    [
        ["او رفت.", "ما ماندیم!", "چرا؟", "نمی‌دانم…", "شاید."],
        ["باران بارید؛", "رودخانه بالا آمد."],
        ["پل (ساخته در ۱۳۵۰؛ بازسازی در ۱۳۹۰) باز شد؛", "رودخانه بالا آمد."],
        ["قال (الوفد) إنه وصل؛", "وعاد (أمس)."],
        ["هل عاد الوفد؟", "نعم، عاد أمس."],
        ["The train left.", "Nobody saw it!", "Why?"],
        ["قیمت ۳٫۵ و ۳.۵ درصد بالا رفت.", "عدد 1,234.5 است."],
        ["ساعت 11:04 روز 1404.07.29 بود.", "باد آمد."],
        ["دفتر م. ر. نیک‌پی بسته بود.", "او نیامد."],
        ["شهر در ۱۳۵۰ ه.ش. ساخته شد.", "پل در ۳۰۰ ق.م. بود."],
        ["پل را دیوید اس. گویر و جان دبلیو. هیل ساختند.", "خوب است."],
        ["وصل د. سامي ظهرا.", "وقال أ. هاني: حسنا."],
        ["Dr. J. K. Moss met U.S. officials, e.g. Mr. Lane, at 5 p.m.", "The talk ended."],
        ["It was No. 5 on Jan. 3.", "He said no.", "Then he left."],
        ["Moss Inc. grew.", "He bought Lane Inc.", "The price fell."],
        ["George W. Lane won.", "So do I.", "The end."],
        ["نشانی www.example.com است.", "به a.b@c.org بنویسید.", "بعد https://x.y/z?a=b.html را ببینید."],
        ["با Node.js و ASP.NET نوشت.", "کار کرد."],
        ["پرسید: «آیا می‌آیی؟»", "«نه.»", "سکوت شد."],
        ["«آیا می‌آیی؟»، او گفت."],
        ["He said “Go.”", "“No!”", "(Really.)", "Fine."],
        ['"Really?" he asked.', "Yes."],
        ["گفت: « برویم. »", "رفتند."],
        ["این (!) و آن (؟) ماند.", "تمام."],
        ["میز و ... و صندلی را برد.", "نشست."],
        ["Wait... he said.", "Well...", "He left."],
        ["سد پر شد.[۱]", "آب آمد. [2][3]", "تمام.[note 1]"],
        ["1. اول آب.", "2. دوم باد."],
        ["Rain fell 😀.", "😀 Wind rose."],
        ["قال .", "وعاد ."],
        ["رسید!!!", "واقعا؟!", "بله."],
        ["خانه‌ی.", "من"],
        ["پایان.\u200f", "آغاز."],
        ["۲۰۲۵"],
        ["؟!"],
    ],
    ids=lambda expected: expected[0][:20],
)
def test_whole_sentences(expected):
    assert cut(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["باد آمد.", "او رفت."],
        ["باد آمد؟", "«نه.»", "او رفت."],
        ["در سال 1404.", "او رفت."],
        ["باد آمد.", "۲۰ نفر رفتند."],
        ["نزد BBC.", "او رفت."],
        ["باد آمد.", "/ایسنا"],
        ["وصل الوفد.", "عاد أمس."],
        ["The wind rose.", "The rain fell."],
    ],
    ids=lambda expected: expected[0],
)
def test_scraped_text_without_a_space_after_the_stop(expected):
    assert cut("".join(expected)) == expected


@pytest.mark.parametrize(
    "text", ["سال ۳.۵", "ه.ش", "ق.م", "ا.ب.پ", "ان.بی.ای", "example.com", "e.g", "v1.2.3", ".NET", "U.S.A"]
)
def test_a_stop_inside_a_word_ends_nothing(text):
    assert cut(f"این {text} است") == [f"این {text} است"]


def test_each_line_is_a_sentence_of_its_own():
    assert cut("خبر اول\nخبر دوم\r\n\r\nخبر سوم\u2028خبر چهارم") == ["خبر اول", "خبر دوم", "خبر سوم", "خبر چهارم"]


def test_the_lines_of_a_wrapped_paragraph_are_one():
    first = "The committee met on Tuesday to consider the plan that the town had drawn up for the old harbour."
    second = "It was adopted after a long and at times heated debate, by a narrow margin, shortly before midnight."
    wrapped = textwrap.fill(f"{first} {second}", 60)
    assert [" ".join(sentence.split()) for sentence in cut(f"Harbour\n\n{wrapped}\n\nRead more")] == [
        "Harbour",
        first,
        second,
        "Read more",
    ]


def test_lists_and_headlines_are_not_taken_for_a_wrapped_paragraph():
    items = [f"- the item number {number} of a list that has lines of much the same length." for number in range(4)]
    assert cut("\n".join(items)) == items
    headlines = [f"A headline number {number} which is about as long as the others are" for number in range(4)]
    assert cut("\n".join(headlines)) == headlines


def test_a_text_without_stops_is_cut_between_clauses_or_words():
    clauses = "بادی که از شمال می‌وزید همچنان سرد بود، " * 40
    parts = cut(clauses)
    assert all(len(part) <= LONGEST for part in parts)
    assert all(part.endswith("،") for part in parts)
    assert all(len(part) <= LONGEST for part in cut("کلمه " * 400))
    assert "".join(cut("ک" * 2000)) == "ک" * 2000


def test_only_the_range_that_is_asked_for_is_cut():
    text = "یک. دوم. سه."
    assert cut(text, 4, 8) == ["دوم."]
    assert cut(text, 5) == ["وم.", "سه."]
    assert cut(text, 3, 3) == []
    assert cut("") == cut(" \n\t ") == []


PIECES = st.sampled_from(
    [
        *[
            "باد",
            "می‌رود",
            "د",
            "م",
            "ه",
            "است",
            "قال",
            "الله",
            "Dr",
            "U",
            "The",
            "he",
            "No",
            "example",
            "com",
            "http://a.b/c",
        ],
        *". . . ! ؟ ? … ؛ ; ، , : « » “ ” \" ' ( ) [ ] [1] - – •".split(),
        *["3", "۴", "٥", "1404", "\u064e", "\u0301", "\u200c", "\u200f", "\u202b", "😀", "𐎠", "ﷲ"],
        *[" ", " ", " ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2028"],
        "کلمه‌ای " * 90,
        "x" * 700,
    ]
)
MIXED = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)


@given(MIXED)
def test_every_visible_character_is_in_exactly_one_sentence(text):
    spans = sentences(text)
    places = [place for start, end in spans for place in range(start, end)]
    assert places == sorted(set(places))
    assert {place for place, character in enumerate(text) if not character.isspace()} <= set(places)


@given(MIXED)
def test_sentences_are_trimmed_and_not_too_long(text):
    for start, end in sentences(text):
        assert text[start:end].strip() == text[start:end] != ""
        assert end - start <= LONGEST


@given(MIXED, st.data())
def test_a_range_is_cut_as_if_it_were_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert sentences(text, start, end) == [(a + start, b + start) for a, b in sentences(text[start:end])]

"""The answering words, where they are plain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer.marking import answer_span
from qa.answer.questions import KINDS, read_question


@pytest.mark.parametrize(
    ("question", "language", "sentence", "words"),
    [
        ("مدیر موزه سیماب چه کسی است؟", "fa", "مدیر موزه سیماب، نازنین کوهستانی، دیروز آمد.", "نازنین کوهستانی"),
        ("مدیر موزه سیماب چه کسی است؟", "fa", "نازنین کوهستانی، مدیر موزه سیماب، دیروز آمد.", "نازنین کوهستانی"),
        (
            "سفیر روسیه چه کسی است؟",
            "fa",
            "آناتولی پاولوف، سفیر روسیه، میگوید کشورش ماه گذشته چیزی نگفت.",
            "آناتولی پاولوف",
        ),
        ("موزه در چه سالی گشایش یافت؟", "fa", "موزه در سال ۱۳۹۸ گشایش یافت.", "سال ۱۳۹۸"),
        ("چند نفر آمدند؟", "fa", "حدود ۵۲ هزار نفر آمدند.", "۵۲ هزار نفر"),
        ("كم يبلغ طول الجسر؟", "ar", "يبلغ طول الجسر 310 أمتار.", "310 أمتار"),
        ("Who is the harbour master?", "en", "The harbour master, Mara Quill, said no.", "Mara Quill"),
        ("How many boats sank in 2019?", "en", "In 2019, 14 boats sank.", "14"),
    ],
)
def test_plain_answers(question: str, language: str, sentence: str, words: str) -> None:
    span = answer_span(read_question(question, language), sentence, language)
    assert span is not None
    assert words in sentence[span.start : span.end]


@pytest.mark.parametrize(
    ("question", "language", "sentence"),
    [
        (
            "نام دیگر بندر سپیدرود چیست؟",
            "fa",
            "بندر سپیدرود (لنگرگاه) با نام ماهان به معنی «روشن» شناخته می‌شد.",
        ),
        (
            "تک‌آهنگ ساحل دور چه جایزه‌ای آورد؟",
            "fa",
            "تک‌آهنگ این آلبوم ساحل دور (Far Shore) بود که علاوه بر شماره یک شدن در جدول، جایزه رکورد سال را آورد.",
        ),
        (
            "بماذا تسمى الجزيرة؟",
            "ar",
            "تسمى الجزيرة (سندهولم) بالاسم مارا ومعناه «المضيئة» في اللغة القديمة (لغة الصيادين).",
        ),
    ],
)
def test_no_mark_has_half_of_a_pair_of_brackets(question: str, language: str, sentence: str) -> None:
    span = answer_span(read_question(question, language), sentence, language, least=0.0)
    assert span is not None
    marked = sentence[span.start : span.end]
    assert [marked.count(mark) for mark in "([«"] == [marked.count(mark) for mark in ")]»"]


def test_nothing_is_marked_in_a_sentence_without_words() -> None:
    assert answer_span(read_question("Who is the harbour master?", "en"), "…", "en") is None


def test_a_higher_bar_marks_no_more() -> None:
    question = read_question("Who is the harbour master?", "en")
    sentence = "It was said on Monday that nobody had seen a light on the water since the storm of last year."
    assert answer_span(question, sentence, "en", least=0.95) is None
    assert answer_span(question, sentence, "en", least=0.0) is not None


@given(st.sampled_from(["Who came?", "When?", "How many?", "Where is it?", "چه کسی؟", "کی آمد؟"]), st.text(max_size=60))
def test_a_span_is_inside_its_sentence(question: str, sentence: str) -> None:
    asked = read_question(question, "fa" if "؟" in question else "en")
    assert asked.kind in KINDS
    span = answer_span(asked, sentence, asked.language)
    assert span is None or 0 <= span.start < span.end <= len(sentence)

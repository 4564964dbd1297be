"""What questions ask for, in three languages."""

from __future__ import annotations

import pytest

from qa.answer.questions import read_question


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        ("سفیر روسیه چه کسی است؟", "fa", "who"),
        ("مدیر موزه کیست؟", "fa", "who"),
        ("موزه در چه سالی گشایش یافت؟", "fa", "when"),
        ("موزه كجاست؟", "fa", "where"),
        ("چند نفر از موزه دیدن کردند؟", "fa", "number"),
        ("بلیت چقدر است؟", "fa", "number"),
        ("چرا موزه بسته شد؟", "fa", "why"),
        ("به چه دلیل موزه بسته شد؟", "fa", "why"),
        ("موزه چگونه ساخته شد؟", "fa", "how"),
        ("کدام موزه بسته است؟", "fa", "which"),
        ("نام موزه چیست؟", "fa", "what"),
        ("من صمم الجسر؟", "ar", "who"),
        ("متى افتتح الجسر؟", "ar", "when"),
        ("في أي عام افتتح الجسر؟", "ar", "when"),
        ("أين يقع الجسر؟", "ar", "where"),
        ("كم يبلغ طول الجسر؟", "ar", "number"),
        ("لماذا أغلق الجسر؟", "ar", "why"),
        ("ما هو اسم الجسر؟", "ar", "what"),
        ("كيف بني الجسر؟", "ar", "how"),
        ("Who drives the ferry?", "en", "who"),
        ("In what year did it open?", "en", "when"),
        ("How many people does it carry?", "en", "number"),
        ("Where does it sail?", "en", "where"),
        ("Why did it not sail?", "en", "why"),
        ("Did it sail?", "en", "yesno"),
        ("Tell me about the ferry", "en", "what"),
        ("Describe the ferry.", "en", "how"),
        ("The ferry on Sundays", "en", "other"),
        ("موزه درکجا ساخته شد؟", "fa", "where"),
        ("موزه درچه سالی گشایش یافت؟", "fa", "when"),
        ("موزه چندسال بسته بود؟", "fa", "number"),
        ("نام کهن موزه آن شهرچیست؟", "fa", "what"),
        ("موزه سیماب را تعریف کنید", "fa", "what"),
        ("کار موزه را توضیح دهید", "fa", "how"),
        ("چهره موزه را که ساخت", "fa", "other"),
        ("علل سبب إغلاق الجسر", "ar", "why"),
        ("ماسبب إغلاق الجسر؟", "ar", "why"),
        ("لماذاأغلق الجسر؟", "ar", "why"),
        ("ومتى افتتح الجسر؟", "ar", "when"),
        ("اذكر أسماء الجسور", "ar", "what"),
        ("إلى من يعود الجسر؟", "ar", "who"),
        ("لماذا سمي الجسر بهذا الاسم؟", "ar", "why"),
        ("في أي مجلة نشر الخبر؟", "ar", "which"),
        ("Wo ist die Fähre?", "de", "other"),
    ],
)
def test_the_kind(question: str, language: str, kind: str) -> None:
    assert read_question(question, language).kind == kind


def test_arabic_min_is_who_only_at_the_start() -> None:
    assert read_question("ماذا جاء من المدينة؟", "ar").kind == "what"


@pytest.mark.parametrize(
    ("question", "kind"), [("متى وضح الوزير الخطة؟", "when"), ("ما علل الوزير؟", "what"), ("قال اذكر الجسر", "other")]
)
def test_arabic_imperatives_ask_only_at_the_start(question: str, kind: str) -> None:
    assert read_question(question, "ar").kind == kind


def test_what_was_typed_on_to_an_interrogative_is_asked_for() -> None:
    asked = read_question("موزه چندسال بسته بود؟", "fa")
    assert asked.focus == "سال"
    assert "چندسال" not in asked.stems


def test_what_is_asked_about_is_known() -> None:
    asked = read_question("چند نفر از موزه دیدن کردند؟", "fa")
    assert asked.focus == "نفر"
    assert "موزه" in asked.stems
    assert asked.focus in asked.asking


@pytest.mark.parametrize("question", ["", "؟", "...", "😀", "1", "و از در"])
def test_strange_questions_are_read(question: str) -> None:
    assert read_question(question, "fa").text == question

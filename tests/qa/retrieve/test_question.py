"""What is read out of a question, and what is not. Today is 25 November 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.retrieve.question import Outlets, limited_by, understand, without
from qa.values import Filters, Understanding

TODAY = date(2026, 11, 25)
OUTLETS = Outlets.named(["Coast News", "Olm Courier", "The Valley Gazette", "خبرگزاری ساحل", "صحيفة الوادي", "الجزيرة"])


def read(question: str, today: date = TODAY) -> list[Understanding]:
    found = understand(question, outlets=OUTLETS, today=today)
    assert all(question[each.start : each.end] == each.words for each in found)
    return found


def days(first: str | None, last: str | None = None) -> Filters:
    return Filters(since=date.fromisoformat(first) if first else None, until=date.fromisoformat(last) if last else None)


@pytest.mark.parametrize(
    ("question", "words", "filters"),
    [
        ("What did the council decide last week?", "last week", days("2026-11-16", "2026-11-22")),
        ("هفته گذشته چه شد؟", "هفته گذشته", days("2026-11-14", "2026-11-20")),
        ("ماذا حدث الأسبوع الماضي؟", "الأسبوع الماضي", days("2026-11-15", "2026-11-21")),
        ("ديروز چه كسي سخنراني كرد؟", "ديروز", days("2026-11-24", "2026-11-24")),
        ("How many boats sank since October?", "since October", days("2026-10-01")),
        ("How many boats sank since March?", "since March", days("2026-03-01")),
        ("منذ أكتوبر كم مدرسة افتتحت؟", "منذ أكتوبر", days("2026-10-01")),
        ("از مهر ۱۴۰۴ تاکنون چند کشتی غرق شد؟", "از مهر ۱۴۰۴ تاکنون", days("2025-09-23")),
        ("أخبار شهر أكتوبر 2025", "شهر أكتوبر 2025", days("2025-10-01", "2025-10-31")),
        ("اخبار آبان ۱۴۰۴ درباره موزه", "آبان ۱۴۰۴", days("2025-10-23", "2025-11-21")),
        ("Floods of the last two weeks", "the last two weeks", days("2026-11-11", "2026-11-25")),
        ("در دو هفتهٔ گذشته که استعفا داد؟", "در دو هفتهٔ گذشته", days("2026-11-11", "2026-11-25")),
        ("ماذا حدث في آخر أسبوعين؟", "في آخر أسبوعين", days("2026-11-11", "2026-11-25")),
        ("ماذا حدث خلال الأيام الثلاثة الماضية؟", "خلال الأيام الثلاثة الماضية", days("2026-11-22", "2026-11-25")),
        ("news from October to November 2025", "October to November 2025", days("2025-10-01", "2025-11-30")),
        ("من حكم البلاد بعد عام 1966؟", "بعد عام 1966", days("1967-01-01")),
        ("What was built after March 2024?", "after March 2024", days("2024-04-01")),
        ("هفته پیش از سوی شورا چه اعلام شد؟", "هفته پیش", days("2026-11-14", "2026-11-20")),
        ("ماذا حدث قبل شهر من الآن؟", "قبل شهر", days("2026-10-01", "2026-10-31")),
        ("In articles published in 2024, who won?", "2024", days("2024-01-01", "2024-12-31")),
    ],
)
def test_the_time_of_the_articles_is_a_filter(question: str, words: str, filters: Filters) -> None:
    assert [(each.words, each.filters, each.strict) for each in read(question)] == [(words, filters, True)]


@pytest.mark.parametrize(
    "question",
    [
        "What happened in 1979?",
        "در سال ۲۰۲۳ چند نفر کشته شدند؟",
        "Who was elected in March 2024?",
        "كم بلغ عدد السكان في عام 1990؟",
        "پارسال صادرات چقدر رشد کرد؟",
        "أين يستخدم هذا القماش اليوم؟",
    ],
)
def test_a_date_that_may_be_asked_about_leaves_no_article_out(question: str) -> None:
    assert [(each.kind, each.strict) for each in read(question)] == [("dates", False)]


@pytest.mark.parametrize(
    "question",
    [
        "What is planned for next week?",
        "هفته آینده چه برنامه‌ای هست؟",
        "Is the museum open on Monday?",
        "What was the population in the last century?",
        "Did prices rise between 2019 and 2021, or in 2023?",
        "یک ماه پیش از انتخابات چه شد؟",
        "سال قبل از جنگ چه رخ داد؟",
        "ماذا حدث قبل شهر من الحرب؟",
        "ماذا حدث قبل ثلاثة أيام من الانتخابات؟",
        "How long is the bridge?",
        "When did the Persian news agency open?",
        "Who speaks Arabic in the village?",
        "چه کسی زبان عربی درس می‌دهد؟",
        "Did the Coast News close?",
        "موج ساحل چند متر بود؟",
    ],
)
def test_other_dates_names_and_languages_are_left_alone(question: str) -> None:
    assert read(question) == []


@pytest.mark.parametrize(
    ("question", "words", "outlet"),
    [
        ("According to the Olm Courier, who closed it?", "According to the Olm Courier", "Olm Courier"),
        ("What did the Gazette say about it?", "Gazette", "The Valley Gazette"),
        ("به گزارش خبرگزاری ساحل سفیر کجا رفت؟", "به گزارش خبرگزاری ساحل", "خبرگزاری ساحل"),
        ("به گزارش ساحل سفير كجا رفت؟", "به گزارش ساحل", "خبرگزاری ساحل"),
        ("بحسب صحيفة الوادي، من افتتح المدرسة؟", "بحسب صحيفة الوادي", "صحيفة الوادي"),
        ("وفقا للجزيرة ماذا حدث؟", "وفقا للجزيرة", "الجزيرة"),
    ],
)
def test_the_outlet_of_the_articles_is_a_filter(question: str, words: str, outlet: str) -> None:
    assert [(each.words, each.filters) for each in read(question)] == [(words, Filters(source=outlet))]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("In Arabic articles, who won the match?", "ar"),
        ("در رسانه‌های عربی درباره سیل چه نوشته‌اند؟", "ar"),
        ("في الصحف الفارسية ماذا كتب عن النفط؟", "fa"),
        ("در منابع انگلیسی زبان چه آمده است؟", "en"),
    ],
)
def test_the_language_of_the_articles_is_a_filter(question: str, language: str) -> None:
    assert [each.filters for each in read(question)] == [Filters(language=language)]


def test_what_could_mean_two_outlets_means_none() -> None:
    two = Outlets.named(["North Gazette", "South Gazette"])
    assert understand("What did the Gazette say?", outlets=two, today=TODAY) == []
    assert understand("What did the North Gazette say?", outlets=two, today=TODAY)[0].filters.source == "North Gazette"


def test_what_is_given_is_not_read_again() -> None:
    question = "According to the Courier, what happened last week?"
    given = Filters(until=date(2020, 1, 1))
    found = understand(question, outlets=OUTLETS, today=TODAY, given=given)
    assert limited_by(given, found) == Filters(until=date(2020, 1, 1), source="Olm Courier")


def test_the_words_that_are_understood_are_not_searched_for() -> None:
    question = "According to the Courier, who fell last week?"
    assert without(question, read(question)).split() == [",", "who", "fell", "?"]
    assert without("last week", read("last week")) == "last week"


DATES = ("Feb.", "Jan. 2025", "last week", "۳ روز پیش", "قبل يومين", "$5", "٪")


@given(st.text(alphabet=" .,?؟،٪%$/-:'0123۴٤abcه\u200c", max_size=25), st.sampled_from(DATES))
def test_any_text_is_read(text: str, day: str) -> None:
    for question in (f"{text}{day}", f"{day}{text}", f"What happened in {day}.", f"{text} {day} {text}"):
        read(question)

"""Dates in three calendars and three languages: the days they mean, and what is left empty."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.dates import DateMention, find_dates

WRITTEN = date(2025, 11, 16)  # a Sunday, 25 Aban 1404, 25 Jumada al-Ula 1447

SURE_DAYS = [
    # Jalali
    ("۲۹ مهر ۱۴۰۴", "2025-10-21"),
    ("24 آبان 1404", "2025-11-15"),
    ("٢٤ آبان ١٤٠٤", "2025-11-15"),
    ("شنبه ۲۴ آبان‌ماه ۱۴۰۴", "2025-11-15"),
    ("۲۴ آبان ماه سال ۱۴۰۴", "2025-11-15"),
    ("بیست و چهارم آبان ۱۴۰۴", "2025-11-15"),
    ("۲۴ام آبان ۱۴۰۴", "2025-11-15"),
    ("۱ فروردین ۱۴۰۴", "2025-03-21"),
    ("اول فروردین ۱۴۰۴", "2025-03-21"),
    ("۳۰ اسفند ۱۴۰۳", "2025-03-20"),
    ("۲۲ بهمن ۱۳۵۷", "1979-02-11"),
    ("سی و یکم شهریور ۱۳۵۹", "1980-09-22"),
    ("۲۴ آبان ۱۴۰۴ ه.ش", "2025-11-15"),
    ("1404/08/24", "2025-11-15"),
    ("۱۴۰۴/۸/۲۴", "2025-11-15"),
    ("۱۴۰۴-۰۸-۲۴", "2025-11-15"),
    ("1404.08.24", "2025-11-15"),
    ("24/08/1404", "2025-11-15"),
    ("۰۳/۰۴/۱۴۰۴", "2025-06-24"),
    ("24 Aban 1404", "2025-11-15"),
    ("24-آبان-1404", "2025-11-15"),
    # Gregorian in Persian
    ("۱۵ نوامبر ۲۰۲۵", "2025-11-15"),
    ("15 نوامبر 2025 میلادی", "2025-11-15"),
    ("۱ ژانویه ۲۰۲۴", "2024-01-01"),
    ("نهم مه ۱۹۴۵", "1945-05-09"),
    ("۸ اوت ۲۰۰۸", "2008-08-08"),
    ("۲۹ فوریه ۲۰۲۴", "2024-02-29"),
    ("۱۱ سپتامبر ۲۰۰۱", "2001-09-11"),
    ("۶ جولای ۲۰۲۱", "2021-07-06"),
    # Arabic
    ("8 أكتوبر (تشرين الأول) 2025", "2025-10-08"),
    ("الأربعاء 8 أكتوبر/تشرين الأول 2025", "2025-10-08"),
    ("8 تشرين الأول 2025", "2025-10-08"),
    ("15 كانون الثاني 2024", "2024-01-15"),
    ("15 كانون الأول / ديسمبر 2024", "2024-12-15"),
    ("٨ أكتوبر ٢٠٢٥", "2025-10-08"),
    ("الأول من أكتوبر 2025", "2025-10-01"),
    ("الرابع والعشرين من فبراير 2022", "2022-02-24"),
    ("الحادي عشر من سبتمبر 2001", "2001-09-11"),
    ("7 أكتوبر عام 2023", "2023-10-07"),
    ("3 يوليو 2013م", "2013-07-03"),
    ("21 أغسطس 2013", "2013-08-21"),
    ("5 آب 2020", "2020-08-05"),
    ("14 شباط 2005", "2005-02-14"),
    ("25 أيار/مايو 2000", "2000-05-25"),
    ("30 حزيران 2013", "2013-06-30"),
    # Hijri
    ("۱۲ رمضان ۱۴۴۶", "2025-03-12"),
    ("12 رمضان 1446 هـ", "2025-03-12"),
    ("1 محرم 1447 هـ", "2025-06-26"),
    ("10 ذو الحجة 1446 هـ", "2025-06-06"),
    ("۲۰ ربیع الاول ۱۴۴۷", "2025-09-12"),
    ("9 ذي الحجة 1446", "2025-06-05"),
    ("12 Ramadan 1446 AH", "2025-03-12"),
    # English
    ("15 November 2025", "2025-11-15"),
    ("15th November, 2025", "2025-11-15"),
    ("the 15th of November 2025", "2025-11-15"),
    ("November 15, 2025", "2025-11-15"),
    ("November 15th, 2025", "2025-11-15"),
    ("Nov. 15, 2025", "2025-11-15"),
    ("Nov 15 2025", "2025-11-15"),
    ("15 Nov 2025", "2025-11-15"),
    ("Saturday, November 15, 2025", "2025-11-15"),
    ("the first of May 1990", "1990-05-01"),
    ("twenty-first of March 2020", "2020-03-21"),
    ("29 February 2024", "2024-02-29"),
    ("15-Nov-2025", "2025-11-15"),
    ("سوم ذی‌حجه ۱۴۴۵", "2024-06-09"),
    ("15 نوفمبر تشرين الثاني 2025", "2025-11-15"),
    ("13 مارس 624م", "0624-03-13"),
    # Numeric
    ("2025-11-15", "2025-11-15"),
    ("2025/11/15", "2025-11-15"),
    ("2025-11-15T11:04:00Z", "2025-11-15"),
    ("15/11/2025", "2025-11-15"),
    ("11/15/2025", "2025-11-15"),
    ("15.11.2025", "2025-11-15"),
    ("05/05/2025", "2025-05-05"),
    ("٢٠٢٥/١١/١٥", "2025-11-15"),
    ("۲۰۲۵-۱۱-۱۵", "2025-11-15"),
]

SURE_STRETCHES = [
    ("آبان ۱۴۰۴", "2025-10-23", "2025-11-21", "month"),
    ("مهرماه ۱۴۰۴", "2025-09-23", "2025-10-22", "month"),
    ("نوامبر ۲۰۲۵", "2025-11-01", "2025-11-30", "month"),
    ("يناير (كانون الثاني) 2025", "2025-01-01", "2025-01-31", "month"),
    ("شهر نيسان 2003", "2003-04-01", "2003-04-30", "month"),
    ("رمضان 1446", "2025-03-01", "2025-03-29", "month"),
    ("February 2024", "2024-02-01", "2024-02-29", "month"),
    ("Nov 2025", "2025-11-01", "2025-11-30", "month"),
    ("۱ تا ۳ آبان ۱۴۰۴", "2025-10-23", "2025-10-25", "day"),
    ("11-13 November 2025", "2025-11-11", "2025-11-13", "day"),
    ("November 11-13, 2025", "2025-11-11", "2025-11-13", "day"),
    ("در سال ۱۹۹۱", "1991-01-01", "1991-12-31", "year"),
    ("سال ۱۳۵۷", "1978-03-21", "1979-03-20", "year"),
    ("سنة 1991", "1991-01-01", "1991-12-31", "year"),
    ("عام 2011", "2011-01-01", "2011-12-31", "year"),
    ("في 2011،", "2011-01-01", "2011-12-31", "year"),
    ("in 1991", "1991-01-01", "1991-12-31", "year"),
    ("since 2014,", "2014-01-01", "2014-12-31", "year"),
    ("سال ۱۴۴۶ هجری قمری", "2024-07-07", "2025-06-25", "year"),
    ("سنة 1446 هـ", "2024-07-07", "2025-06-25", "year"),
    ("سال‌های ۱۳۵۷ تا ۱۳۶۷", "1978-03-21", "1989-03-20", "year"),
    ("from 1991 to 1995", "1991-01-01", "1995-12-31", "year"),
    ("between 1914 and 1918", "1914-01-01", "1918-12-31", "year"),
    ("دهه ۱۹۸۰", "1980-01-01", "1989-12-31", "decade"),
    ("دههٔ ۱۳۶۰", "1981-03-21", "1991-03-20", "decade"),
    ("the 1980s", "1980-01-01", "1989-12-31", "decade"),
    ("ثمانينيات القرن الماضي", "1980-01-01", "1989-12-31", "decade"),
    ("قرن بیستم", "1901-01-01", "2000-12-31", "century"),
    ("القرن التاسع عشر", "1801-01-01", "1900-12-31", "century"),
    ("19th century", "1801-01-01", "1900-12-31", "century"),
    ("1979-1989", "1979-01-01", "1989-12-31", "year"),
    ("mid-2025", "2025-01-01", "2025-12-31", "year"),
    ("بين عامي 2011 و2015", "2011-01-01", "2015-12-31", "year"),
    ("پاییز ۱۴۰۴", "2025-09-23", "2025-12-21", "season"),
]

SUPPOSED = [
    ("۲۴ آبان", "2025-11-15", "2025-11-15"),
    ("بیست و چهارم آبان", "2025-11-15", "2025-11-15"),
    ("8 أكتوبر (تشرين الأول)", "2025-10-08", "2025-10-08"),
    ("الخميس 8 أكتوبر (تشرين الأول)", "2025-10-08", "2025-10-08"),
    ("الأول من أكتوبر", "2025-10-01", "2025-10-01"),
    ("Nov. 15", "2025-11-15", "2025-11-15"),
    ("10 January", "2026-01-10", "2026-01-10"),
    ("20 June", "2025-06-20", "2025-06-20"),
    ("مهرماه", "2025-09-23", "2025-10-22"),
    ("۲۴ آبان ۹۸", "2019-11-15", "2019-11-15"),
    ("سال ۵۷", "1978-03-21", "1979-03-20"),
    ("دهه شصت", "1981-03-21", "1991-03-20"),
    ("۲۸ مرداد ۳۲", "1953-08-19", "1953-08-19"),
    ("12 March '24", "2024-03-12", "2024-03-12"),
    ("آذر سال گذشته", "2024-11-21", "2024-12-20"),
    ("اواخر آبان", "2025-10-23", "2025-11-21"),
    ("in November", "2025-11-01", "2025-11-30"),
    ("2 days ago", "2025-11-14", "2025-11-14"),
    ("۳ ساعت پیش", "2025-11-16", "2025-11-16"),
    ("۲ روز قبل", "2025-11-14", "2025-11-14"),
    ("قبل ثلاثة أيام", "2025-11-13", "2025-11-13"),
    ("منذ يومين", "2025-11-14", "2025-11-14"),
    ("قبل 5 ساعات", "2025-11-16", "2025-11-16"),
    ("an hour ago", "2025-11-16", "2025-11-16"),
    ("two weeks ago", "2025-10-27", "2025-11-02"),
    ("دیروز", "2025-11-15", "2025-11-15"),
    ("پریروز", "2025-11-14", "2025-11-14"),
    ("امروز", "2025-11-16", "2025-11-16"),
    ("فردا", "2025-11-17", "2025-11-17"),
    ("أمس", "2025-11-15", "2025-11-15"),
    ("اليوم", "2025-11-16", "2025-11-16"),
    ("غدا", "2025-11-17", "2025-11-17"),
    ("yesterday", "2025-11-15", "2025-11-15"),
    ("tomorrow", "2025-11-17", "2025-11-17"),
    ("هفته گذشته", "2025-11-08", "2025-11-14"),
    ("last week", "2025-11-03", "2025-11-09"),
    ("الأسبوع الماضي", "2025-11-09", "2025-11-15"),
    ("ماه گذشته", "2025-09-23", "2025-10-22"),
    ("last month", "2025-10-01", "2025-10-31"),
    ("الشهر الماضي", "2025-10-01", "2025-10-31"),
    ("سال گذشته", "2024-03-20", "2025-03-20"),
    ("پارسال", "2024-03-20", "2025-03-20"),
    ("امسال", "2025-03-21", "2026-03-20"),
    ("last year", "2024-01-01", "2024-12-31"),
    ("العام الماضي", "2024-01-01", "2024-12-31"),
    ("next month", "2025-12-01", "2025-12-31"),
    ("ده سال پیش", "2015-03-21", "2016-03-19"),
    ("on Thursday", "2025-11-13", "2025-11-13"),
    ("روز پنج‌شنبه", "2025-11-13", "2025-11-13"),
    ("يوم الخميس", "2025-11-13", "2025-11-13"),
    ("next Monday", "2025-11-17", "2025-11-17"),
    ("last Sunday", "2025-11-09", "2025-11-09"),
    ("summer 2025", "2025-06-01", "2025-08-31"),
]

EMPTY = [
    "31 آبان 1404",
    "۳۰ اسفند ۱۴۰۴",
    "30 Feb 2025",
    "31 أبريل 2025",
    "29 February 2023",
    "2025-02-30",
    "2025-13-01",
    "1404/13/01",
    "۱۴۰۴/۰۸/۳۱",
    "03/04/2025",
    "1446/09/12",
    "خبرگزاری مهر",
    "he may go",
    "در ۲۰۰۰ روستا",
    "in 2000 villages",
    "۱۵۰۰ متر",
    "3.5.2",
    "192.168.1.1",
    "۱۲۳۴۵۶۷۸",
    "",
]


def only(text: str, reference: date | None = None) -> DateMention:
    (found,) = find_dates(text, reference)
    return found


@pytest.mark.parametrize(("text", "day"), SURE_DAYS)
def test_a_full_date_is_one_sure_day(text: str, day: str) -> None:
    found = only(text)
    assert (found.first.isoformat(), found.last, found.precision) == (day, found.first, "day")
    assert not found.approximate


@pytest.mark.parametrize(("text", "first", "last", "precision"), SURE_STRETCHES)
def test_a_longer_stretch_has_both_its_ends(text: str, first: str, last: str, precision: str) -> None:
    found = only(text)
    assert (found.first.isoformat(), found.last.isoformat(), found.precision) == (first, last, precision)
    assert not found.approximate


@pytest.mark.parametrize(("text", "first", "last"), SUPPOSED)
def test_what_must_be_supposed_is_marked_approximate(text: str, first: str, last: str) -> None:
    found = only(text, WRITTEN)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert found.approximate


@pytest.mark.parametrize("text", EMPTY)
def test_impossible_and_ambiguous_dates_are_not_guessed(text: str) -> None:
    assert find_dates(text, WRITTEN) == []


def test_without_a_day_of_writing_nothing_relative_is_returned() -> None:
    assert find_dates("دیروز، ۲۴ آبان، هفته گذشته، on Thursday, 2 days ago") == []


def test_the_calendars_meet() -> None:
    days = {only(text).first for text in ("۲۴ آبان ۱۴۰۴", "15 November 2025", "24 جمادى الأولى 1447 هـ", "15/11/2025")}
    assert days == {date(2025, 11, 15)}


@pytest.mark.parametrize(
    ("text", "calendar"),
    [("۲۴ آبان ۱۴۰۴", "jalali"), ("15 November 2025", "gregorian"), ("12 رمضان 1446 هـ", "hijri")],
)
def test_the_calendar_is_told(text: str, calendar: str) -> None:
    assert only(text).calendar == calendar


@pytest.mark.parametrize("text", ["24 آبان 1404، ساعت 11:04", "2025-11-15T11:04:00Z"])
def test_the_time_of_day_is_kept_apart(text: str) -> None:
    found = only(text)
    assert (found.time, found.first) == (time(11, 4), date(2025, 11, 15))


def test_an_english_stamp_on_a_persian_page_counts_too() -> None:
    text = "نویسنده: تحریریه 2 days ago تهران و مسکو درباره گسترش روابط گفتگو کردند"
    assert [found.first for found in find_dates(text, WRITTEN)] == [date(2025, 11, 14)]


def test_two_years_in_a_list_are_no_range() -> None:
    assert [found.first.year for found in find_dates("في عامي 2003 و2008، وعام 2011")] == [2003, 2008, 2011]


def test_several_dates_are_found_in_order_with_their_words() -> None:
    text = "معاهده در يناير (كانون الثاني) 2025 وقعت و۸ أكتوبر 2025 نفذت، ثم في 2026."
    assert [text[found.start : found.end] for found in find_dates(text)] == [
        "يناير (كانون الثاني) 2025",
        "۸ أكتوبر 2025",
        "2026",
    ]


_PARTS = st.lists(
    st.sampled_from(
        "۲۴ آبان 1404 ماه سال قرن دهه 15 November 2025 / - . 31 Feb رمضان هـ 1446 أكتوبر (تشرين الأول) أمس دیروز "
        "ago days "
        "۳ ساعت پیش قبل يومين last week شنبه Monday the 1980s in 99999 century 9999 بیست و چهارم من".split()
    ),
    max_size=10,
).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts)))


@given(st.one_of(st.text(max_size=50), _PARTS), st.one_of(st.none(), st.dates()))
def test_any_text_gives_ordered_spans_and_days_in_order(text: str, reference: date | None) -> None:
    last = 0
    for found in find_dates(text, reference):
        assert last <= found.start < found.end <= len(text)
        assert found.first <= found.last
        assert reference is not None or "ago" not in text[found.start : found.end]
        last = found.end


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2199, 12, 31)))
def test_every_iso_day_reads_back(day: date) -> None:
    assert only(day.isoformat()).first == day


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2040, 1, 1)), st.integers(min_value=1, max_value=300))
def test_days_ago_count_back_from_the_day_of_writing(reference: date, days: int) -> None:
    assert only(f"{days + 1} days ago", reference).first == reference - timedelta(days=days + 1)
    assert only(f"{days + 1} روز پیش", reference).first == reference - timedelta(days=days + 1)

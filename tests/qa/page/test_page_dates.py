"""Dates and digits in the reader's habit."""

from __future__ import annotations

from datetime import date

import pytest

from qa.page.dates import decimal, digits, other_dates, reader_date, written


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fa", "۲۵ آبان ۱۴۰۴"), ("ar", "١٦ نوفمبر ٢٠٢٥"), ("en", "16 Nov 2025")],
)
def test_a_day_in_the_readers_calendar(language: str, expected: str) -> None:
    assert reader_date("2025-11-16", language) == expected
    assert reader_date("2025-11-16T11:04", language) == expected


def test_the_other_calendars_are_at_hand() -> None:
    assert other_dates("2025-11-16", "en") == "25 Aban 1404 · 25 Jumada I 1447"
    assert other_dates("2025-11-16", "fa") == "۱۶ نوامبر ۲۰۲۵ · ۲۵ جمادی‌الاول ۱۴۴۷"


def test_a_calendar_whose_tables_end_is_left_out() -> None:
    assert written(date(1850, 1, 1), "hijri", "en") is None
    assert other_dates("1850-01-01", "en") == "11 Dey 1228"


@pytest.mark.parametrize("published", [None, "", "yesterday", "2025-13-40"])
def test_no_date_where_there_is_none(published: str | None) -> None:
    assert reader_date(published, "fa") is None
    assert other_dates(published, "fa") is None


def test_digits() -> None:
    assert digits("1.5", "fa") == "۱.۵"
    assert digits(20, "ar") == "٢٠"
    assert digits(20, "en") == "20"


@pytest.mark.parametrize(("language", "expected"), [("fa", "۰٫۰۷"), ("ar", "٠٫٠٧"), ("en", "0.07")])
def test_a_decimal_has_the_readers_mark(language: str, expected: str) -> None:
    assert decimal(0.068, language) == expected

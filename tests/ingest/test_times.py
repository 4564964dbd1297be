"""What short lines say of publication and of the last change."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.times import Moment, Times, read_moment, read_times

READ = date(2026, 5, 10)  # a Sunday


def said(times: Times) -> tuple[str | None, str | None]:
    published, modified = times.published.moment, times.modified.moment
    return published.text if published else None, modified.text if modified else None


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Published 3 May 2026, updated 4 May 2026 10:20", "2026-05-03", "2026-05-04T10:20"),
        ("Last updated: 4 May 2026", None, "2026-05-04"),
        ("آخر تحديث: 16 نوفمبر 2025 10:20", None, "2025-11-16T10:20"),
        ("تاریخ انتشار: ۱۳ اردیبهشت ۱۴۰۵ - به‌روزرسانی: ۱۴ اردیبهشت ۱۴۰۵", "2026-05-03", "2026-05-04"),
        ("بين‌الملل 11:04 - 29 مهر 1404", "2025-10-21T11:04", None),
        ("Sun, 10 May 2026 08:05:00 +0000", "2026-05-10T08:05", None),
        ("20260510T080500Z", "2026-05-10T08:05", None),
        ("1404-07-29", "2025-10-21", None),
    ],
)
def test_a_line_may_date_both(line: str, published: str | None, modified: str | None) -> None:
    assert said(read_times(line, READ)) == (published, modified)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2 days ago", "2026-05-08"),
        ("• 3 hours ago", "2026-05-10"),
        ("۳ ساعت پیش", "2026-05-10"),
        ("منذ يومين", "2026-05-08"),
        ("دیروز ۱۱:۰۴", "2026-05-09"),
        ("۱۳ اردیبهشت", "2026-05-03"),
        ("Sunday 3 May", "2026-05-03"),
        ("two weeks ago", "2026-04-23"),
    ],
)
def test_what_has_to_be_supposed_is_approximate_and_needs_the_day_of_reading(line: str, day: str) -> None:
    assert read_moment(line, READ).moment == Moment(day, approximate=True)
    assert read_moment(line).moment is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("03/04/2026", "may be day/month or month/day"),
        ("31/04/2026", "no day that there is"),
        ("2026-02-30", "no day that there is"),
        ("۳۱ آبان ۱۴۰۴", "not understood"),
        ("1446/09/10", "may be of two calendars"),
        ("26/8/04", "no plain year"),
    ],
)
def test_what_is_ambiguous_or_impossible_is_left_empty_with_the_reason(text: str, reason: str) -> None:
    reading = read_moment(text, READ)
    assert reading.moment is None
    assert reading.doubt is not None
    assert text in reading.doubt
    assert reason in reading.doubt


@pytest.mark.parametrize("text", ["3 min read", "Port Ellery", "", "3 years ago"])
def test_what_names_no_day_is_no_doubt(text: str) -> None:
    assert (read_moment(text, READ).moment, read_moment(text, READ).doubt) == (None, None)

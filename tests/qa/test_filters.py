"""Filters from what a person writes."""

from __future__ import annotations

from datetime import date

import pytest

from qa.errors import SettingsError
from qa.filters import parse_filters
from qa.values import Filters


@pytest.mark.parametrize(
    "written", ["2025-11-15", "24 آبان 1404", "۲۴ آبان ۱۴۰۴", "15 November 2025", "15 تشرين الثاني 2025"]
)
def test_a_day_may_be_written_in_any_calendar(written: str) -> None:
    assert parse_filters(since=written).since == date(2025, 11, 15)


def test_a_month_or_a_year_stands_for_its_ends() -> None:
    assert parse_filters(since="آبان 1404").since == date(2025, 10, 23)
    assert parse_filters(until="November 2025").until == date(2025, 11, 30)


def test_nothing_given_is_no_filter() -> None:
    assert not parse_filters()
    assert parse_filters() == Filters()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"since": "soon"}, "--since: 'soon' is not a date"),
        ({"language": "fr"}, "fa, ar, en"),
        ({"since": "2025-02-01", "until": "2025-01-01"}, "before they begin"),
    ],
)
def test_what_does_not_fit_is_named(given: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        parse_filters(**given)

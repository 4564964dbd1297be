"""Dates and numbers of sentences: what they mean, where they stand, and that none is passed over for speed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text import sentences
from qa.text.dates import find_dates
from qa.text.facts import find_facts
from qa.text.numbers import find_numbers
from qa.values import Fact
from tests.qa.text.test_date_table import table

WRITTEN = date(2025, 11, 16)


def facts(text: str) -> list[Fact]:
    return find_facts(text, sentences(text), WRITTEN)


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("حجم تجارت به دو میلیارد دلار رسید.", "دو میلیارد دلار", "2000000000", "USD"),
        ("پوتین و نتانیاهو شش گفت‌وگوی تلفنی داشتند.", "شش", "6", None),
        ("حرب الأيام الاثني عشر انتهت.", "الاثني عشر", "12", None),
        ("بلغت الكلفة ٣٫٥ مليار دولار.", "٣٫٥ مليار دولار", "3500000000", "USD"),
        ("Eighty-four millimetres of rain fell.", "Eighty-four millimetres", "84", "mm"),
        ("نرخ بیکاری ۷٫۸ درصد است.", "۷٫۸ درصد", "7.8", "percent"),
    ],
)
def test_numbers(text: str, words: str, value: str, unit: str | None) -> None:
    (fact,) = facts(text)
    assert (fact.kind, text[fact.start : fact.end], fact.value, fact.unit) == ("number", words, value, unit)


def test_dates_with_their_offsets_and_no_number_inside_them() -> None:
    text = "هوا سرد بود. پل در ۲۴ آبان ۱۴۰۴ باز شد و دیروز ۱۲ قایق از زیر آن گذشت."
    assert [(text[f.start : f.end], f.first, f.value, f.approximate) for f in facts(text)] == [
        ("۲۴ آبان ۱۴۰۴", "2025-11-15", None, False),
        ("دیروز", "2025-11-15", None, True),
        ("۱۲", None, "12", False),
    ]


def test_what_the_words_loosen_is_approximate() -> None:
    assert [f.approximate for f in facts("About 40 boats sank. Three boats sank.")] == [True, False]
    (fact,) = facts("It takes 5 to 10 minutes.")
    assert (fact.value, fact.upper, fact.unit) == ("5", "10", "minute")


def test_no_date_is_passed_over() -> None:
    """The look at a sentence's words must let every date of the table through."""
    passed = [row.text for row in table() if find_dates(row.text, WRITTEN) and not any(map(_dated, facts(row.text)))]
    assert passed == []


@given(st.text(alphabet="0123456789۰۱۲ ٣٤ده دو میلیارد سه ألف مئة five hundred،.٫\u200c", max_size=60))
def test_numbers_are_those_of_the_sentence(text: str) -> None:
    """Whatever the text: offsets are inside it, and no number in digits is passed over."""
    found = facts(text)
    assert all(0 <= fact.start < fact.end <= len(text) for fact in found)
    for start, end in sentences(text):
        inside = text[start:end]
        for quantity in find_numbers(inside):
            at = start + quantity.start
            if any(character.isdecimal() for character in inside):
                assert any(fact.start <= at < fact.end for fact in found)


def _dated(fact: Fact) -> bool:
    return fact.kind == "date"

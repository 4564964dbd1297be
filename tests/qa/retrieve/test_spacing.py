"""Words of Persian questions that lost their half-space."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.retrieve.spacing import respaced

KNOWN = {"اندازه": 3, "گیری": 5, "طول": 9, "موج": 4, "مردم": 8, "سالار": 2, "اند": 1, "ازهگیری": 1, "سفیر": 2}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("واحد اندازهگیری طولموج چیست؟", "واحد اندازه‌گیری طول‌موج چیست؟"),
        ("مردمسالاری", "مردم‌سالاری"),
        ("اندازه‌گیری", "اندازه‌گیری"),
        ("بینسفیر", "بین‌سفیر"),  # a stop word is one that all passages have
        ("سفیرخکم", "سفیرخکم"),  # no passage has the rest
        ("گیری ۱۲۳۴۵۶ Qorvash_Dorra", "گیری ۱۲۳۴۵۶ Qorvash_Dorra"),
    ],
)
def test_a_word_that_no_passage_has_is_cut_where_passages_have_both_parts(typed: str, meant: str) -> None:
    assert respaced(typed, lambda stem: KNOWN.get(stem, 0)) == meant


@given(st.text(alphabet="اندازهگیریطولموج‌ ؟x1_", max_size=40))
def test_nothing_but_half_spaces_is_added(question: str) -> None:
    spaced = respaced(question, lambda stem: KNOWN.get(stem, 0))
    assert spaced.replace("\u200c", "") == question.replace("\u200c", "")
    assert respaced(spaced, lambda stem: KNOWN.get(stem, 0)) == spaced

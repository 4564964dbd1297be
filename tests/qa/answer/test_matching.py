"""How the words of a question stand in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer.matching import density, in_order, pairs_near, phrases_shared

SENTENCE = {"ferry": (1,), "carry": (2,), "crown": (9, 3), "night": (0,)}


@pytest.mark.parametrize(
    ("asked", "share"),
    [
        (("night", "ferry", "carry"), 1.0),
        (("carry", "ferry", "night"), 1 / 3),
        (("night", "boat"), 0.5),
        ((), 0.0),
        (("boat",), 0.0),
    ],
)
def test_the_share_that_comes_in_order(asked: tuple[str, ...], share: float) -> None:
    assert in_order(asked, SENTENCE) == pytest.approx(share)


def test_neighbours_of_the_question_that_stay_near() -> None:
    assert pairs_near(("night", "ferry", "boat"), SENTENCE) == 0.5
    assert pairs_near(("night",), SENTENCE) == 0.0
    assert pairs_near(("ferry", "crown"), {"ferry": (0,), "crown": (20,)}) == 0.0


def test_words_that_stand_together_are_dense() -> None:
    assert density(["night", "ferry"], SENTENCE) == 1.0
    assert density(["night", "crown"], {"night": (0,), "crown": (9,)}) == 0.2
    assert density(["night"], SENTENCE) == 0.0


def test_phrases_keep_their_direction() -> None:
    phrases = frozenset({("the", "ferry"), ("ferry", "of")})
    assert phrases_shared((("the", "ferry"), ("of", "ferry")), phrases) == 0.5
    assert phrases_shared((), phrases) == 0.0


@given(st.lists(st.sampled_from("abcd"), max_size=6), st.lists(st.sampled_from("abcd"), max_size=12))
def test_all_measures_are_shares(asked: list[str], sentence: list[str]) -> None:
    where = {word: tuple(at for at, each in enumerate(sentence) if each == word) for word in sentence}
    matched = [word for word in set(asked) if word in where]
    for value in (in_order(asked, where), pairs_near(asked, where), density(matched, where)):
        assert 0 <= value <= 1

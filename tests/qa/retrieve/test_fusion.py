"""How lists of several languages and of vectors become one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.library.hits import Hit
from qa.retrieve.fusion import FAINT, FOREIGN_FLOOR, FOREIGN_WORTH, LanguageList, add_vectors, merge_languages


def ranked(name: str, *scores: float) -> list[Hit]:
    return [Hit(f"{name}{place}", score) for place, score in enumerate(scores)]


NOTHING = LanguageList([], 0.0)


def test_the_own_language_leads_and_others_get_a_place_behind_its_first() -> None:
    scores = merge_languages(LanguageList(ranked("own", 20, 8), 10), [LanguageList(ranked("far", 4, 2), 4)])
    assert sorted(scores, key=scores.__getitem__, reverse=True) == ["own0", "far0", "own1", "far1"]
    assert scores["own0"] == 1
    assert scores["far0"] == FOREIGN_FLOOR


def test_another_language_leads_when_it_is_clearly_stronger() -> None:
    scores = merge_languages(LanguageList(ranked("own", 20, 18), 10), [LanguageList(ranked("far", 25), 25)])
    assert scores["far0"] == pytest.approx(FOREIGN_WORTH * 2.5)
    assert max(scores, key=scores.__getitem__) == "far0"


def test_a_faint_echo_in_another_language_gets_no_place_of_its_own() -> None:
    faint = 10 * FAINT * 0.9
    scores = merge_languages(LanguageList(ranked("own", 20, 8), 10), [LanguageList(ranked("far", faint), faint)])
    assert scores["far0"] < scores["own1"]


def test_without_the_own_language_the_strongest_leads() -> None:
    scores = merge_languages(NOTHING, [LanguageList(ranked("weak", 5), 5), LanguageList(ranked("strong", 9), 9)])
    assert scores["strong0"] > scores["weak0"] > 0
    assert merge_languages(NOTHING, []) == {}


def test_vectors_reorder_near_equals_and_bring_in_their_own() -> None:
    fused = add_vectors({"a": 1.0, "b": 0.97}, [Hit("b", 0.9), Hit("c", 0.6), Hit("a", 0.4)], 0.1)
    assert fused == pytest.approx({"a": 1.0, "b": 1.07, "c": 0.04})
    assert add_vectors({"a": 1.0}, [], 0.1) == {"a": 1.0}
    assert add_vectors({}, [Hit("a", 0.5)], 0.1) == {"a": 0.0}


HITS = st.lists(st.floats(0.1, 100), max_size=6).map(lambda scores: sorted(scores, reverse=True))


@given(HITS, HITS, st.floats(0, 100), st.floats(0, 100), st.floats(0, 1))
def test_order_inside_a_list_is_kept_and_nothing_is_lost(
    own: list[float], far: list[float], here: float, there: float, share: float
) -> None:
    scores = merge_languages(LanguageList(ranked("own", *own), here), [LanguageList(ranked("far", *far), there)])
    assert len(scores) == len(own) + len(far)
    for name, given_scores in (("own", own), ("far", far)):
        merged = [scores[f"{name}{place}"] for place in range(len(given_scores))]
        assert merged == sorted(merged, reverse=True)
    vectors = ranked("own", *own)
    assert set(add_vectors(scores, vectors, share)) == set(scores)

"""Neighbouring passages of an article become one; offsets and sentences stay as they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa.retrieve.neighbours import joined
from qa.values import Passage, Span

TEXT = "One ran. Two sat.\n\nThree fell. MENU Four rose.\nFive slept."
SPANS = [Span(0, 17), Span(19, 30), Span(36, 46), Span(47, 58)]


def passage(ordinal: int, score: float, article_id: str = "a", *, teaser: bool = False) -> Passage:
    start, end = SPANS[ordinal]
    middle = TEXT.find(".", start) + 1
    sentences = (Span(start, middle), Span(middle + 1, end)) if middle < end else (Span(start, end),)
    return Passage(
        f"{article_id}#{ordinal}",
        article_id,
        ordinal,
        start,
        end,
        TEXT[start:end],
        sentences,
        score=score,
        teaser=teaser,
    )


def test_neighbours_become_one_at_the_place_of_the_better() -> None:
    found = joined([passage(1, 0.9), passage(3, 0.8, "b"), passage(0, 0.5)], lambda id: TEXT)
    assert [(each.id, each.start, each.end, each.score) for each in found] == [
        ("a#1", 0, 30, 0.9),
        ("b#3", 47, 58, 0.8),
    ]
    assert found[0].text == "One ran. Two sat.\n\nThree fell."
    assert [found[0].sentence(n) for n in range(3)] == ["One ran.", "Two sat.", "Three fell."]


def test_what_lies_apart_and_teasers_stay_apart() -> None:
    apart = [passage(1, 0.9), passage(2, 0.8), passage(0, 0.7, "b")]  # clutter between 1 and 2
    assert joined(apart, lambda id: TEXT) == apart
    teaser = [passage(0, 0.9), passage(1, 0.8, teaser=True)]
    assert joined(teaser, lambda id: TEXT) == teaser


@given(st.permutations(range(4)), st.integers(1, 4))
def test_no_sentence_is_lost_or_doubled(order: list[int], count: int) -> None:
    before = [passage(ordinal, 1 - place / 10) for place, ordinal in enumerate(order[:count])]
    after = joined(before, lambda id: TEXT)
    assert sorted(s for each in after for s in each.sentences) == sorted(s for each in before for s in each.sentences)
    assert all(TEXT[each.start : each.end] == each.text for each in after)
    assert [each.score for each in after] == sorted((each.score for each in after), reverse=True)


def test_an_article_that_changed_or_went_since_joins_nothing() -> None:
    found = [passage(1, 0.9), passage(0, 0.5)]
    assert joined(found, lambda id: None) == found
    assert joined(found, lambda id: f"Later. {TEXT}") == found

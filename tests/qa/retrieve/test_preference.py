"""Among passages that fit equally well the newer comes first, and the one of the time that is asked about."""

from __future__ import annotations

from datetime import date

from qa.retrieve.preference import preferred
from qa.values import Filters, Passage


def passage(id: str, score: float, published: str | None) -> Passage:
    return Passage(id, id, 0, 0, 4, "text", (), score=score, published=published)


def order(passages: list[Passage], *wishes: Filters) -> list[str]:
    found = preferred(passages, wishes)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    return [each.id for each in found]


def test_the_newer_of_equals_comes_first_and_relevance_before_that() -> None:
    given = [
        passage("undated", 1.0, None),
        passage("old", 1.0, "2024-03-02"),
        passage("new", 0.995, "2025-03-02T11:40"),
        passage("newest", 0.9, "2025-10-02"),
    ]
    assert order(given) == ["new", "old", "undated", "newest"]


def test_what_is_of_the_time_that_is_asked_about_comes_first() -> None:
    given = [passage("new", 1.0, "2025-03-02"), passage("old", 0.95, "2024-03-02"), passage("unfit", 0.5, "2024-03-05")]
    march = Filters(since=date(2024, 3, 1), until=date(2024, 3, 31))
    assert order(given, march) == ["old", "new", "unfit"]


def test_nothing_changes_without_dates() -> None:
    given = [passage("a", 1.0, None), passage("b", 0.9, None)]
    assert preferred(given, ()) == given

"""Which ranked passages make the list."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from qa.retrieve.scoring import scored
from qa.retrieve.selection import contenders, select
from qa.values import Passage

WORDS = "river valley bridge market school harbour tower garden station museum library castle forest".split()


def passage(article: str, ordinal: int, text: str, published: str | None = None, score: float = 1.0) -> Passage:
    id = f"{article}@1#{ordinal}"
    return Passage(id, article, ordinal, 0, len(text), text, (), published=published, language="en", score=score)


def story(number: int) -> str:
    return " ".join(f"{word}{chr(ord('a') + number)}" for word in WORDS)


def test_an_article_does_not_fill_the_list() -> None:
    ranked = [passage("long", n, story(n)) for n in range(8)] + [passage(f"a{n}", 0, story(n + 8)) for n in range(5)]
    chosen = [passage.article_id for passage in select(ranked, 8)]
    assert chosen == ["long"] * 3 + ["a0", "a1", "a2", "a3", "a4"]


def test_but_it_may_where_there_is_nothing_else() -> None:
    ranked = [passage("long", n, story(n)) for n in range(8)]
    assert select(ranked, 5) == ranked[:5]
    assert select(ranked[:2], 1) == ranked[:1]
    assert select([], 8) == []


def test_who_cannot_come_in_any_more_is_not_read() -> None:
    gain = 0.1
    scores = (1.0, 0.9, 0.9, 0.8, 0.75, 0.69, 0.5)
    ranked = [
        passage("long" if n in (0, 1, 3) else f"a{n}", n, story(n), score=score) for n, score in enumerate(scores)
    ]
    reading = iter(ranked)
    found = contenders(reading, 3, gain)
    assert [each.ordinal for each in found] == [0, 1, 2, 3, 4, 5]  # an article has one place of three
    assert list(reading) == []
    for raised in permutations(range(len(ranked)), 2):
        after = [scored(each, each.score + gain * (each.ordinal in raised)) for each in ranked]
        best = select(sorted(after, key=lambda each: -each.score), 3)
        assert {each.ordinal for each in best} <= {each.ordinal for each in found}


def test_a_teaser_ends_no_reading() -> None:
    ranked = [passage("a", 0, story(0)), replace(passage("b", 0, story(1), score=0.45), teaser=True)]
    ranked += [passage("c", 0, story(2), score=0.89), passage("d", 0, story(3), score=0.2)]
    assert contenders(ranked, 1, 0.12) == ranked[:3]


def test_a_score_is_all_that_changes() -> None:
    before = passage("a", 3, story(0), "2026-01-01")
    assert scored(before, 0.5) == replace(before, score=0.5)

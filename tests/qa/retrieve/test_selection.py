"""Which ranked passages make the list."""

from __future__ import annotations

from qa.retrieve.selection import select
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


COPY = "The bridge over the river was closed on Monday after heavy rain, the mayor of the town said in a statement."


def test_wire_copy_counts_once_and_the_newer_one_stands_for_it() -> None:
    old = passage("old", 0, COPY, "2025-01-01", 0.9)
    new = passage("new", 0, COPY.replace("heavy", "long"), "2025-01-02", 0.5)
    other = passage("other", 0, story(3), score=0.7)
    assert [(kept.article_id, kept.score) for kept in select([old, other, new], 8)] == [("new", 0.9), ("other", 0.7)]


def test_other_numbers_are_other_news() -> None:
    ranked = [passage("a", 0, COPY + " 12 were hurt."), passage("b", 0, COPY + " 21 were hurt.")]
    assert select(ranked, 8) == ranked


def test_an_article_that_repeats_itself_is_left_alone() -> None:
    ranked = [passage("a", 0, COPY), passage("a", 1, COPY)]
    assert select(ranked, 8) == ranked


def test_passages_without_words_are_not_copies_of_each_other() -> None:
    ranked = [passage("a", 0, "…"), passage("b", 0, "؟")]
    assert select(ranked, 8) == ranked
    assert select([], 8) == []

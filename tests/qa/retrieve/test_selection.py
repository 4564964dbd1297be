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
    assert select([], 8) == []

"""Facts as the catalog keeps them: a list each, its kind first, absent values at the end left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from qa.text.facts import find_facts
from qa.values import Article, Fact, Passage


def facts_in(article: Article, passages: Iterable[Passage]) -> tuple[Fact, ...]:
    """The dates and numbers that the sentences of the passages name; relative dates count from its publication."""
    written = date.fromisoformat(article.published[:10]) if article.published else None
    spans = [sentence for passage in passages for sentence in passage.sentences]
    return tuple(find_facts(article.text, spans, written))


def facts_row(facts: Iterable[Fact], passage: Passage) -> list[list[Any]]:
    """Those of the facts that lie in the passage, as plain lists."""
    return [_row(fact) for fact in facts if passage.start <= fact.start < passage.end]


def facts_of(rows: Sequence[Sequence[Any]]) -> tuple[Fact, ...]:
    """The facts of what :func:`facts_row` gave."""
    return tuple(
        Fact(kind, start, end, first=values[0], last=values[1], approximate=bool(values[2:]))
        if kind == "date"
        else Fact(kind, start, end, value=values[0], **dict(zip(_NUMBER, values[1:], strict=False)))
        for kind, start, end, *values in rows
    )


_NUMBER = ("unit", "upper", "approximate")


def _row(fact: Fact) -> list[Any]:
    kind, start, end, first, last, value, upper, unit, approximate = fact
    if kind == "date":
        return [kind, start, end, first, last, True] if approximate else [kind, start, end, first, last]
    row = [kind, start, end, value, unit, upper, approximate]
    while not row[-1]:
        row.pop()
    return row

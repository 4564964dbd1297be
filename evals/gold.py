"""Finds the expected sentences of cases in a library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePath

from evals.datasets.values import Case, Expected
from evals.errors import DatasetError
from evals.scorers.values import Gold
from qa.library import Library
from qa.text import fold
from qa.values import Article, Span


class Shelf:
    """The articles of a library, by whatever a case may call them."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._articles = {article.id: article for article in library.articles()}
        self._urls = {article.url: article.id for article in self._articles.values() if article.url}
        self._origins = [(_posix(article.origin), article.id) for article in self._articles.values() if article.origin]
        self.text_of = lru_cache(maxsize=4096)(lambda id: library.article(id).text)

    def header(self, article_id: str) -> Article:
        """An article without its text."""
        return self._articles[article_id]

    def locate(self, case: Case) -> tuple[Gold, ...]:
        """The expected sentences of a case. Raises DatasetError when the library has not got one of them."""
        return tuple(self._gold(case, expected) for expected in case.expected)

    def _gold(self, case: Case, expected: Expected) -> Gold:
        id = self._named(expected.article)
        if id is None:
            raise DatasetError(
                f"Case {case.id} expects the article {expected.article!r}, which the library has not.",
                hint="Name an article's id, address or file, or ingest it first.",
            )
        span = _find(self.text_of(id), expected)
        if span is None:
            raise DatasetError(
                f"Case {case.id}: its quote does not stand in {expected.article}: {expected.quote[:80]!r}.",
                hint="Quote the article's text to the letter.",
            )
        return Gold(id, span, expected)

    def _named(self, name: str) -> str | None:
        path, _, within = name.partition("#")
        if within and within in self._articles:
            return within
        if name in self._articles:
            return name
        if name in self._urls:
            return self._urls[name]
        ending = "/" + path.removeprefix("./")
        found = [id for origin, id in self._origins if f"/{origin}".endswith(ending)]
        return found[0] if len(found) == 1 else None


def locate_all(cases: Sequence[Case], shelf: Shelf) -> dict[str, tuple[Gold, ...]]:
    """The expected sentences of every case, by its id."""
    return {case.id: shelf.locate(case) for case in cases}


def _find(text: str, expected: Expected) -> Span | None:
    """Where the quote stands: where it says, else its first place, else its first place after folding."""
    start = expected.start if expected.start is not None else text.find(expected.quote)
    if start >= 0 and text[start : start + len(expected.quote)] == expected.quote:
        return Span(start, start + len(expected.quote))
    folded, wanted = fold(text), fold(expected.quote).text.strip()
    place = folded.text.find(wanted) if wanted else -1
    return folded.span(place, place + len(wanted)) if place >= 0 else None


def _posix(origin: str) -> str:
    return PurePath(origin).as_posix().lstrip("/")

"""The articles of the library as the table shows them: searched, filtered, sorted, a page at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from qa.text import fold
from qa.values import Article

if TYPE_CHECKING:
    from qa.sanad import Sanad

Column = Literal["title", "source", "published", "language", "updated"]
COLUMNS: Final[tuple[Column, ...]] = ("title", "source", "published", "language", "updated")
ROWS: Final = 50  # of a page of the table


@dataclass(frozen=True, slots=True)
class Row:
    """An article's header, and what it is found and sorted by, folded."""

    article: Article
    title: str
    source: str
    words: str


@dataclass(frozen=True, slots=True)
class View:
    """What of the table is wanted. Days are ISO 8601 and inclusive; ``page`` counts from 1."""

    sought: str = ""
    source: str = ""
    language: str = ""
    since: str = ""
    until: str = ""
    sort: Column = "published"
    descending: bool = True
    page: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the table: its articles, how many fit in all, and how many there are."""

    articles: tuple[Article, ...]
    fitting: int
    all: int
    page: int
    pages: int


_KEYS: Final[dict[Column, Callable[[Row], Any]]] = {
    "title": lambda row: row.title,
    "source": lambda row: row.source,
    "published": lambda row: row.article.published or "",
    "language": lambda row: row.article.language,
    "updated": lambda row: row.article.updated or "",
}


class Shelf:
    """The headers of one revision of the library, read again when it has changed. Safe for several threads."""

    def __init__(self, sanad: Sanad) -> None:
        self._sanad = sanad
        self._lock = threading.Lock()
        self._revision = -1
        self._rows: tuple[Row, ...] = ()

    def sheet(self, view: View) -> Sheet:
        """The page of the table that is wanted; the last one when there are fewer."""
        rows = self._current()
        wanted = fold(view.sought).text.split()
        fitting = [row for row in rows if _fits(row, view) and all(word in row.words for word in wanted)]
        fitting.sort(key=_KEYS[view.sort], reverse=view.descending)
        pages = max(1, -(-len(fitting) // ROWS))
        page = min(max(view.page, 1), pages)
        shown = fitting[(page - 1) * ROWS : page * ROWS]
        return Sheet(tuple(row.article for row in shown), len(fitting), len(rows), page, pages)

    def sources(self) -> list[str]:
        """The outlets' names, in order."""
        return sorted({row.article.source for row in self._current() if row.article.source})

    def _current(self) -> tuple[Row, ...]:
        revision = self._sanad.library.revision
        with self._lock:
            if revision != self._revision:
                self._rows = tuple(_row(article) for article in self._sanad.articles())
                self._revision = revision
            return self._rows


def _row(article: Article) -> Row:
    title, source = fold(article.title or "").text, fold(article.source or "").text
    return Row(article, title, source, f"{title} {source} {fold(article.author or '').text} {article.id.casefold()}")


def _fits(row: Row, view: View) -> bool:
    day = (row.article.published or "")[:10]
    return (
        (not view.source or row.article.source == view.source)
        and (not view.language or row.article.language == view.language)
        and (not view.since or day >= view.since)
        and (not view.until or ("" < day <= view.until))
    )

"""The golden table of the sample articles: what ingest makes of each. ``python -m tests.corpus.golden`` writes it anew.

Read the difference before it is committed: the table is what a person finds on the pages, not what the program does.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from ingest import ingest
from qa.library import Library
from qa.settings import load_settings
from qa.values import Article, Span

CORPUS = Path(__file__).parents[2] / "corpus"
TABLE = Path(__file__).with_name("golden.json")
FIELDS = ("title", "source", "author", "published", "modified", "approximate", "place", "section", "language")


def entry(article: Article) -> dict[str, Any]:
    """An article's fields, and the words of its clutter and of its teasers, a string a range."""
    fields = {name: value for name in FIELDS if (value := getattr(article, name))}
    return {**fields, "clutter": _words(article, article.clutter), "teasers": _words(article, article.teasers)}


def by_name(library: Library) -> dict[str, Article]:
    """Every sample article by the name that a case gives it."""
    found = {}
    for listed in library.articles():
        article = library.article(listed.id)
        name, _, line = Path(article.origin or "").relative_to(CORPUS).as_posix().partition(":")
        found[f"{name}#{article.id}" if line else name] = article
    return found


def _words(article: Article, spans: tuple[Span, ...]) -> list[str]:
    return [article.text[start:end] for start, end in spans]


def main() -> None:
    """Write the table."""
    with (
        tempfile.TemporaryDirectory() as home,
        Library.open(load_settings(home=home)) as library,
    ):
        ingest([CORPUS], library=library)
        table = {name: entry(article) for name, article in sorted(by_name(library).items())}
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

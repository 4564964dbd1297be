"""Invented articles already cut into passages, for libraries of a size that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from evals.bench.articles import PASSAGES_PER_ARTICLE, WireArticle, generate
from qa.library import Library, Prepared
from qa.text import detect_language, sentences
from qa.values import Article, Passage

BATCH = 300  # articles


def wire_articles(passages: int, *, seed: int = 1) -> Iterator[Prepared]:
    """Articles of three passages each, this many passages in all; those of a smaller number are the first of them."""
    for article in generate(-(-passages // PASSAGES_PER_ARTICLE), seed=seed):
        yield _prepared(article)


def grow(library: Library, passages: int) -> None:
    """Add articles until the library has this many passages; those that it has are left alone."""
    articles = wire_articles(passages)
    present = library.status().articles
    articles = islice(articles, present, None)
    while batch := list(islice(articles, BATCH)):
        library.add(batch)


def _prepared(wire: WireArticle) -> Prepared:
    spans = sentences(wire.text)
    cuts = [len(spans) * part // PASSAGES_PER_ARTICLE for part in range(PASSAGES_PER_ARTICLE + 1)]
    parts = [tuple(spans[start:stop]) for start, stop in pairwise(cuts) if stop > start]
    passages = tuple(
        Passage("", wire.id, ordinal, part[0].start, part[-1].end, wire.text[part[0].start : part[-1].end], part)
        for ordinal, part in enumerate(parts)
    )
    article = Article(
        id=wire.id,
        text=wire.text,
        title=wire.title,
        source=wire.source,
        url=wire.url,
        published=wire.published,
        language=detect_language(wire.text),
    )
    return Prepared(article, passages, facts=())

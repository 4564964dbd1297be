"""Public sets become libraries: each of their passages one article of one passage, so that what is judged is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evals.datasets.values import Progress
from qa.library import Library, Prepared
from qa.text import sentences
from qa.values import Article, Passage, Span

BATCH = 256


def fill_with(articles: Sequence[Article]) -> Callable[[Library, Progress | None], None]:
    """What brings these articles into a library."""

    def fill(library: Library, progress: Progress | None) -> None:
        for start in range(0, len(articles), BATCH):
            batch = articles[start : start + BATCH]
            library.add([_prepared(article) for article in batch])
            if progress:
                progress(start + len(batch), len(articles))

    return fill


def _prepared(article: Article) -> Prepared:
    spans = tuple(sentences(article.text)) or (Span(0, len(article.text)),)
    passage = Passage(
        id="",
        article_id=article.id,
        ordinal=0,
        start=0,
        end=len(article.text),
        text=article.text,
        sentences=spans,
        title=article.title,
        language=article.language,
    )
    return Prepared(article, (passage,))

"""An article in the side reader: whole, its quote marked, its clutter dimmed, teasers of other stories set apart."""

from __future__ import annotations

from qa.page.icons import icon
from qa.page.marking import Mark, paragraphs
from qa.page.markup import Html, direction, element, link, prose
from qa.page.sources import meta
from qa.texts import text
from qa.values import Article, Span


def article_html(article: Article, language: str, *, quote: Span | None = None, answer: Span | None = None) -> Html:
    """The article with ``quote`` marked and ``answer`` marked within it, for the page language given."""
    title = article.title or text("answer.untitled", language)
    return element(
        "article",
        element(
            "header",
            element("h2", prose(title, direction(title)), dir=direction(title), tabindex="-1", id="reader-title"),
            meta(article, language, every_calendar=True),
            link(article.url, icon("out"), text("page.evidence.original", language), class_="text-button"),
            dir=direction(title),
        ),
        element("div", paragraphs(article.text, _marks(article, quote, answer)), class_="article-text"),
        class_="reading",
        lang=article.language if article.language != "und" else None,
    )


def missing(language: str) -> Html:
    """What stands in the reader when the article is no longer in the library."""
    return element("p", text("page.reader.missing", language), class_="trouble", role="alert")


def _marks(article: Article, quote: Span | None, answer: Span | None) -> list[Mark]:
    marks = [Mark(start, end, "clutter") for start, end in article.clutter]
    marks += [Mark(start, end, "teaser") for start, end in article.teasers]
    if quote is not None:
        marks.append(Mark(quote.start, quote.end, "quote"))
    if answer is not None:
        marks.append(Mark(answer.start, answer.end, "answer"))
    return marks

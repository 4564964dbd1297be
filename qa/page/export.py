"""A conversation as a file: Markdown, or one HTML page that needs nothing else. Both carry the quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qa.page.exchanges import Exchange
from qa.page.marking import paragraphs
from qa.page.markup import Html, direction, element, escape, join, line, link, prose
from qa.page.sources import cited, marks_of, meta, title_of
from qa.texts import text
from qa.values import Citation

_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>#|!~])")
_STYLE: Final = (
    "body{max-width:44rem;margin:2rem auto;padding:0 1rem;line-height:1.8;"
    "font-family:Vazirmatn,'Noto Sans Arabic','Noto Naskh Arabic',Tahoma,system-ui,sans-serif}"
    "blockquote{margin:.5rem 0;padding-inline-start:1rem;border-inline-start:3px solid #bbb}"
    "mark{background:#fdf0c2}mark.answer{background:#f7d26a}.meta{color:#555;font-size:.85em}"
)


def as_markdown(exchanges: Sequence[Exchange], language: str) -> str:
    """The conversation as Markdown; nothing in it can become markup that its words did not mean."""
    parts = [f"# {text('page.name', language)}"]
    for each in exchanges:
        parts += [f"## {_plain(each.question)}", *_statements(each, language)]
        parts += [_note(citation, language) for citation in cited(each)]
    return "\n\n".join(parts) + "\n"


def as_html(exchanges: Sequence[Exchange], language: str) -> Html:
    """The conversation as one HTML page without scripts, fonts or pictures."""
    around = "ltr" if language == "en" else "rtl"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width"),
        element("title", text("page.name", language)),
        Html(f"<style>{_STYLE}</style>"),
    )
    body = element(
        "body", element("h1", text("page.name", language)), *(_section(each, language) for each in exchanges)
    )
    return Html("<!doctype html>" + element("html", head, body, lang=language, dir=around))


def _section(exchange: Exchange, language: str) -> Html:
    said = [
        line(f"{event.statement.text} {''.join(f'[{number}]' for number in event.statement.citations)}", "p")
        for event in exchange.checked
        if not event.withheld
    ]
    if exchange.answer is not None and exchange.answer.refused:
        said.append(line(exchange.answer.answer, "p"))
    quotes = (
        element(
            "li",
            link(each.url, title_of(each, language)) or escape(title_of(each, language)),
            meta(each, language),
            element("blockquote", paragraphs(each.quote, marks_of([each]), base=each.start)),
        )
        for each in cited(exchange)
    )
    question = element("h2", prose(exchange.question, direction(exchange.question)), dir=direction(exchange.question))
    return element("section", question, join(said), element("ol", *quotes))


def _statements(exchange: Exchange, language: str) -> list[str]:
    if exchange.answer is not None and exchange.answer.refused:
        return [_plain(exchange.answer.answer)]
    return [
        f"{_plain(event.statement.text)} {''.join(f'[^{number}]' for number in event.statement.citations)}"
        for event in exchange.checked
        if not event.withheld
    ]


def _note(citation: Citation, language: str) -> str:
    about = [title_of(citation, language), citation.source, citation.published, citation.url]
    quote = _plain(citation.quote)
    return f"> **{citation.id}** «{quote}»\n>\n> — {', '.join(_plain(part) for part in about if part)}"


def _plain(words: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(words.split()))

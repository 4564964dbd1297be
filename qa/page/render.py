"""An exchange as it is shown: the question, what was understood, the answer with its chips, the evidence beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from qa.check import describe
from qa.page.dates import calendar_of, digits, written
from qa.page.exchanges import Exchange
from qa.page.feedback import thumbs
from qa.page.icons import icon
from qa.page.markup import Html, direction, element, join, prose
from qa.page.sources import cards, cited, copy_button, evidence, language_name, open_button, passage_card, reference
from qa.texts import text
from qa.values import Checked, Citation, Filters, Statement


def exchanges(shown: Iterable[Exchange], language: str) -> Html:
    """Exchanges one under the other, oldest first."""
    return join(exchange_html(each, language) for each in shown)


def exchange_html(exchange: Exchange, language: str) -> Html:
    """One exchange, at whatever stage it is."""
    around = direction(exchange.question)
    return element(
        "article",
        element(
            "div",
            element("h2", prose(exchange.question, around), class_="question", dir=around),
            _understood(exchange, language),
            _answer(exchange, language),
            _tools(exchange, language) if exchange.state != "writing" else None,
            class_="said",
        ),
        evidence(exchange, language),
        cards(exchange, language),
        class_="exchange",
        id=f"x-{exchange.id}",
        data_state=exchange.state,
    )


def question_of(exchange: Exchange, *, filters: Filters | None = None, as_written: bool | None = None) -> str:
    """What the page sends back to ask an exchange's question again, as JSON."""
    chosen = exchange.filters if filters is None else filters
    return json.dumps(
        {
            "question": exchange.question,
            "since": chosen.since.isoformat() if chosen.since else "",
            "until": chosen.until.isoformat() if chosen.until else "",
            "source": chosen.source or "",
            "language": chosen.language or "",
            "as_written": exchange.as_written if as_written is None else as_written,
        },
        ensure_ascii=False,
    )


def _understood(exchange: Exchange, language: str) -> Html | None:
    """The filters and the standalone question, each with a click that undoes it."""
    undo = []
    chosen = exchange.filters
    for name, value in _filter_words(chosen, language):
        without = question_of(exchange, filters=replace(chosen, **{name: None}))
        undo.append(_undo(text(f"page.understood.{name}", language, value=value), without, language))
    found = exchange.evidence
    if found is not None and not exchange.as_written and found.question != exchange.question:
        said = text("page.understood.standalone", language, value=found.question)
        undo.append(_undo(said, question_of(exchange, as_written=True), language))
    return element("div", *undo, class_="understood") if undo else None


def _filter_words(filters: Filters, language: str) -> list[tuple[str, str]]:
    calendar = calendar_of(language)
    words = {
        "since": written(filters.since, calendar, language) if filters.since else None,
        "until": written(filters.until, calendar, language) if filters.until else None,
        "source": filters.source,
        "language": language_name(filters.language, language) if filters.language else None,
    }
    return [(name, value) for name, value in words.items() if value]


def _undo(said: str, without: str, language: str) -> Html:
    return element(
        "button",
        element("bdi", prose(said, direction(said)), dir=direction(said)),
        icon("close"),
        type="button",
        class_="undo",
        data_do="ask",
        data_ask=without,
        title=text("page.understood.undo", language),
    )


def _answer(exchange: Exchange, language: str) -> Html:
    if exchange.answer is not None and exchange.answer.refused:
        return _refusal(exchange, language)
    writing = exchange.state == "writing"
    shown = [event for event in exchange.checked if not event.withheld]
    withheld = [event.statement for event in exchange.checked if event.withheld]
    return element(
        "div",
        _notice(exchange),
        *(_statement(exchange, event, language) for event in shown),
        _provisional(exchange, language) if writing else None,
        _ended(exchange, language),
        _withheld(withheld, language),
        class_="reply",
        aria_live="polite",
        aria_busy="true" if writing else "false",
    )


def _statement(exchange: Exchange, event: Checked, language: str) -> Html:
    statement = event.statement
    around = direction(statement.text)
    known = {each.id: each for each in cited(exchange)}
    chips = [_chip(exchange, known[number], language) for number in statement.citations if number in known]
    return element(
        "p",
        element("bdi", prose(statement.text, around), dir=around),
        element("span", *chips, class_="chips"),
        _doubt(statement, language),
        class_=f"statement {statement.verdict}",
        dir=around,
    )


def _chip(exchange: Exchange, citation: Citation, language: str) -> Html:
    named = citation.source or citation.title or text("answer.untitled", language)
    number = digits(citation.id, language)
    return open_button(
        citation,
        number,
        class_="chip",
        aria_label=text("page.chip", language, number=number, source=named),
        data_card=f"{exchange.id}-card-{citation.id}",
        data_number=str(citation.id),
    )


def _doubt(statement: Statement, language: str) -> Html | None:
    if statement.verdict == "supported":
        return None
    said = text(f"page.verdict.{statement.verdict}", language)
    reasons = " ".join(describe(finding, language) for finding in statement.findings)
    return element("small", said, " ", element("bdi", reasons), class_="doubt")


def _provisional(exchange: Exchange, language: str) -> Html:
    if not exchange.provisional:
        return element("p", text("page.writing", language), class_="waiting")
    around = direction(exchange.provisional)
    return element(
        "p",
        element("bdi", prose(exchange.provisional, around), dir=around),
        element("small", text("page.checking", language), class_="doubt"),
        class_="provisional",
        dir=around,
    )


def _withheld(statements: list[Statement], language: str) -> Html | None:
    """Statements that did not pass, folded away and struck, each with the reason."""
    if not statements:
        return None
    items = (
        element("li", element("s", element("bdi", each.text, dir=direction(each.text))), _doubt(each, language))
        for each in statements
    )
    count = len(statements)
    said = text("page.withheld_one" if count == 1 else "page.withheld_many", language, count=digits(count, language))
    return element("details", element("summary", said), element("ul", *items), class_="withheld")


def _notice(exchange: Exchange) -> Html | None:
    notice = exchange.answer.notice if exchange.answer else None
    return element("p", prose(notice, direction(notice)), class_="notice", dir=direction(notice)) if notice else None


def _ended(exchange: Exchange, language: str) -> Html | None:
    if exchange.state in {"stopped", "interrupted"}:
        return element("p", text(f"page.{exchange.state}", language), class_="quiet")
    if exchange.state == "failed":
        trouble = exchange.trouble or ""
        return element(
            "div",
            element("strong", text("page.failed", language)),
            element("p", prose(trouble, direction(trouble)), dir=direction(trouble)),
            class_="trouble",
            role="alert",
        )
    return None


def _refusal(exchange: Exchange, language: str) -> Html:
    answer = exchange.answer
    assert answer is not None
    said = text(f"answer.refused.{answer.refusal_reason or 'no_evidence'}", answer.language)
    empty = answer.refusal_reason == "empty_library"
    tries = ["page.try.add"] if empty else ["page.try.rephrase", *(["page.try.filters"] if exchange.filters else [])]
    return element(
        "div",
        _notice(exchange),
        element("p", said, class_="refusal-said", dir=direction(said)),
        element("ul", *(element("li", text(each, language)) for each in tries), class_="quiet"),
        element("h3", text("page.nearest", language), class_="panel-title") if answer.nearest else None,
        *(passage_card(each, language) for each in answer.nearest),
        _withheld(list(answer.withheld), language),
        class_="refusal",
        aria_live="polite",
    )


def _tools(exchange: Exchange, language: str) -> Html:
    again = {"type": "button", "class_": "text-button"}
    return element(
        "footer",
        copy_button(as_text(exchange, language), "page.copy", language) if cited(exchange) else None,
        element(
            "button",
            icon("again"),
            text("page.again", language),
            data_do="ask",
            data_ask=question_of(exchange),
            **again,
        ),
        element(
            "button", icon("edit"), text("page.edit", language), data_do="edit", data_ask=question_of(exchange), **again
        ),
        thumbs(exchange, language) if exchange.answer is not None else None,
        _answered_by(exchange, language),
        class_="tools",
    )


def _answered_by(exchange: Exchange, language: str) -> Html | None:
    answer = exchange.answer
    if answer is None:
        return None
    named = text("page.by.extractive", language) if answer.model is None else answer.model
    milliseconds = answer.timings_ms.get("total")
    took = "" if milliseconds is None else digits(f"{milliseconds / 1000:.2f}", language)
    time = element("span", text("page.took", language, seconds=took), class_="took") if took else None
    return element("span", element("bdi", named), time, class_="by quiet")


def as_text(exchange: Exchange, language: str) -> str:
    """The answer with its quotes and references, as plain text for the clipboard."""
    statements = [
        f"{event.statement.text} {''.join(f'[{number}]' for number in event.statement.citations)}"
        for event in exchange.checked
        if not event.withheld
    ]
    notes = [f"[{each.id}] {reference(each, language)}" for each in cited(exchange)]
    return "\n\n".join([*statements, *notes])

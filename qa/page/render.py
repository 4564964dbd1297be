"""An exchange as it is shown: the question, what was understood, the answer with its chips, the evidence beside it."""

from __future__ import annotations

from collections.abc import Iterable

from qa.check import describe
from qa.page.dates import decimal, digits, reader_date
from qa.page.exchanges import Exchange
from qa.page.feedback import thumbs
from qa.page.icons import icon
from qa.page.markup import Html, direction, element, join, prose
from qa.page.sources import cards, cited, copy_button, evidence, language_name, open_button, passage_card, reference
from qa.page.understood import question_of, understood
from qa.texts import text
from qa.values import Checked, Citation, Disagreement, Statement


def exchanges(shown: Iterable[Exchange], language: str) -> Html:
    """Exchanges one under the other, oldest first."""
    return join(exchange_html(each, language) for each in shown)


def exchange_html(
    exchange: Exchange, language: str, conversation: str | None = None, before: str | None = None
) -> Html:
    """One exchange, at whatever stage it is; ``conversation`` is the id of the one it is part of.

    ``before`` is the id of the exchange before it there, empty for the first, which the page checks.
    """
    around = direction(exchange.question)
    return element(
        "article",
        element(
            "div",
            element("h2", prose(exchange.question, around), class_="question", dir=around),
            understood(exchange, language),
            _answer(exchange, language),
            _tools(exchange, language) if exchange.state != "writing" else None,
            class_="said",
        ),
        evidence(exchange, language),
        cards(exchange, language),
        class_="exchange",
        id=f"x-{exchange.id}",
        data_state=exchange.state,
        data_conversation=conversation,
        data_before=before,
    )


def _answer(exchange: Exchange, language: str) -> Html:
    if exchange.answer is not None and exchange.answer.refused:
        return _refusal(exchange, language)
    writing = exchange.state == "writing"
    shown = [event for event in exchange.checked if not event.withheld]
    withheld = [event.statement for event in exchange.checked if event.withheld]
    disagreements = exchange.answer.disagreements if exchange.answer else ()
    return element(
        "div",
        _notice(exchange),
        *(_statement(exchange, event, language) for event in shown),
        *(_disagreement(exchange, each, language) for each in disagreements),
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
        _translated([known[number] for number in statement.citations if number in known], language)
        if statement.translated
        else None,
        _doubt(statement, language),
        class_=f"statement {statement.verdict}",
        dir=around,
    )


def _translated(citations: Iterable[Citation], language: str) -> Html:
    """A label: the words are a translation, and the quote is in another language."""
    names = dict.fromkeys(language_name(each.language, language) for each in citations)
    said = text("page.translated", language, languages=text("page.separator", language).join(names))
    return element("small", said, class_="translated", dir=direction(said))


def _disagreement(exchange: Exchange, disagreement: Disagreement, language: str) -> Html:
    """What each source gives, side by side, newest first, each with its outlet and day."""
    known = {each.id: each for each in cited(exchange)}
    versions = [
        _version(exchange, known[number], value, language)
        for number, value in zip(disagreement.citations, disagreement.values, strict=True)
        if number in known
    ]
    said = text(f"page.disagree.{disagreement.kind}", language)
    order = element("span", text("page.disagree.newest", language), class_="quiet")
    return element(
        "section",
        element("h3", said, " ", order, class_="panel-title"),
        element("div", *versions, class_="versions"),
        class_="disagreement",
        aria_label=said,
    )


def _version(exchange: Exchange, citation: Citation, value: str, language: str) -> Html:
    about = (citation.source or citation.title, reader_date(citation.published, language))
    named = text("page.separator", language).join(part for part in about if part)
    return element(
        "div",
        element("strong", prose(value, direction(value)), dir=direction(value)),
        element("p", element("bdi", named), " ", _chip(exchange, citation, language), class_="quiet"),
        class_="version",
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
    took = "" if milliseconds is None else decimal(milliseconds / 1000, language)
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

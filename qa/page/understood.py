"""What was understood of a question: filters and the standalone question, each with a click that undoes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date

from qa.page.dates import calendar_of, written
from qa.page.exchanges import Exchange
from qa.page.icons import icon
from qa.page.markup import Html, direction, element, prose
from qa.page.sources import language_name
from qa.texts import text
from qa.values import Filters, Understanding


def understood(exchange: Exchange, language: str) -> Html | None:
    """All that a search was limited by, and what was searched for, or None when that is just what was typed."""
    undo = [*_chosen(exchange, language), *_read(exchange, language), *_standalone(exchange, language)]
    return element("div", *undo, class_="understood") if undo else None


def question_of(
    exchange: Exchange,
    *,
    filters: Filters | None = None,
    as_written: bool | None = None,
    understand: bool | None = None,
) -> str:
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
            "understand": exchange.understand if understand is None else understand,
        },
        ensure_ascii=False,
    )


def _chosen(exchange: Exchange, language: str) -> Iterator[Html]:
    """The filters that the reader set."""
    for name, value in _filter_words(exchange.filters, language).items():
        without = question_of(exchange, filters=replace(exchange.filters, **{name: None}))
        yield _undo(text(f"page.understood.{name}", language, value=value), without, language)


def _read(exchange: Exchange, language: str) -> Iterator[Html]:
    """The filters that were read out of the question. Without one, the others are asked for in so many words.

    One that was dropped again is told of by the answer's notice.
    """
    found = [each for each in (exchange.evidence.understood if exchange.evidence else ()) if not each.dropped]
    for each in found:
        others = (other for other in found if other is not each and other.strict)
        without = question_of(exchange, filters=_joined(exchange.filters, others), understand=False)
        hint = text("page.understood.unfitting", language, words=each.words)
        yield _undo(_said(each, language), without, language, hint)


def _standalone(exchange: Exchange, language: str) -> Iterator[Html]:
    found = exchange.evidence
    if found is not None and not exchange.as_written and found.question != exchange.question:
        said = text("page.understood.standalone", language, value=found.question)
        yield _undo(said, question_of(exchange, as_written=True), language)


def _said(understanding: Understanding, language: str) -> str:
    words = _filter_words(understanding.filters, language)
    if understanding.kind != "dates":
        name = understanding.kind
        return text(f"page.understood.{name}", language, value=words.get(name, understanding.words))
    since, until = words.get("since"), words.get("until")
    if understanding.strict and not (since and until):
        edge = "since" if since else "until"
        return text(f"page.understood.{edge}", language, value=since or until or understanding.words)
    value = since or until or understanding.words
    if since and until and since != until:
        value = text("page.understood.range", language, since=since, until=until)
    key = "dates" if understanding.strict else "dates_liked"
    return text(f"page.understood.{key}", language, value=value)


def _joined(chosen: Filters, read: Iterable[Understanding]) -> Filters:
    """The reader's own filters, and beside them those that were read."""
    for each in read:
        missing = {
            field.name: getattr(each.filters, field.name)
            for field in fields(Filters)
            if getattr(chosen, field.name) is None
        }
        chosen = replace(chosen, **missing)
    return chosen


def _filter_words(filters: Filters, language: str) -> dict[str, str]:
    """By the filter's name, what it is set to, as a reader of the page reads it."""
    words = {
        "since": _day(filters.since, language),
        "until": _day(filters.until, language),
        "source": filters.source,
        "language": language_name(filters.language, language) if filters.language else None,
    }
    return {name: value for name, value in words.items() if value}


def _day(day: date | None, language: str) -> str | None:
    return written(day, calendar_of(language), language) if day else None


def _undo(said: str, without: str, language: str, hint: str = "") -> Html:
    return element(
        "button",
        element("bdi", prose(said, direction(said)), dir=direction(said)),
        icon("close"),
        type="button",
        class_="undo",
        data_do="ask",
        data_ask=without,
        title=" — ".join(part for part in (text("page.understood.undo", language), hint) if part),
    )

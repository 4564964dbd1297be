"""The evidence of an exchange: each cited passage with its quotes marked, and what else was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from qa.page.dates import digits, other_dates, reader_date
from qa.page.exchanges import Exchange
from qa.page.icons import icon
from qa.page.marking import Kind, Mark, paragraphs
from qa.page.markup import Html, direction, element, join, line, link, prose
from qa.texts import text
from qa.values import Article, Citation, Evidence, Passage

GLIMPSE: Final = 320  # characters of a passage that is not cited; three lines of them are seen


def cited(exchange: Exchange) -> tuple[Citation, ...]:
    """The citations so far, each once, by number."""
    if exchange.answer is not None:
        return exchange.answer.citations
    known = {each.id: each for event in exchange.checked for each in event.citations}
    return tuple(known[number] for number in sorted(known))


def evidence(exchange: Exchange, language: str) -> Html:
    """The panel beside an answer: the cited passages, then how much else was found."""
    citations = cited(exchange)
    groups: dict[tuple[str, int, int], list[Citation]] = {}
    for each in citations:
        groups.setdefault((each.article_id, each.passage_start, each.passage_end), []).append(each)
    return element(
        "section",
        element("h3", text("page.evidence.title", language), class_="panel-title"),
        *(_source(group, exchange.evidence, language) for group in groups.values()),
        element("p", text("page.evidence.none", language), class_="quiet")
        if not groups and exchange.state != "writing"
        else None,
        _also_found(exchange, language),
        class_="evidence",
        tabindex="0",
        aria_label=text("page.evidence.title", language),
    )


def cards(exchange: Exchange, language: str) -> Html:
    """What a chip shows when it is hovered or focused, one for each citation."""
    made = (
        element(
            "div",
            paragraphs(each.quote, marks_of([each]), base=each.start),
            meta(each, language),
            id=f"{exchange.id}-card-{each.id}",
        )
        for each in cited(exchange)
    )
    return element("div", *made, hidden=True)


def marks_of(citations: Iterable[Citation]) -> list[Mark]:
    """Each quote, and the answering words within it."""
    marks = []
    for each in citations:
        marks.append(Mark(each.start, each.end, "quote", each.id))
        if each.answer_start is not None and each.answer_end is not None:
            marks.append(Mark(each.answer_start, each.answer_end, "answer"))
    return marks


def meta(item: Citation | Passage | Article, language: str, *, every_calendar: bool = False) -> Html:
    """Outlet, author, day, language. The day's other calendars are in a tooltip, or beside it if asked for."""
    others = other_dates(item.published, language)
    parts = [
        line(item.source) if item.source else None,
        line(item.author) if item.author else None,
        _day(item.published, language, others, about=isinstance(item, Article) and item.approximate),
        line(others) if every_calendar and others else None,
        _updated(item, language),
        line(text("page.teaser", language), class_="teaser-label") if getattr(item, "teaser", False) else None,
        line(language_name(item.language, language)) if item.language != "und" else None,
    ]
    dot = element("span", "·", class_="dot", aria_hidden="true")
    return element("p", join([part for part in parts if part], dot), class_="meta")


def language_name(code: str, language: str) -> str:
    """A language's name in the page language; its code for one that has no name there."""
    return text(f"page.languages.{code}", language) if code in {"fa", "ar", "en", "ckb", "ur"} else code


def title_of(item: Citation | Passage, language: str) -> str:
    """The article's title, or the words that stand in for one."""
    return item.title or text("answer.untitled", language)


def reference(citation: Citation, language: str) -> str:
    """The quote with its reference as plain text, for the clipboard. The quote is verbatim."""
    named = (citation.source, citation.author, reader_date(citation.published, language), citation.url)
    about = text("page.separator", language).join(part for part in (title_of(citation, language), *named) if part)
    return f"«{citation.quote}»\n— {about}"


def open_button(item: Citation | Passage, *children: str, class_: str = "text-button", **attributes: str) -> Html:
    """Opens the article in the side reader, at the quote (or the passage)."""
    return element(
        "button",
        *children,
        type="button",
        class_=class_,
        data_do="read",
        data_article=item.article_id,
        data_start=str(item.start),
        data_end=str(item.end),
        data_answer=_answer_range(item),
        **attributes,
    )


def copy_button(words: str, label: str, language: str) -> Html:
    """Puts words on the clipboard."""
    return element(
        "button",
        icon("copy"),
        text(label, language),
        type="button",
        class_="text-button",
        data_do="copy",
        data_copy=words,
    )


def _day(published: str | None, language: str, others: str | None, *, about: bool) -> Html | None:
    day = reader_date(published, language)
    return line(f"≈ {day}" if about else day, "time", datetime=published, title=others) if day else None


def _updated(item: Citation | Passage | Article, language: str) -> Html | None:
    """The day the outlet last changed the story, where that is not the day it was published."""
    day = reader_date(item.modified, language)
    if day is None or (item.modified or "")[:10] == (item.published or "")[:10]:
        return None
    return line(text("page.updated", language, day=day), "time", datetime=item.modified)


def _also_in(citation: Citation, language: str) -> Html | None:
    """The outlets that have the same story; the link of each where it has one."""
    if not citation.also_in:
        return None
    names = text("page.separator", language).join(
        dict.fromkeys(each.source or each.title or text("answer.untitled", language) for each in citation.also_in)
    )
    return element("p", element("bdi", text("page.also_in", language, names=names)), class_="quiet also-in")


def _source(citations: Sequence[Citation], found: Evidence | None, language: str) -> Html:
    first = citations[0]
    numbers = (element("span", digits(each.id, language), class_="number") for each in citations)
    folded = _folded(citations, found)
    marks = [*marks_of(citations), *folded]
    title = title_of(first, language)
    return element(
        "article",
        element(
            "header",
            element("span", *numbers, class_="numbers"),
            element("h4", prose(title, direction(title)), dir=direction(title)),
            meta(first, language),
            dir=direction(title),
        ),
        element("div", paragraphs(first.passage, marks, base=first.passage_start), class_="passage"),
        _also_in(first, language),
        element(
            "footer",
            open_button(first, icon("book"), text("page.evidence.read", language)),
            copy_button(reference(first, language), "page.evidence.copy", language),
            _whole(language) if folded else None,
            link(first.url, icon("out"), text("page.evidence.original", language), class_="text-button"),
            class_="tools",
        ),
        class_="source",
        data_numbers=" ".join(str(each.id) for each in citations),
    )


def _folded(citations: Sequence[Citation], found: Evidence | None) -> list[Mark]:
    """What is folded away of a passage: sentences that are not next to a quote, and what is no sentence at all.

    The latter are menus, captions, counts of comments.
    """
    first = citations[0]
    place = (first.article_id, first.passage_start, first.passage_end)
    passages = found.passages if found else ()
    passage = next((each for each in passages if (each.article_id, each.start, each.end) == place), None)
    if passage is None or not passage.sentences:
        return []
    quoted = [
        number
        for number, (start, end) in enumerate(passage.sentences)
        if any(each.start < end and each.end > start for each in citations)
    ]
    if not quoted:
        return []
    first_shown = passage.sentences[max(quoted[0] - 1, 0)].start
    last_shown = passage.sentences[min(quoted[-1] + 1, len(passage.sentences) - 1)].end
    edges = [passage.start, *(edge for span in passage.sentences for edge in span), passage.end]
    ranges: list[tuple[int, int, Kind]] = [(passage.start, first_shown, "far"), (last_shown, passage.end, "far")]
    ranges += [(start, end, "clutter") for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return [
        Mark(start, end, kind)
        for start, end, kind in ranges
        if passage.text[start - passage.start : end - passage.start].strip()
    ]


def _also_found(exchange: Exchange, language: str) -> Html | None:
    """How many there are. The script fetches them when they are unfolded: most never are, and they are most of it."""
    count = len(_not_cited(exchange))
    if not count:
        return None
    said = text("page.evidence.also_found", language, count=digits(count, language))
    return element("details", element("summary", said), class_="also")


def also_found(exchange: Exchange, language: str) -> Html:
    """The passages that were found and are not cited, best first."""
    return join(passage_card(each, language) for each in _not_cited(exchange))


def _not_cited(exchange: Exchange) -> list[Passage]:
    shown = {(each.article_id, each.passage_start, each.passage_end) for each in cited(exchange)}
    found = exchange.evidence.passages if exchange.evidence else ()
    return [each for each in found if (each.article_id, each.start, each.end) not in shown]


def passage_card(item: Passage | Citation, language: str) -> Html:
    """A passage that is not cited: its title, which opens it, and how it begins (or its nearest sentence)."""
    title = title_of(item, language)
    shown = item.quote if isinstance(item, Citation) else item.text
    return element(
        "article",
        open_button(item, prose(title, direction(title))),
        meta(item, language),
        element("div", paragraphs(shown[:GLIMPSE], ()), class_="passage clamped"),
        class_="source found",
        dir=direction(title),
    )


def _whole(language: str) -> Html:
    return element(
        "button", text("page.evidence.whole", language), type="button", class_="text-button", data_do="whole"
    )


def _answer_range(item: Citation | Passage) -> str | None:
    if isinstance(item, Citation) and item.answer_start is not None and item.answer_end is not None:
        return f"{item.answer_start}-{item.answer_end}"
    return None

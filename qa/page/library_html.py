"""The library tab: what is at work, the table of articles, and where articles are added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from qa.page.controls import button, tool
from qa.page.dates import digits, other_dates, reader_date
from qa.page.icons import icon
from qa.page.intake import MOST_BYTES, MOST_FILES, Job
from qa.page.markup import Html, direction, element, join, line, prose
from qa.page.shelf import COLUMNS, Column, Sheet, View
from qa.page.sources import language_name
from qa.texts import LANGUAGES, text
from qa.values import Article

Access = Literal["hidden", "read", "write"]

SHOWN_UNREAD: Final = 20


def library_html(language: str, access: Access, adds: bool) -> Html:
    """The tab before anything of the library stands in it; nothing when it is hidden."""
    if access == "hidden":
        return Html("")
    return element(
        "section",
        element(
            "div",
            element("h2", text("page.library.title", language), tabindex="-1", id="shelf-title"),
            element("div", id="at-work"),
            class_="shelf-head",
        ),
        _adding(language) if adds and access == "write" else None,
        _controls(language),
        element("div", id="sheet", aria_live="polite", aria_busy="true"),
        class_="shelf",
        aria_labelledby="shelf-title",
    )


def at_work_html(language: str, *, embedder: str, answerer: str, model: str, sources: Sequence[str]) -> Html:
    """Which embedder and which answerer are at work, and the outlets to choose from (for the filter)."""
    answers = text("page.by.extractive", language) if answerer == "extractive" else model
    pairs = [("page.library.embedder", embedder), ("page.library.answerer", answers)]
    options = (element("option", each, value=each) for each in sources)
    return join(
        [
            element(
                "dl",
                *(
                    element("div", element("dt", text(key, language)), element("dd", line(value)))
                    for key, value in pairs
                ),
            ),
            element("template", *options, id="shelf-sources"),
        ]
    )


def sheet_html(sheet: Sheet, view: View, language: str, *, removes: bool) -> Html:
    """One page of the table, with its pager."""
    key = "page.library.count" if sheet.fitting == sheet.all else "page.library.fitting"
    counted = {"count": digits(f"{sheet.fitting:,}", language), "all": digits(f"{sheet.all:,}", language)}
    said = element("p", text(key, language, **counted), class_="quiet")
    if not sheet.articles:
        return said
    head = element(
        "tr",
        *(_heading(column, view, language) for column in COLUMNS),
        element("td") if removes else None,
    )
    table = element(
        "table",
        element("thead", head),
        element("tbody", *(_row(each, language, removes) for each in sheet.articles)),
        aria_label=text("page.library.title", language),
    )
    return join([said, table, _pager(sheet, language) if sheet.pages > 1 else None])


def job_html(job: Job | None, language: str) -> Html:
    """How far an intake is, or what came of the last one."""
    if job is None:
        return Html("")
    if job.state == "running":
        counted = {"done": digits(job.done, language), "total": digits(job.total, language)}
        said = text("page.library.reading", language, **counted)
        bar = element("progress", max=str(max(job.total, 1)), value=str(job.done), aria_label=said)
        return element("div", bar, element("p", said, class_="quiet"), data_job="running")
    if job.trouble is not None:
        return element("p", line(job.trouble), class_="trouble", role="alert", data_job="failed")
    counts = {name: digits(getattr(job, name), language) for name in ("added", "updated", "unchanged")}
    summary = element("p", text("page.library.summary", language, **counts))
    return element("div", summary, _unread(job, language), data_job="done")


def _unread(job: Job, language: str) -> Html | None:
    if not job.unread:
        return None
    items = [element("li", line(each.name), " — ", line(each.reason)) for each in job.unread[:SHOWN_UNREAD]]
    said = text("page.library.unread", language, count=digits(len(job.unread), language))
    return element("div", element("p", said), element("ul", *items), class_="trouble", role="alert")


def _adding(language: str) -> Html:
    limits = {"files": digits(MOST_FILES, language), "megabytes": digits(MOST_BYTES // 1_000_000, language)}
    return element(
        "div",
        element(
            "label",
            icon("add"),
            element("span", text("page.library.drop", language)),
            element("small", text("page.library.limits", language, **limits), class_="quiet"),
            element("input", type="file", multiple=True, id="files"),
            class_="drop",
            data_most_files=str(MOST_FILES),
            data_most_bytes=str(MOST_BYTES),
            data_too_much=text("page.library.too_much", language, **limits),
        ),
        element(
            "form",
            element(
                "input",
                type="url",
                name="address",
                dir="ltr",
                required=True,
                maxlength="2000",
                placeholder="https://",
                aria_label=text("page.library.address", language),
            ),
            button("page.library.fetch", language, type="submit"),
            element("small", text("page.library.address", language), class_="quiet"),
            class_="address",
        ),
        element("div", id="job", role="status"),
        class_="adding",
    )


def _controls(language: str) -> Html:
    any_source = element("option", text("page.filters.any_source", language), value="")
    any_language = element("option", text("page.filters.any_language", language), value="")
    languages = (element("option", text(f"page.languages.{each}", language), value=each) for each in LANGUAGES)
    said = text("page.library.search", language)
    return element(
        "form",
        element("input", type="search", name="sought", dir="auto", maxlength="200", placeholder=said, aria_label=said),
        element("select", any_source, name="source", aria_label=text("page.filters.source", language)),
        element(
            "select", any_language, *languages, name="language", aria_label=text("page.filters.language", language)
        ),
        _sorting(language),
        class_="shelf-controls",
        autocomplete="off",
    )


def _sorting(language: str) -> Html:
    """For phones, which have no room for the table's headings."""
    options = (
        element(
            "option", text(f"page.library.columns.{column}", language), value=column, selected=column == "published"
        )
        for column in COLUMNS
    )
    return element("select", *options, name="sort", class_="narrow", aria_label=text("page.library.sort", language))


def _heading(column: Column, view: View, language: str) -> Html:
    here = column == view.sort
    order = ("descending" if view.descending else "ascending") if here else None
    arrow = element("span", "↓" if view.descending else "↑", aria_hidden="true") if here else None
    name = text(f"page.library.columns.{column}", language)
    return element(
        "th",
        element("button", name, arrow, type="button", data_do="sort", data_column=column),
        scope="col",
        aria_sort=order,
    )


def _row(article: Article, language: str, removes: bool) -> Html:
    title = article.title or text("answer.untitled", language)
    around = direction(title)
    day = reader_date(article.published, language)
    about = {"data_do": "read", "data_article": article.id}
    added = reader_date(article.updated, language)
    removing = tool("bin", "page.library.remove", language, do="remove") if removes else None
    return element(
        "tr",
        element("td", element("button", prose(title, around), type="button", class_="title", dir=around, **about)),
        element("td", line(article.source) if article.source else None),
        element(
            "td",
            line(f"≈ {day}" if article.approximate else day, "time", title=other_dates(article.published, language))
            if day
            else None,
        ),
        element("td", language_name(article.language, language) if article.language != "und" else None),
        element("td", line(added) if added else None),
        element("td", removing, class_="end") if removes else None,
        data_article=article.id,
        data_title=title,
    )


def _pager(sheet: Sheet, language: str) -> Html:
    where = text("page.library.page", language, page=digits(sheet.page, language), pages=digits(sheet.pages, language))
    return element(
        "nav",
        _turn("before", sheet.page - 1, sheet, language),
        element("span", where, class_="quiet"),
        _turn("after", sheet.page + 1, sheet, language),
        class_="pager",
        aria_label=where,
    )


def _turn(way: str, page: int, sheet: Sheet, language: str) -> Html:
    said = text(f"page.library.{way}", language)
    return element(
        "button",
        icon(way),
        type="button",
        class_="tool turning",
        data_do="turn",
        data_page=str(page),
        disabled=not 1 <= page <= sheet.pages,
        aria_label=said,
        title=said,
    )

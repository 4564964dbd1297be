"""What surrounds the conversation: the welcome before it, and where questions are written."""

from __future__ import annotations

import json

from qa.page.answering import LONGEST_QUESTION
from qa.page.controls import tool
from qa.page.icons import icon
from qa.page.markup import Html, direction, element, prose
from qa.page.standing import Standing
from qa.texts import LANGUAGES, text


def welcome(standing: Standing, language: str) -> Html:
    """What stands there before the first question."""
    starters = (
        element(
            "button",
            prose(each, direction(each)),
            type="button",
            class_="starter",
            dir=direction(each),
            data_do="ask",
            data_ask=json.dumps({"question": each}, ensure_ascii=False),
        )
        for each in standing.starters.get(language, ())
    )
    empty = not standing.articles
    return element(
        "section",
        element("h2", text("page.welcome.title", language)),
        element("p", text("page.welcome.empty" if empty else "page.welcome.lead", language), class_="quiet"),
        element("div", *starters, class_="starters"),
        class_="welcome",
    )


def composer(standing: Standing, language: str) -> Html:
    """Where questions are written, with the filters that limit a search."""
    return element(
        "form",
        _filters(standing, language),
        element(
            "div",
            element(
                "textarea",
                name="question",
                rows="1",
                maxlength=str(LONGEST_QUESTION),
                placeholder=text("page.ask.placeholder", language),
                aria_label=text("page.ask.label", language),
                autocomplete="off",
                spellcheck="true",
            ),
            tool("send", "page.ask.send", language, class_="send", type="submit"),
            tool("stop", "page.ask.stop", language, class_="stop", do="stop"),
            class_="ask",
        ),
        class_="composer",
        autocomplete="off",
    )


def _filters(standing: Standing, language: str) -> Html:
    outlets = (element("option", each, value=each) for each in standing.outlets)
    languages = (element("option", text(f"page.languages.{each}", language), value=each) for each in LANGUAGES)
    any_source = element("option", text("page.filters.any_source", language), value="")
    any_language = element("option", text("page.filters.any_language", language), value="")
    return element(
        "details",
        element(
            "summary",
            icon("filter"),
            element("span", text("page.filters.title", language)),
            element("span", class_="set", hidden=True),
        ),
        element(
            "div",
            _day("since", language),
            _day("until", language),
            _field("source", language, element("select", any_source, *outlets, name="source")),
            _field("language", language, element("select", any_language, *languages, name="language")),
            class_="fields",
        ),
        class_="filters",
    )


def _day(name: str, language: str) -> Html:
    """A day, typed or chosen from a month; how it is read stands below it."""
    hint = text("page.filters.date_example", language)
    written = element("input", type="text", name=name, placeholder=hint, dir="auto", aria_describedby=f"read-{name}")
    return element(
        "div",
        _field(name, language, written),
        tool("calendar", "page.dates.pick", language, do="calendar", class_="pick"),
        element("output", id=f"read-{name}", class_="read"),
        class_="day",
    )


def _field(name: str, language: str, control: Html) -> Html:
    return element("label", element("span", text(f"page.filters.{name}", language)), control)

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
            _field("since", language, element("input", type="text", name="since", **_date_hint(language))),
            _field("until", language, element("input", type="text", name="until", **_date_hint(language))),
            _field("source", language, element("select", any_source, *outlets, name="source")),
            _field("language", language, element("select", any_language, *languages, name="language")),
            class_="fields",
        ),
        class_="filters",
    )


def _date_hint(language: str) -> dict[str, str]:
    return {"placeholder": text("page.filters.date_example", language), "dir": "auto", "inputmode": "text"}


def _field(name: str, language: str, control: Html) -> Html:
    return element("label", element("span", text(f"page.filters.{name}", language)), control)

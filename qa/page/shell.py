"""What surrounds the conversation: the bar on top, the welcome, the composer, the empty side reader."""

from __future__ import annotations

import json

from qa.page.dates import digits
from qa.page.icons import icon
from qa.page.markup import Html, direction, element, join, prose
from qa.page.standing import Standing
from qa.texts import LANGUAGES, text

LONGEST_QUESTION = 2000  # characters


def bar(standing: Standing, language: str) -> Html:
    """The bar on top: name, what is at work, language, light or dark, what one can do with the conversation."""
    return element(
        "header",
        element("h1", element("span", "سند", lang="fa", class_="mark"), element("span", text("page.name", language))),
        _at_work(standing, language),
        element(
            "nav",
            *(_language_link(each, language) for each in LANGUAGES),
            class_="languages",
            aria_label=text("page.language", language),
        ),
        _save_menu(language),
        _tool("new", "page.new", language, do="new"),
        _tool("theme", "page.theme", language, do="theme"),
        class_="bar",
    )


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
    return join(
        [
            element(
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
                    _tool("send", "page.ask.send", language, class_="send", type="submit"),
                    _tool("stop", "page.ask.stop", language, class_="stop", do="stop"),
                    class_="ask",
                ),
                class_="composer",
                autocomplete="off",
                data_copied=text("page.copied", language),
                data_failed=text("page.reader.failed", language),
            ),
            element("p", role="status", class_="said-aloud", id="toast"),
            element("div", id="hover-card", role="tooltip", hidden=True),
            element(
                "aside",
                element(
                    "div",
                    element("span", text("page.reader.title", language), class_="panel-title"),
                    _tool("close", "page.reader.close", language, do="close"),
                    class_="reader-bar",
                ),
                element("div", id="reader-body", tabindex="0", role="region", aria_labelledby="reader-title"),
                id="reader",
                aria_label=text("page.reader.title", language),
                hidden=True,
            ),
        ]
    )


def _at_work(standing: Standing, language: str) -> Html:
    """Which answerer is at work, and how to connect an LLM when none is."""
    count = digits(f"{standing.articles}", language)
    articles = text("page.articles_one" if standing.articles == 1 else "page.articles", language, count=count)
    if standing.answerer != "extractive":
        said = text("page.answerer.openai", language)
        return element(
            "p", element("span", articles), element("span", said, " ", element("bdi", standing.model)), class_="at-work"
        )
    return element(
        "details",
        element(
            "summary",
            element("span", articles, class_="count"),
            element(
                "span",
                icon("plug"),
                element("span", text("page.answerer.extractive", language), class_="long"),
                element("span", text("page.answerer.short", language), class_="short"),
                class_="unplugged",
            ),
        ),
        element(
            "div",
            element("p", text("page.connect.what", language)),
            element("p", text("page.connect.openai", language)),
            element("pre", "export OPENAI_API_KEY=sk-…\nsanad chat", dir="ltr"),
            element("p", text("page.connect.local", language)),
            element(
                "pre",
                "export OPENAI_BASE_URL=http://127.0.0.1:11434/v1\nexport SANAD_MODEL=qwen3:8b\nsanad chat",
                dir="ltr",
            ),
            class_="popover",
        ),
        class_="at-work",
    )


def _save_menu(language: str) -> Html:
    return element(
        "details",
        element("summary", icon("save"), class_="tool", aria_label=text("page.save.label", language)),
        element(
            "div",
            element("a", text("page.save.markdown", language), href=f"/page/{language}/conversation.md", download=True),
            element("a", text("page.save.html", language), href=f"/page/{language}/conversation.html", download=True),
            class_="popover menu",
        ),
        class_="save",
        title=text("page.save.label", language),
    )


def _language_link(each: str, language: str) -> Html:
    name = text(f"page.languages.{each}", each)
    return element(
        "a", name, href=f"/{each}/", lang=each, hreflang=each, aria_current="true" if each == language else None
    )


def _filters(standing: Standing, language: str) -> Html:
    outlets = (element("option", each, value=each) for each in standing.outlets)
    languages = (element("option", text(f"page.languages.{each}", language), value=each) for each in LANGUAGES)
    anything = element("option", text("page.filters.any", language), value="")
    return element(
        "details",
        element("summary", icon("filter"), element("span", text("page.filters.title", language))),
        element(
            "div",
            _field("since", language, element("input", type="text", name="since", **_date_hint(language))),
            _field("until", language, element("input", type="text", name="until", **_date_hint(language))),
            _field("source", language, element("select", anything, *outlets, name="source")),
            _field("language", language, element("select", anything, *languages, name="language")),
            class_="fields",
        ),
        class_="filters",
    )


def _date_hint(language: str) -> dict[str, str]:
    return {"placeholder": text("page.filters.date_example", language), "dir": "auto", "inputmode": "text"}


def _field(name: str, language: str, control: Html) -> Html:
    return element("label", element("span", text(f"page.filters.{name}", language)), control)


def _tool(
    drawing: str, label: str, language: str, *, do: str | None = None, class_: str = "", type: str = "button"
) -> Html:
    said = text(label, language)
    return element(
        "button", icon(drawing), type=type, class_=f"tool {class_}".strip(), data_do=do, title=said, aria_label=said
    )

"""The bar on top: what is at work, the page language, and what can be done with the conversation."""

from __future__ import annotations

from qa.page.controls import tool
from qa.page.dates import digits
from qa.page.icons import icon
from qa.page.library_html import Access
from qa.page.markup import Html, element
from qa.page.standing import Standing
from qa.texts import LANGUAGES, text


def bar(standing: Standing, language: str, access: Access = "hidden") -> Html:
    """The bar on top. On a phone, what does not fit is in its menu."""
    return element(
        "header",
        tool("list", "page.kept.title", language, do="drawer"),
        element("h1", element("span", "سند", lang="fa", class_="mark"), element("span", text("page.name", language))),
        _tabs(language) if access != "hidden" else None,
        _at_work(standing, language),
        element("nav", *_languages(language), class_="languages", aria_label=text("page.language", language)),
        tool("new", "page.new", language, do="new"),
        tool("theme", "page.theme", language, do="theme", class_="roomy"),
        _menu(language),
        class_="bar",
    )


def _tabs(language: str) -> Html:
    views = (("chat", "page.tabs.chat"), ("library", "page.tabs.library"))
    return element(
        "nav",
        *(
            element(
                "button",
                text(key, language),
                type="button",
                data_do="tab",
                data_view=view,
                aria_current="page" if view == "chat" else None,
            )
            for view, key in views
        ),
        class_="tabs",
        aria_label=text("page.tabs.title", language),
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


def _menu(language: str) -> Html:
    said = text("page.more", language)
    theme = element(
        "button", icon("theme"), text("page.theme", language), type="button", class_="item narrow", data_do="theme"
    )
    return element(
        "details",
        element("summary", icon("more"), class_="tool", aria_label=said, title=said),
        element(
            "div",
            element("p", text("page.save.label", language), class_="panel-title"),
            *(_saved(kind, language) for kind in ("markdown", "html")),
            theme,
            element("p", text("page.language", language), class_="panel-title narrow"),
            element("div", *_languages(language), class_="languages narrow"),
            class_="popover menu",
        ),
        class_="more",
    )


def _saved(kind: str, language: str) -> Html:
    ending = {"markdown": "md", "html": "html"}[kind]
    return element(
        "a",
        icon("save"),
        text(f"page.save.{kind}", language),
        href=f"/page/{language}/conversation.{ending}",
        download=True,
        class_="item",
    )


def _languages(language: str) -> list[Html]:
    return [
        element(
            "a",
            text(f"page.languages.{each}", each),
            href=f"/{each}/",
            lang=each,
            hreflang=each,
            aria_current="true" if each == language else None,
        )
        for each in LANGUAGES
    ]

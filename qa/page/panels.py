"""What opens over the page: the list of conversations, the side reader, a question to the reader, a chip's card."""

from __future__ import annotations

from typing import Final

from qa.page.controls import button, tool
from qa.page.markup import Html, element, join
from qa.texts import text

# What the script says by itself, by the name it knows it by.
_WORDS: Final = {
    "copied": "page.copied",
    "unreachable": "page.unreachable",
    "rename": "page.kept.rename",
    "rename_deed": "page.kept.rename_deed",
    "delete": "page.kept.delete",
    "delete_deed": "page.kept.delete_deed",
    "remove": "page.library.remove_what",
    "remove_deed": "page.library.remove_deed",
    "removed": "page.library.removed",
    "thanks": "page.feedback.thanks",
    "withdrawn": "page.feedback.withdrawn",
    "pick": "page.dates.pick",
    "month_before": "page.dates.before",
    "month_after": "page.dates.after",
    "jalali": "page.dates.jalali",
    "gregorian": "page.dates.gregorian",
}


def panels(language: str) -> Html:
    """All of them, closed."""
    return join(
        [
            _words(language),
            element("p", role="status", class_="said-aloud", id="toast"),
            element("div", id="hover-card", role="tooltip", hidden=True),
            _reader(language),
            _drawer(language),
            _asks(language),
        ]
    )


def _words(language: str) -> Html:
    said = {f"data_{name}": text(key, language, title="{title}") for name, key in _WORDS.items()}
    return element("div", id="words", hidden=True, **said)


def _reader(language: str) -> Html:
    return element(
        "dialog",
        element(
            "div",
            element("span", text("page.reader.title", language), class_="panel-title"),
            tool("close", "page.reader.close", language, do="close"),
            class_="reader-bar",
        ),
        element("div", id="reader-body", tabindex="0", role="region", aria_label=text("page.reader.title", language)),
        id="reader",
        aria_label=text("page.reader.title", language),
    )


def _drawer(language: str) -> Html:
    return element(
        "dialog",
        element(
            "div",
            element("h2", text("page.kept.title", language)),
            tool("close", "page.close", language, do="dismiss"),
            class_="drawer-bar",
        ),
        element(
            "input",
            type="search",
            dir="auto",
            maxlength="200",
            placeholder=text("page.kept.search", language),
            aria_label=text("page.kept.search", language),
        ),
        element("div", id="kept", aria_live="polite"),
        id="drawer",
        class_="modal drawer",
        aria_label=text("page.kept.title", language),
    )


def _asks(language: str) -> Html:
    return element(
        "dialog",
        element(
            "form",
            element("p", id="asks-what", dir="auto"),
            element("input", type="text", dir="auto", maxlength="120", aria_labelledby="asks-what"),
            element(
                "div",
                element("button", class_="button confirm", value="yes"),
                button("page.cancel", language, do="dismiss"),
                class_="deeds",
            ),
            method="dialog",
        ),
        id="asks",
        class_="modal",
        aria_labelledby="asks-what",
    )

"""Buttons and fields that several parts of the page have."""

from __future__ import annotations

from qa.page.icons import icon
from qa.page.markup import Html, element
from qa.texts import text


def tool(
    drawing: str, label: str, language: str, *, do: str | None = None, class_: str = "", type: str = "button"
) -> Html:
    """A button that is a drawing; ``label`` is the key of what it says. ``do`` names what it does in the script."""
    said = text(label, language)
    return element(
        "button", icon(drawing), type=type, class_=f"tool {class_}".strip(), data_do=do, title=said, aria_label=said
    )


def button(label: str, language: str, *, do: str | None = None, class_: str = "", type: str = "button") -> Html:
    """A button with words on it."""
    return element("button", text(label, language), type=type, class_=f"button {class_}".strip(), data_do=do)

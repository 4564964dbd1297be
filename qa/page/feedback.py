"""Thumbs up and down under an answer, and where a reader may say why."""

from __future__ import annotations

from qa.page.conversations import LONGEST_REASON
from qa.page.exchanges import Exchange
from qa.page.icons import icon
from qa.page.markup import Html, element
from qa.texts import text


def thumbs(exchange: Exchange, language: str) -> Html:
    """The two thumbs, as the reader has set them, and the field for a reason, closed."""
    return element(
        "span",
        *(_thumb(verdict, exchange.verdict == verdict, language) for verdict in ("good", "bad")),
        _why(exchange, language),
        class_="thumbs",
    )


def _thumb(verdict: str, pressed: bool, language: str) -> Html:
    said = text(f"page.feedback.{verdict}", language)
    return element(
        "button",
        icon(verdict),
        type="button",
        class_="text-button thumb",
        data_do="judge",
        data_verdict=verdict,
        aria_pressed="true" if pressed else "false",
        aria_label=said,
        title=said,
    )


def _why(exchange: Exchange, language: str) -> Html:
    said = text("page.feedback.why", language)
    return element(
        "form",
        element(
            "input",
            type="text",
            dir="auto",
            maxlength=str(LONGEST_REASON),
            placeholder=said,
            aria_label=said,
            value=exchange.reason or None,
        ),
        element("button", text("page.feedback.send", language), class_="text-button"),
        class_="why",
        hidden=True,
    )

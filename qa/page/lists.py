"""The list of a reader's conversations."""

from __future__ import annotations

from collections.abc import Sequence

from qa.library.journal import Kept
from qa.page.controls import tool
from qa.page.dates import digits, reader_date
from qa.page.markup import Html, direction, element, line, prose
from qa.texts import text


def conversations_html(kept: Sequence[Kept], language: str, *, now: str = "", sought: str = "") -> Html:
    """Conversations, each with what can be done with it; ``now`` is the one that is open."""
    if not kept:
        said = text("page.kept.not_found" if sought.strip() else "page.kept.none", language)
        return element("p", said, class_="quiet")
    return element("ul", *(_item(each, language, each.id == now) for each in kept))


def _item(kept: Kept, language: str, open_: bool) -> Html:
    around = direction(kept.title)
    count = len(kept.questions)
    questions = text(
        "page.kept.questions_one" if count == 1 else "page.kept.questions", language, count=digits(count, language)
    )
    return element(
        "li",
        element(
            "button",
            element("span", prose(kept.title, around), class_="title", dir=around),
            element("small", line(reader_date(kept.changed, language) or ""), " · ", questions),
            type="button",
            class_="kept",
            data_do="recall",
            aria_current="true" if open_ else None,
        ),
        tool("edit", "page.kept.rename_label", language, do="rename"),
        tool("bin", "page.kept.delete_label", language, do="delete"),
        data_conversation=kept.id,
    )

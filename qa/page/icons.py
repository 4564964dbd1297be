"""The few drawings of the page, as outlines of 24 by 24."""

from __future__ import annotations

from typing import Final

from qa.page.markup import Html, element

_PATHS: Final = {
    "send": "M12 20V5m-6 6 6-6 6 6",
    "stop": "M7 7h10v10H7z",
    "copy": "M9 9h10v11H9zM5 15V4h10",
    "again": "M4 12a8 8 0 1 0 2.5-5.8M4 4v4.5h4.5",
    "edit": "M5 19l1-4L16.5 4.5l3 3L9 18zM14 7l3 3",
    "filter": "M4 6h16M7 12h10M10 18h4",
    "close": "M6 6l12 12M18 6 6 18",
    "theme": "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
    "out": "M14 5h5v5M19 5l-8 8M10 5H5v14h14v-5",
    "plug": "M9 4v5m6-5v5M6 9h12v3a6 6 0 0 1-12 0zM12 18v3",
    "book": "M5 5h5a2 2 0 0 1 2 2v12a2 2 0 0 0-2-2H5zM19 5h-5a2 2 0 0 0-2 2v12a2 2 0 0 1 2-2h5z",
    "save": "M12 4v11m-5-5 5 5 5-5M5 20h14",
    "more": "M12 5.5v.01M12 12v.01M12 18.5v.01",
    "list": "M4 6h16M4 12h16M4 18h10",
    "search": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5",
    "bin": "M5 7h14M10 4h4M7 7l1 13h8l1-13M10 11v5M14 11v5",
    "good": "M7 11v9H4v-9zM7 11l4-7a2 2 0 0 1 2 2v4h5.5a1.5 1.5 0 0 1 1.5 1.8l-1.3 6.5a2 2 0 0 1-2 1.7H7",
    "bad": "M7 13V4H4v9zM7 13l4 7a2 2 0 0 0 2-2v-4h5.5a1.5 1.5 0 0 0 1.5-1.8l-1.3-6.5A2 2 0 0 0 16.7 4H7",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
    "before": "M14 6l-6 6 6 6",
    "after": "M10 6l6 6-6 6",
    "add": "M12 20V8m-5 5 5-5 5 5M5 4h14",
    "new": "M12 5v14M5 12h14",
}


def icon(name: str) -> Html:
    """A drawing that says nothing to screen readers: its button is labelled."""
    return element(
        "svg",
        element("path", d=_PATHS[name]),
        viewbox="0 0 24 24",
        class_="icon",
        aria_hidden="true",
        focusable="false",
    )

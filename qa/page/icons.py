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

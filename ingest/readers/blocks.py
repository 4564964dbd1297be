"""The paragraphs of a tree of tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# The tags that begin a new paragraph: those of trafilatura's trees (head is a heading there), then those of HTML.
_BLOCKS = frozenset(
    "p head item row quote code list table div body main lb "
    "h1 h2 h3 h4 h5 h6 li tr ul ol dl dt dd br hr section article aside blockquote pre figure figcaption header".split()
)
_CELLS = frozenset({"cell", "td", "th"})
_SILENT = frozenset({"script", "style", "template", "noscript", "title"})
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def paragraphs(element: Any) -> Iterator[str]:
    """The text of each innermost block, in order, its white space made single. Cells of a row are joined."""
    pieces: list[str] = []
    for text in _flow(element):
        if text is not None:
            pieces.append(text)
            continue
        paragraph = _SPACE.sub(" ", "".join(pieces)).strip()
        pieces.clear()
        if paragraph:
            yield paragraph


def _flow(root: Any) -> Iterator[str | None]:
    """Text in reading order, with None wherever a block begins or ends."""
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else None
        if tag in _BLOCKS:
            yield None
        if event == "start":
            if tag not in _SILENT:
                yield element.text or ""
            continue
        if tag in _CELLS and element.getnext() is not None:
            yield " | "
        if element is not root:
            yield element.tail or ""
    yield None

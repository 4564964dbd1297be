"""Teasers of a web page: blocks that are a linked headline, with the paragraphs that stand beside it in its box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.layout import squash

_HEADLINE_WORDS = range(4, 31)
_MOST = 20
_BOX_LETTERS = 700  # of a box that holds a headline and its lines; one with more is a part of the page
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "div", "article", "section", "figcaption", "dt"})
_PLACES = frozenset({"nav", "header", "footer", "form", "menu", "button", "label"})
_ELSEWHERE = re.compile(r"^(?:https?:)?//|^/|^[\w.-]+/|^[\w.-]+\.(?:html?|php|aspx?)")


@dataclass(frozen=True, slots=True)
class PageTeaser:
    """A headline that leads to another story, and the page's lines on it ("" when it has none)."""

    headline: str
    lines: str


def page_teasers(tree: Any, title: str | None, hidden: Sequence[str] = ()) -> list[PageTeaser]:
    """The teasers of a parsed page, at most 20.

    ``title`` is the article's own, which may be a link too; ``hidden`` are XPaths of what a browser does not show.
    """
    unseen = {element for path in hidden for element in tree.xpath(path)}
    found: dict[str, PageTeaser] = {}
    own = squash(title or "")
    for link in tree.iter("a"):
        headline = _flat(link)
        key = squash(headline)
        if len(headline.split()) not in _HEADLINE_WORDS or key == own or not _leads_elsewhere(link):
            continue
        block = _block_of(link)
        if block is None or squash(_flat(block)) != key:
            continue
        if any(each.tag in _PLACES or each in unseen for each in link.iterancestors()) or link in unseen:
            continue
        teaser = PageTeaser(headline, _lines_beside(block, headline))
        if key not in found or (teaser.lines and not found[key].lines):
            found[key] = teaser
        if len(found) == _MOST:
            break
    return list(found.values())


def _leads_elsewhere(link: Any) -> bool:
    return bool(_ELSEWHERE.match(link.get("href") or ""))


def _block_of(link: Any) -> Any:
    """The headline's own block: inside the link, or the nearest one around it."""
    inside = next((each for each in link.iterdescendants() if each.tag in _BLOCKS), None)
    if inside is not None:
        return link
    return next((each for each in link.iterancestors() if each.tag in _BLOCKS), None)


def _lines_beside(block: Any, headline: str) -> str:
    """What the smallest box around the headline says beside it."""
    for box in block.iterancestors():
        if box.tag in ("body", "main", "html"):
            return ""
        whole = _flat(box)
        if len(whole) > _BOX_LETTERS:
            return ""
        if whole == headline:
            continue
        if box.tag in ("ul", "ol") or sum(1 for _ in _headlines(box)) > 1:
            return ""
        texts = [text for each in box.iter("p") if each is not block and (text := _flat(each)) and text != headline]
        return " ".join(dict.fromkeys(texts))
    return ""


def _headlines(box: Any) -> Iterator[Any]:
    return (link for link in box.iter("a") if len(_flat(link).split()) in _HEADLINE_WORDS)


def _flat(element: Any) -> str:
    return " ".join(element.text_content().split())

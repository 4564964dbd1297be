"""Web pages: trafilatura finds the article; title, author, outlet and date come from what the page states."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ingest.clutter import Clutter
from ingest.decoding import decode
from ingest.readers.blocks import paragraphs
from ingest.readers.page_metadata import PageMetadata, page_metadata
from ingest.readers.page_teasers import PageTeaser, page_teasers
from ingest.records import Draft
from qa.errors import SourceError

MAX_BYTES = 20_000_000
MAX_ELEMENTS = 50_000
"""Long pages have some thousands; the time that trafilatura takes grows with the square of their number."""

MAX_DEPTH = 200
"""libxml2 gives up at 256, and drops what lies deeper."""

_ENDLESS_TAG = re.compile(r"<[A-Za-z](?:[^<>=]{0,2000}=){2000}")  # libxml2 compares each attribute with all others
_CHARSET = re.compile(rb"""<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


# What a browser does not show is not what the article says to its readers.
_HIDDEN = [
    "//*[@hidden]",
    "//*[contains(translate(@style, ' ', ''), 'display:none')]",
    "//*[contains(translate(@style, ' ', ''), 'visibility:hidden')]",
]
_MEDIA_RULE = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")  # print hides menus; that hides nothing here
_HIDDEN_CLASS = re.compile(r"\.([\w-]+)\s*\{[^{}]*(?:display\s*:\s*none|visibility\s*:\s*hidden)")


def read_html(data: bytes, encoding: str | None = None) -> Draft:
    """The article of a web page, its paragraphs separated by an empty line. Raises SourceError.

    ``encoding`` is what came with the page; it counts before what the page says of itself. A damaged letter matters
    only where it is the article's. The text is built from trafilatura's tree and not taken from its plain output,
    which loses half-spaces.
    """
    if len(data) > MAX_BYTES:
        raise SourceError(f"is larger than {MAX_BYTES // 1_000_000} MB, too large for a web page")
    tree = _parse(decode(data, encoding, _declared(data), mend=True))
    metadata = page_metadata(tree)
    text = "\n\n".join(paragraphs(_article(tree)))
    if not text:
        _refuse_depth(tree)
        raise SourceError("has no article text; it may be built by scripts in the browser")
    if "\ufffd" in text and "\ufffd".encode() not in data:
        raise SourceError("is damaged: some of its article's letters are lost; save it as UTF-8")
    told = _with_teasers(text, page_teasers(tree, metadata.title, _hidden(tree)))
    return replace(_draft(text, metadata), text=told.text, clutter=told.clutter)


class _Told(NamedTuple):
    text: str
    clutter: tuple[Clutter, ...]


def _with_teasers(text: str, teasers: Sequence[PageTeaser]) -> _Told:
    """The text with the page's teasers marked: where they stand in it, or else added below the article."""
    marked: list[Clutter] = []
    for teaser in teasers:
        whole = "\n".join(filter(None, (teaser.headline, teaser.lines)))
        at = f"\n{text}\n".find(f"\n{teaser.headline}\n")
        if at < 0:
            if teaser.lines and teaser.lines in text:
                continue  # the article's own picture or summary, linked
            text = f"{text}\n\n{whole}"
            at = len(text) - len(whole)
            marked.append(Clutter(at, len(text), "teaser"))
            continue
        end = at + len(teaser.headline)
        below = f"\n\n{teaser.lines}"
        marked.append(Clutter(at, end + len(below) if teaser.lines and text.startswith(below, end) else end, "teaser"))
    return _Told(text, tuple(sorted(marked, key=lambda each: each.start)))


def _draft(text: str, metadata: PageMetadata) -> Draft:
    return Draft(
        text=text,
        title=metadata.title,
        source=metadata.site,
        url=metadata.url,
        author=metadata.author,
        published=metadata.published,
        language=metadata.language,
        head=metadata.head,
        modified=metadata.modified,
        section=metadata.section,
        place=metadata.place,
    )


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def _parse(text: str) -> Any:
    from lxml import etree
    from trafilatura import load_html

    if _ENDLESS_TAG.search(text):
        raise SourceError("has a tag with thousands of attributes; it is no page of news")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # the run's report says what failed
    try:
        tree = load_html(text)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(f"is no readable web page: {error}") from error
    if tree is None:
        raise SourceError("is no readable web page")
    count = sum(1 for _ in tree.iter())
    if count > MAX_ELEMENTS:
        raise SourceError(f"is built of {count:,} elements, too many to be read (at most {MAX_ELEMENTS:,})")
    return tree


def _refuse_depth(tree: Any) -> None:
    """Raises SourceError when the page is nested so deeply that its text may have been dropped."""
    from lxml import etree

    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest >= MAX_DEPTH:
        raise SourceError("is nested too deeply to be read")


def _hidden(tree: Any) -> list[str]:
    """XPaths of the elements that the page hides, by themselves or by a class of its own style sheet."""
    styles = _MEDIA_RULE.sub("", "\n".join(style.text or "" for style in tree.iter("style")))
    spaced = "concat(' ', normalize-space(@class), ' ')"
    classes = dict.fromkeys(_HIDDEN_CLASS.findall(styles))
    return [*_HIDDEN, *(f"//*[contains({spaced}, ' {name} ')]" for name in classes)]


def _article(tree: Any) -> Any:
    """The tree of the article alone, in trafilatura's own tags. Raises SourceError when there is none."""
    from copy import deepcopy

    from trafilatura import bare_extraction

    try:
        found = bare_extraction(deepcopy(tree), include_comments=False, with_metadata=False, prune_xpath=_hidden(tree))
    except RecursionError as error:
        raise SourceError("is nested too deeply to be read") from error
    body = getattr(found, "body", None)
    if body is None:
        _refuse_depth(tree)
        raise SourceError("has no article text; it may be built by scripts in the browser")
    return body

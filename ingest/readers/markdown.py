"""Markdown: the file as it is; ``key: value`` lines between two ``---`` at its top are metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.clutter import Clutter
from ingest.decoding import decode
from ingest.records import Draft

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_MARKUP = re.compile(
    r"^#{1,6}[ \t]+|[ \t]{1,9}#{1,6}$|!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)|<!--(?:(?!<!--).){0,5000}?-->"
    r"|^[ \t]{0,3}([-*_])(?:[ \t]?\1){2,80}[ \t]{0,9}$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Fields by lower-case name, and the offset at which the front matter ends (0 without one)."""

    fields: dict[str, str]
    end: int

    def first(self, *names: str) -> str | None:
        """The first of these fields that is there and not empty."""
        return next((self.fields[name] for name in names if self.fields.get(name)), None)


def front_matter(text: str) -> FrontMatter:
    """The metadata on top of a Markdown text. Values lose their quotes; what is not ``key: value`` is passed over."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return FrontMatter({}, 0)
    fields = {name.lower(): _unquoted(value) for name, value in _FIELD.findall(found.group(1))}
    return FrontMatter(fields, found.end())


def read_markdown(data: bytes, encoding: str | None = None) -> Draft:
    """The whole text with its metadata. ``encoding`` is what came with it. Raises SourceError."""
    text = decode(data, encoding)
    front = front_matter(text)
    heading = _HEADING.search(text, front.end)
    return Draft(
        text=text,
        title=front.first("title") or (heading.group(1).strip("*_ ") if heading else None),
        source=front.first("source", "outlet", "site", "publisher"),
        url=front.first("url", "link", "canonical"),
        author=front.first("author", "authors", "by"),
        published=front.first("published", "date", "pubdate", "created"),
        language=front.first("lang", "language"),
        modified=front.first("modified", "updated", "lastmod"),
        section=front.first("section", "category"),
        place=front.first("place", "location", "dateline"),
        clutter=_markup(text, front.end),
    )


def _markup(text: str, start: int) -> tuple[Clutter, ...]:
    """The front matter, and the marks that are no words: heading signs, pictures, comments, rules."""
    found = [Clutter(match.start(), match.end(), "markup") for match in _MARKUP.finditer(text, start)]
    return (Clutter(0, start, "markup"), *found) if start else tuple(found)


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value

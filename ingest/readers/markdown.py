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
    r"^#{1,6}[ \t]+|[ \t]+#+$|!\[[^\]\n]*\]\([^)\n]*\)|<!--.*?-->|^[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$", re.M | re.S
)
_NAMES = {
    "published": ("published", "date", "pubdate", "created"),
    "source": ("source", "outlet", "site", "publisher"),
    "author": ("author", "authors", "by"),
    "language": ("lang", "language"),
    "url": ("url", "link", "canonical"),
    "title": ("title",),
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Fields by lower-case name, and the offset at which the front matter ends (0 without one)."""

    fields: dict[str, str]
    end: int


def front_matter(text: str) -> FrontMatter:
    """The metadata on top of a Markdown text. Values lose their quotes; what is not ``key: value`` is passed over."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return FrontMatter({}, 0)
    fields = {name.lower(): _unquoted(value) for name, value in _FIELD.findall(found.group(1))}
    return FrontMatter(fields, found.end())


def read_markdown(data: bytes) -> Draft:
    """The whole text with its metadata. Raises SourceError."""
    text = decode(data)
    front = front_matter(text)
    given = {field: _first(front.fields, names) for field, names in _NAMES.items()}
    if given["title"] is None and (heading := _HEADING.search(text, front.end)):
        given["title"] = heading.group(1).strip("*_ ")
    return Draft(text=text, clutter=_markup(text, front.end), **given)


def _markup(text: str, start: int) -> tuple[Clutter, ...]:
    """The front matter, and the marks that are no words: heading signs, pictures, comments, rules."""
    found = [Clutter(match.start(), match.end(), "markup") for match in _MARKUP.finditer(text, start)]
    return (Clutter(0, start, "markup"), *found) if start else tuple(found)


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((fields[name] for name in names if fields.get(name)), None)


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value

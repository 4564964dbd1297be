"""JSON Lines: a line an article, ``{"id"?, "text", "title"?, "source"?, "url"?, "author"?, "published"?, "lang"?,
"modified"?, "section"?, "place"?}``."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.decoding import refuse_surrogates
from ingest.records import Draft
from qa.errors import SourceError


class ArticleLine(BaseModel):
    """One line, as it must be; keys that are not listed are allowed and passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    text: str = Field(min_length=1)
    id: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    lang: str | None = None
    modified: str | None = None
    section: str | None = None
    place: str | None = None


def parse_line(data: bytes | str) -> ArticleLine:
    """The article on one line. Raises SourceError that says what is wrong with it."""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"is not JSON: {_why(error)}") from error
    if not isinstance(values, dict):
        raise SourceError('is not an article: a line must be an object with "text"')
    _refuse_damage(values)
    try:
        line = ArticleLine.model_validate(values)
    except ValidationError as error:
        raise SourceError(_explain(error)) from error
    if not line.text.strip():
        raise SourceError("has an empty text")
    return line


def read_json_article(data: bytes) -> Draft:
    """The article on one line as a draft; its text is what the line says. Raises SourceError."""
    line = parse_line(data)
    return Draft(
        text=line.text,
        title=line.title,
        source=line.source,
        url=line.url,
        author=line.author,
        published=line.published,
        language=line.lang,
        modified=line.modified,
        section=line.section,
        place=line.place,
    )


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos}"
    return "it is not in UTF-8" if isinstance(error, UnicodeDecodeError) else "it is nested too deeply"


def _explain(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    name = ".".join(map(str, first["loc"]))
    return f"has no {name!r}" if first["type"] == "missing" else f"has a {name!r} that does not fit: {first['msg']}"


def _refuse_damage(values: dict[str, Any]) -> None:
    for name in ArticleLine.model_fields:
        value = values.get(name)
        if isinstance(value, str):
            refuse_surrogates(value)
            if "\x00" in value:
                raise SourceError(f"holds a NUL character in {name!r}")

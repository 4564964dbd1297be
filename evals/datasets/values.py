"""A case and a set of them, as every source of cases gives them. ``evals/cases/README.md`` explains each field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from qa.library import Library
from qa.values import Filters

Progress = Callable[[int, int], None]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)


class Expected(_Strict):
    """A stretch of an article that answers. ``start`` is its offset, for a quote that stands there more than once.

    ``article`` is an id, an address, or the end of the path it was read from, with ``#id`` behind a bulk file.
    ``grade`` is how relevant it is, for sets that judge that.
    """

    article: str = Field(min_length=1)
    quote: str = Field(min_length=1)
    answers: tuple[str, ...] = ()
    start: int | None = Field(default=None, ge=0)
    grade: int = Field(default=1, ge=0)


class CaseFilters(_Strict):
    """The filters of ``sanad ask``; days are inclusive."""

    since: date | None = None
    until: date | None = None
    source: str | None = None
    lang: Literal["fa", "ar", "en"] | None = None

    def to_filters(self) -> Filters:
        """As the library takes them."""
        return Filters(self.since, self.until, self.source, self.lang)


class Case(_Strict):
    """One question, and what a right answer rests on."""

    id: str = Field(min_length=1)
    language: str = Field(min_length=2, max_length=3)
    tags: tuple[str, ...] = Field(min_length=1)
    question: str
    answerable: bool
    expected: tuple[Expected, ...]
    turns: tuple[str, ...] = ()
    filters: CaseFilters = CaseFilters()
    match: Literal["any", "all"] = "any"
    rejected: tuple[str, ...] = ()

    @field_validator("question")
    @classmethod
    def _asks_something(cls, question: str) -> str:
        if not question.strip():
            raise ValueError("is empty")
        return question

    @model_validator(mode="after")
    def _can_be_judged(self) -> Case:
        if self.answerable and not self.expected:
            raise ValueError("answerable, but no sentence is expected")
        if self.answerable and not all(each.answers for each in self.expected):
            raise ValueError("answerable, but an expected sentence has no answers")
        return self


@dataclass(frozen=True, slots=True)
class Dataset:
    """Cases by one name. ``fill`` brings what they are asked of into an empty library; None leaves it as it is.

    ``searches`` are cases of which only the retrieved articles are judged; nothing is answered.
    """

    name: str
    cases: tuple[Case, ...]
    content: str
    fill: Callable[[Library, Progress | None], None] | None = None
    searches: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 over the cases and over what the library is filled with (``content``)."""
        whole = sha256(self.content.encode())
        for case in self.cases:
            whole.update(case.model_dump_json().encode())
        return whole.hexdigest()

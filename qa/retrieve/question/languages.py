"""The language of articles, where a question names it: "in Arabic articles", «در رسانه‌های عربی»."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qa.filters import LANGUAGES
from qa.retrieve.question.cues import Asked, phrases
from qa.values import Filters, Understanding

NEWS_AGENCY: Final = frozenset({"agency", "agencies", "network", "channel"})


def read_language(asked: Asked) -> Iterator[Understanding]:
    """The language that the question wants its articles in, if it names just one."""
    found = {each.filters.language: each for each in _all(asked)}
    if len(found) == 1:
        yield from found.values()


def _all(asked: Asked) -> Iterator[Understanding]:
    whole = asked.joined(0, len(asked.words))
    if not any(name in whole for name in phrases(*(f"language.{language}" for language in LANGUAGES))):
        return
    for place in range(len(asked.words)):
        for language in LANGUAGES:
            end = _ends(asked, place, language)
            start = asked.before(place, "language.before")
            if end is None or (start is None and place > 0):
                continue
            first, last = asked.span(place if start is None else start, end)
            yield Understanding("language", asked.text[first:last], first, last, Filters(language=language))


def _ends(asked: Asked, place: int, language: str) -> int | None:
    """Where articles in a language, named from word ``place`` on, end: noun and language, or the other way round."""
    for first, second in (("language.noun", f"language.{language}"), (f"language.{language}", "language.noun")):
        middle = asked.after(place, first)
        end = asked.after(middle, second) if middle is not None else None
        if end is not None and asked.joined(end, end + 1) not in NEWS_AGENCY:
            return end
    return None

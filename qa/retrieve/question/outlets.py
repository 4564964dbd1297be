"""The outlet whose articles a question wants: "according to the Gazette", «به گزارش …», بحسب صحيفة …."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from qa.retrieve.question.cues import LONGEST, Asked, phrases, squeezed
from qa.text import words
from qa.values import Filters, Understanding

LONGEST_NAME: Final = 8  # words
SHORTEST_LAST_WORD: Final = 4  # letters of "Gazette" in "the Gazette"


@dataclass(frozen=True, slots=True)
class Outlets:
    """The outlets of a library by what they may be called, folded and without spaces."""

    called: Mapping[str, str]

    @classmethod
    def named(cls, names: Iterable[str]) -> Outlets:
        """From the outlets' names as the articles give them. What could mean two of them means none."""
        names = sorted(set(names))
        aliases = {name: _aliases(name) for name in names}
        bearers = Counter(alias for found in aliases.values() for alias in found)
        whole = {squeezed(name): name for name in names}
        return cls({alias: name for name in names for alias in aliases[name] if bearers[alias] == 1} | whole)


def read_outlet(asked: Asked, outlets: Outlets) -> Iterator[Understanding]:
    """The outlet that the question names as its source, if it is just one."""
    found = {each.filters.source: each for each in _all(asked, outlets)}
    if len(found) == 1:
        yield from found.values()


def _all(asked: Asked, outlets: Outlets) -> Iterator[Understanding]:
    at = 0
    while at < len(asked.words):
        stop = _end_of_name(asked, at, outlets)
        if stop is None:
            at += 1
            continue
        start, end = _cue_before(asked, at), asked.after(stop, "says.after")
        if start is not None or end is not None:
            first, last = asked.span(at if start is None else start, stop)
            name = _name(asked.joined(at, stop), outlets)
            yield Understanding("source", asked.text[first:last], first, last, Filters(source=name))
        at = stop


def _end_of_name(asked: Asked, at: int, outlets: Outlets) -> int | None:
    """Where the longest outlet's name ends that begins at word ``at``."""
    furthest = min(at + LONGEST_NAME, len(asked.words))
    return next((stop for stop in range(furthest, at, -1) if _name(asked.joined(at, stop), outlets)), None)


def _cue_before(asked: Asked, at: int) -> int | None:
    """Where the cue begins that stands before a name, with "the newspaper" or «روزنامه» between them or not."""
    start = asked.before(at, "says.before")
    while start is None and (kind := asked.before(at, "outlet.kind")) is not None:
        at = kind
        start = asked.before(at, "says.before")
    return start


def _name(called: str, outlets: Outlets) -> str | None:
    """The outlet that is called so, with an Arabic preposition written on to it or an English genitive."""
    bare = called.removesuffix("'s").removesuffix("’s")
    spellings = [bare]
    if bare.startswith("لل"):
        spellings.append("ال" + bare[2:])
    if bare[:1] in ("ل", "ب"):
        spellings.append(bare[1:])
    return next((outlets.called[each] for each in spellings if each in outlets.called), None)


def _aliases(name: str) -> set[str]:
    """The name; without what kind of outlet it is; and the last word of an English name, as in "the Gazette"."""
    parts = [word.folded for word in words(name)]
    kinds = phrases("outlet.kind")
    aliases = {"".join(parts)}
    for size in range(1, min(LONGEST, len(parts))):
        if "".join(parts[:size]) in kinds:
            aliases.add("".join(parts[size:]))
        if "".join(parts[-size:]) in kinds:
            aliases.add("".join(parts[:-size]))
    last = parts[-1] if parts else ""
    if last.isascii() and len(last) >= SHORTEST_LAST_WORD and last not in phrases("language.noun", "outlet.kind"):
        aliases.add(last)
    return aliases - {""}

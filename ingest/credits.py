"""Who published a text, who wrote it and where, where the text itself says so in one of the ways that pages have.

منبع: …  /  Source: …                    a line of its own
© 2026 The Ledger                        a copyright notice
خبرگزاری …                               a line above the headline that begins as an outlet's name does
LONDON (Reuters) -   تهران - ایرنا -      the first words, when the name is a known agency's
… ؛ … -                                  the first words: outlet, then author
… ./تسنیم                                the last word, when the name is a known agency's
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.datelines import named_author
from ingest.layout import Line, squash
from ingest.phrases import phrases
from ingest.wording import Kind
from qa.values import Span

_NOTICE = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[\s©]*(?:\d{4})?(?:\s*[-–]\s*\d{4})?[\s,،:]*([^.|،,©\d]{2,60})", re.IGNORECASE
)
_BELONGS = re.compile(r"(?:متعلق به|برای|محفوظة ل)\s*([^.،,©\d]{3,50}?)\s*(?:است|می\s*باشد|میباشد|محفوظ|[.©]|$|\d)")
_RIGHTS = re.compile(r"\s*(?:all rights reserved|جميع الحقوق|کلیه حقوق|تمامی حقوق).*$", re.IGNORECASE)
_SIGNED = re.compile(r"(?<=[.!؟?»])\s*/\s*([^\W\d_][^./]{1,30})$")
_PLACED = re.compile(r"^(?P<place>.{0,40}?)\((?P<wire>[^()\d]{2,24})\)\s*[-–—:]")
_DASHED = re.compile(r"^(?P<place>[^-–—]{2,24}?)\s*[-–—/]\s*(?P<wire>[^-–—()]{2,30}?)\s*[-–—:]\s")
_CAPITALS = re.compile(
    r"^(?P<place>[A-Z][A-Z.'’ ]{2,30}[A-Z](?:, [A-Z][\w. ]{2,20})?)(?:, [A-Z][a-z]{2,8}\.? \d{1,2})? ?[-–—] "
)
_DAY_AFTER_PLACE = re.compile(r",?\s*(?:[A-Z][a-z]{2,8}\.? \d{1,2})?\s*$")
_PAIRED = re.compile(r"^([^؛.:]{3,40})؛\s*([^؛.:*-]{3,30}?)\*?\s+[-–—]\s")
_NUMBERS = re.compile(r"[\d:/.]*\d[\d:/.]*")
_PARTS = re.compile(r"[|,،•·]|\s[-–—/]\s")
_PATH = re.compile(r"\s*[»›>/]\s*")
_SIGNATURE_LETTERS = 60
_OUTLET_WORDS = 6
_AUTHOR_WORDS = 4
_PLACE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Credits:
    """Outlet, author and place as the text names them.

    ``signature`` is the range of a name put after the last sentence. ``section`` is the one that stands beside the
    date, or alone above the headline.
    """

    outlet: str | None = None
    author: str | None = None
    signature: Span | None = None
    place: str | None = None
    section: str | None = None


def find_credits(lines: Sequence[Line], kinds: Sequence[Kind | None], title: int | None) -> Credits:
    """What a page's lines, of these kinds and with this title, say about outlet and author."""
    body = [line for line, kind in zip(lines, kinds, strict=True) if kind is None]
    opening = next((line for line in body if line.prose), None)
    pair = _PAIRED.match(opening.text) if opening else None
    paired = pair if pair and _few(pair[1], _OUTLET_WORDS) and _few(pair[2], _AUTHOR_WORDS) else None
    signature = _signature(lines, kinds)
    outlet = (
        _labelled(lines)
        or (paired[1].strip() if paired else None)
        or (_wire(opening.text) if opening else None)
        or (signature.name if signature else None)
        or _heading(lines[: title or 0], kinds)
        or _from_notice(lines, kinds)
    )
    author = _byline(lines, kinds) or (paired[2].strip() if paired else None)
    return Credits(
        outlet,
        author,
        signature.span if signature else None,
        filed_from(opening.text, outlet) if opening else None,
        _section(lines, kinds, title),
    )


@dataclass(frozen=True, slots=True)
class _Signature:
    name: str
    span: Span


def _few(text: str, most: int) -> bool:
    return len(text.split()) <= most


def _labelled(lines: Sequence[Line]) -> str | None:
    for line in lines:
        label, colon, name = line.bare.partition(":")
        if colon and squash(label) in phrases().outlet and name.strip() and _few(name, _OUTLET_WORDS):
            return name.strip(" .")
    return None


def _wire(opening: str) -> str | None:
    for pattern in (_PLACED, _DASHED):
        found = pattern.match(opening)
        if found and squash(found["wire"]) in phrases().wire:
            return found["wire"].strip()
    return None


def filed_from(opening: str, outlet: str | None) -> str | None:
    """The place that the first words name before an agency's or the outlet's own name, or in capitals before a dash."""
    names = phrases().wire | ({squash(outlet)} if outlet else frozenset())
    for pattern in (_PLACED, _DASHED):
        found = pattern.match(opening)
        if found and squash(found["wire"]) in names:
            return _place(found["place"])
    found = _CAPITALS.match(opening)
    return _place(found["place"]) if found else None


def _place(words: str) -> str | None:
    place = _DAY_AFTER_PLACE.sub("", words).strip(" ،,-–—:")
    return place if place and _few(place, _PLACE_WORDS) and not any(map(str.isdecimal, place)) else None


def _section(lines: Sequence[Line], kinds: Sequence[Kind | None], title: int | None) -> str | None:
    """The section's name beside the date, the last one of a path above the headline, or the only one there."""
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "dateline":
            for part in _PARTS.split(_NUMBERS.sub("|", line.bare)):
                if squash(part) in phrases().section:
                    return part.strip()
    above = [line for line, kind in zip(lines[: title or 0], kinds, strict=False) if kind == "menu"]
    for line in above:
        path = [part.strip() for part in _PATH.split(line.text)]
        if len(path) > 1 and squash(path[0]) in phrases().label and squash(path[-1]) in phrases().section:
            return path[-1]
    furniture = sum(kind in ("menu", "label") for kind in kinds[: title or 0])
    return above[0].text if furniture == 1 and above and above[0].key in phrases().section else None


def _signature(lines: Sequence[Line], kinds: Sequence[Kind | None]) -> _Signature | None:
    """The agency's name after the last sentence of the article, with its stroke."""
    ends = [line for line, kind in zip(lines, kinds, strict=True) if kind in (None, "repeat")]
    found = _SIGNED.search(ends[-1].text, max(len(ends[-1].text) - _SIGNATURE_LETTERS, 0)) if ends else None
    if not found or squash(found[1]) not in phrases().wire:
        return None
    return _Signature(found[1].strip(), Span(ends[-1].start + found.start(), ends[-1].end))


def _heading(above: Sequence[Line], kinds: Sequence[Kind | None]) -> str | None:
    for line, kind in zip(above, kinds, strict=False):
        first = squash(line.text.split()[0])
        if kind in (None, "menu") and first in phrases().agency and 1 < line.words <= _OUTLET_WORDS and not line.closed:
            return line.text
    return None


def _from_notice(lines: Sequence[Line], kinds: Sequence[Kind | None]) -> str | None:
    for line, kind in zip(lines, kinds, strict=True):
        if kind != "notice":
            continue
        for pattern in (_NOTICE, _BELONGS):
            found = pattern.search(line.text)
            name = _RIGHTS.sub("", found[1]).strip(" -–.") if found else ""
            if name and _few(name, _OUTLET_WORDS) and squash(name) not in phrases().label:
                return name
    return None


def _byline(lines: Sequence[Line], kinds: Sequence[Kind | None]) -> str | None:
    marked = (line for line, kind in zip(lines, kinds, strict=True) if kind == "byline")
    return next((name for line in marked if (name := named_author(line.bare))), None)

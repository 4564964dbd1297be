"""Text with parts of it marked: the quote in its passage, the answering words in the quote, clutter dimmed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from qa.page.markup import Direction, Html, direction, element, join, prose

Kind = Literal["quote", "answer", "clutter", "teaser", "far"]

_LINE: Final = re.compile(r"[^\r\n\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """``[start, end)``, in the offsets of the whole article, is of this kind. ``number`` is a quote's citation."""

    start: int
    end: int
    kind: Kind
    number: int | None = None


def paragraphs(text: str, marks: Iterable[Mark], *, base: int = 0) -> Html:
    """The lines of a text as paragraphs, each in its own direction, with the marks that fall on them.

    ``base`` is where ``text`` begins in the article. Marks may overlap, cross lines and reach beyond the text.
    """
    placed = sorted(marks, key=lambda mark: mark.start)
    lines = [match.span() for match in _LINE.finditer(text)]
    return join(_paragraph(text, start, end, placed, base) for start, end in lines if text[start:end].strip())


def _paragraph(text: str, start: int, end: int, marks: Sequence[Mark], base: int) -> Html:
    here = [mark for mark in marks if mark.start < base + end and mark.end > base + start]
    around = direction(text[start:end])
    edges = sorted({start, end} | {_clip(edge - base, start, end) for mark in here for edge in (mark.start, mark.end)})
    runs = [_run(text[left:right], base + left, here, around) for left, right in pairwise(edges)]
    whole = {mark.kind for mark in here if mark.start <= base + start and mark.end >= base + end}
    classes = " ".join(sorted(whole & {"far", "clutter", "teaser"}))
    return element("p", *runs, dir=around, class_=classes or None)


def _run(text: str, start: int, marks: Sequence[Mark], around: Direction) -> Html:
    over = [mark for mark in marks if mark.start <= start < mark.end]
    kinds = sorted({mark.kind for mark in over})
    if not kinds:
        return prose(text, around)
    numbers = sorted({mark.number for mark in over if mark.kind == "quote" and mark.number is not None})
    name = "mark" if "quote" in kinds or "answer" in kinds else "span"
    return element(
        name,
        prose(text, around),
        class_=" ".join(kinds),
        data_numbers=" ".join(map(str, numbers)) or None,
    )


def _clip(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))

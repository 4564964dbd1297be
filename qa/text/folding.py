"""Folding: one spelling for matching, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from qa.values import Span

_LETTERS = {
    **dict.fromkeys("يىئێےېۍ", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("ةەۀۂہھ", "ه"),
    **dict.fromkeys("أإآٱٲٳ", "ا"),
    **dict.fromkeys("ؤۆ", "و"),
    "ں": "ن",
    "ڕ": "ر",
    "ڵ": "ل",
    "ڤ": "ف",
    "ـ": "",
    "\u200c": " ",
    "\u200b": " ",
    "٫": ".",
    "٬": ",",
    "،": ",",
    "؛": ";",
    "؟": "?",
    "۔": ".",
    "٪": "%",
    **dict.fromkeys("«»“”„‟", '"'),
    **dict.fromkeys("‘’‚‛‹›", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}


def _fold_character(character: str) -> str:
    if character in "\r\n\u2028\u2029\x85\v\f":
        return "\n"
    if character.isspace():
        return " "
    folded = []
    for part in unicodedata.normalize("NFKD", character).casefold():
        if part in _LETTERS:
            folded.append(_LETTERS[part])
        elif part.isdecimal():
            folded.append(str(unicodedata.digit(part)))
        elif unicodedata.category(part) not in ("Mn", "Me", "Cf", "Cc"):
            folded.append(part)
    return "".join(folded)


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_TABLE = _Table()
_RUN = re.compile(r"[ \n]{2,}")


@dataclass(frozen=True)
class Folded:
    """Folded text and where each of its code points came from."""

    text: str
    original: str

    @cached_property
    def offsets(self) -> npt.NDArray[np.intp]:
        """Per folded code point, the offset in the original."""
        places: list[int] = []
        blank = False
        for place, character in enumerate(self.original):
            for part in _TABLE[ord(character)]:
                if part in " \n":
                    if not blank:
                        places.append(place)
                    blank = True
                else:
                    places.append(place)
                    blank = False
        return np.asarray(places, dtype=np.intp)

    def span(self, start: int, end: int) -> Span:
        """The smallest original span that covers folded [start, end), widened over marks."""
        if start >= end:
            place = int(self.offsets[start]) if start < len(self.text) else len(self.original)
            return Span(place, place)
        first, last = int(self.offsets[start]), int(self.offsets[end - 1]) + 1
        while last < len(self.original) and unicodedata.category(self.original[last]) in ("Mn", "Me"):
            last += 1
        return Span(first, last)


def fold(text: str) -> Folded:
    """Fold a text for matching."""
    folded = text.translate(_TABLE)
    return Folded(_RUN.sub(lambda run: "\n" if "\n" in run[0] else " ", folded), text)

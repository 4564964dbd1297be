"""Folding: one spelling for matching, with the way back to the original. Never shown to anybody.

    ي ى ئ ې ێ ے         -> ی     keyboards mix them; رئیس and رییس are one word
    ك ڪ                 -> ک     the same
    ة ۀ ە ہ ھ           -> ه     Persian pages are typed with the Kurdish ە; Arabic ones mix ة and ه
    أ إ آ ٱ ٲ ٳ         -> ا     hamza and madda are left out as often as not
    ؤ ۆ                 -> و     the same: رؤسا, روسا
    ڕ ڵ ں ڤ             -> ر ل ن ف
    ء                   stays: ماء (water) is not ما (what)
    harakat, accents    -> nothing, as are tatweels; Zürich meets Zurich
    ligatures, wide and presentation forms -> their plain letters, which share the offset of the one they came from
    half-space          -> space: می‌رود meets می رود. U+200C, U+200B and ¬, which stands for it in old code pages
    U+00AD U+200E U+200F -> space between two Arabic-script letters, where pages have them for the half-space
    other invisible characters -> nothing
    decimal digits      -> 0-9; superscripts and fractions stay, for 10² is not 102
    ، ؛ ؟ ٪ ٫ ٬ ۔       -> , ; ? % . , .
    quotes, dashes      -> " ' -
    capitals            -> small letters (Unicode case folding)
    runs of white space -> one newline where the run holds one, else one space

Measured by hit@1 of BM25 over words (PQuAD, ParsiNLU, MLQA, ARCD, KaifLematha), each class unfolded in its turn: all
folded 92.5 67.7 49.9 63.0 88.3; harakat kept 92.4 67.0 49.5 58.1 87.4; أإآ kept 92.4 66.8 49.5 61.4 86.2; half-space
deleted 91.9 63.5; digits kept 92.4 67.2; ي ك kept 92.5 67.3 48.9 62.9 88.5; ة kept costs 0.2 in MLQA and 0.3 in
KaifLematha; ى kept costs 0.8 in MLQA and gives 0.2 in KaifLematha; ئ and ؤ change nothing there; ء dropped costs 0.2.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from qa.text.scripts import ARABIC_LETTERS, HALF_SPACES, MARKS, STRAY_HALF_SPACES, TATWEEL
from qa.values import Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_NEWLINES = "\n\r\v\f\x85\u2028\u2029"
_REPLACED = {
    **dict.fromkeys("يىېےێۍ", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("ةەہھۃ", "ه"),
    **dict.fromkeys("ٱٲٳ", "ا"),
    **dict.fromkeys("ۆ", "و"),
    **dict(zip("ںڕڵڤ", "نرلف", strict=True)),
    **dict(zip("،؛؟٪٫٬۔", ",;?%.,.", strict=True)),
    **dict.fromkeys("«»“”„‟〝〞", '"'),
    **dict.fromkeys("‘’‚‛‹›`´′", "'"),
    **dict.fromkeys("‐‑‒–—―−⁃", "-"),
    **dict.fromkeys(HALF_SPACES, " "),
    **dict.fromkeys(_NEWLINES, "\n"),
    TATWEEL: "",
}
_STRIPPED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW")
_IS_MARK = re.compile(f"[{MARKS}]").match
_STRAY_HALF_SPACE = re.compile(f"(?<=[{ARABIC_LETTERS}{MARKS}{TATWEEL}])[{STRAY_HALF_SPACES}]+(?=[{ARABIC_LETTERS}])")
_NOT_MET = 255
_LONG = 64  # code points from which on it is quicker to fold all at once
_ALL_UNITS = 1 << 16
_GONE, _ELSE = 0xFFFE, 0xFFFF  # no characters: what folds to nothing; what is not met yet, or folds to several


def _decompose(character: str) -> str:
    """The compatible plain characters of one character, with its marks apart in the scripts that drop them."""
    decomposition = unicodedata.decomposition(character)
    if decomposition.startswith(("<super>", "<fraction>")):
        return character
    if unicodedata.name(character, "").startswith(_STRIPPED_SCRIPTS) or decomposition.startswith("<"):
        return unicodedata.normalize("NFKD", character)
    return unicodedata.normalize("NFKC", character)


def _fold_character(character: str) -> str:
    if character in _REPLACED:
        return _REPLACED[character]
    if character.isspace():
        return " "
    if _IS_MARK(character) or unicodedata.category(character) in ("Cc", "Cf"):
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    plain = _decompose(character).casefold()
    return plain if plain == character else "".join(map(_fold_character, plain))


class _Table(dict[int, str]):
    """What each code point folds to, worked out when it is first met; ``uneven`` are those that do not fold to one."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        return folded


_TABLE = _Table()


def _mend(text: str) -> str:
    """The text with half-spaces where pages have another invisible character for them; as long as before."""
    if not any(stray in text for stray in STRAY_HALF_SPACES):  # far faster than to look for one between two letters
        return text
    return _STRAY_HALF_SPACE.sub(lambda run: "\u200c" * len(run[0]), text)


def _translate(text: str) -> str:
    """Each character folded. A long text is looked up as one array, five times faster than letter by letter."""
    if len(text) < _LONG or text.isascii():
        return text.translate(_TABLE)
    import numpy as np

    table = _units()
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    folded = table.take(units)
    if folded.max() >= _GONE:
        _meet(units[folded == _ELSE])
        folded = table.take(units)
        if (folded == _ELSE).any():
            return text.translate(_TABLE)
        folded = folded[folded != _GONE]
    return folded.tobytes().decode("utf-16-le")


@cache
def _units() -> npt.NDArray[np.uint16]:
    """What each character of one UTF-16 unit folds to, if to one or none; filled as they are met."""
    import numpy as np

    return np.full(_ALL_UNITS, _ELSE, dtype="<u2")


def _meet(units: npt.NDArray[np.uint16]) -> None:
    table = _units()
    for unit in set(units.tolist()):
        folded = None if 0xD800 <= unit < 0xE000 else _TABLE[unit]  # half of a character says nothing
        if folded == "":
            table[unit] = _GONE
        elif folded and len(folded) == 1 and ord(folded) < _GONE:
            table[unit] = ord(folded)


def _without_runs(folded: str) -> str:
    """One newline or space for each run of them."""
    while "  " in folded:
        folded = folded.replace("  ", " ")
    if "\n" in folded:
        folded = folded.replace(" \n", "\n").replace("\n ", "\n")
        while "\n\n" in folded:
            folded = folded.replace("\n\n", "\n")
    return folded


def _codes(text: str) -> npt.NDArray[np.uint32]:
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@cache
def _lengths() -> npt.NDArray[np.uint8]:
    """How many code points each code point folds to, or ``_NOT_MET``; filled as they are met."""
    import numpy as np

    return np.full(sys.maxunicode + 1, _NOT_MET, dtype=np.uint8)


def _folded_lengths(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    table = _lengths()
    lengths = table[codes]
    if (lengths == _NOT_MET).any():
        for code in set(codes[lengths == _NOT_MET].tolist()):
            table[code] = len(_TABLE[code])
        lengths = table[codes]
    return lengths


@dataclass(frozen=True)
class Folded:
    """A folded text and the way back: ``text`` is for matching, ``original`` is what it was made from."""

    text: str
    original: str

    @cached_property
    def even(self) -> bool:
        """Whether each code point has folded to one, so that offsets in both texts are the same."""
        return len(self.text) == len(self.original) and _TABLE.uneven.isdisjoint(self.original)

    @cached_property
    def offsets(self) -> npt.NDArray[np.intp]:
        """For each code point of ``text``, the offset in ``original`` of the one it came from; never falls.

        Letters of one ligature share an offset; the space of a run of white space has that of the first.
        """
        import numpy as np

        mended = _mend(self.original)
        places = np.repeat(np.arange(len(mended)), _folded_lengths(_codes(mended)))
        if len(places) == len(self.text):
            return places
        codes = _codes(mended.translate(_TABLE))
        white = (codes == ord(" ")) | (codes == ord("\n"))
        kept = np.ones(len(codes), dtype=np.bool_)
        kept[1:] = ~(white[1:] & white[:-1])
        return np.compress(kept, places)

    def span(self, start: int, end: int) -> Span:
        """The smallest range of the original that covers folded ``[start, end)``.

        It takes in the marks and tatweels that follow its last letter, so that no letter loses its vowels.
        An empty range gives the empty range at the same place. Raises IndexError outside the folded text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"[{start}, {end}) is not inside the {len(self.text)} folded code points")
        if start == end:
            place = int(self.offsets[start]) if start < len(self.text) else len(self.original)
            return Span(place, place)
        if self.even:
            return Span(start, end)
        last = int(self.offsets[end - 1]) + 1
        while last < len(self.original) and (self.original[last] == TATWEEL or _IS_MARK(self.original[last])):
            last += 1
        return Span(int(self.offsets[start]), last)


def fold(text: str) -> Folded:
    """``text`` folded for matching. Folding twice gives the same as folding once."""
    return Folded(_without_runs(_translate(_mend(text))), text)

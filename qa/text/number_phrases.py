"""Reads the value of one number from the pieces of a text: digits, number words, magnitudes, fractions, halves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from qa.text.folding import Folded
from qa.text.numerals import (
    NumberWord,
    Piece,
    begins_unit,
    ends_comparator,
    languages_of,
    may_begin_number,
    number_words,
    pieces,
    unit_at,
)

CURRENCY_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "usd": "USD", "eur": "EUR", "gbp": "GBP"}
AND: Final = frozenset({"و", "and"})
RANGE: Final = frozenset({"تا", "الی", "to", "-", "حتی"})
BETWEEN: Final = frozenset({"between", "بین", "مابین"})
NEGATIVE: Final = frozenset({"منفی", "minus", "سالب", "ناقص"})
_SUFFIXES: Final = {
    "k": Decimal(10**3), "m": Decimal(10**6), "mn": Decimal(10**6), "mln": Decimal(10**6), "b": Decimal(10**9),
    "bn": Decimal(10**9), "tn": Decimal(10**12), "trn": Decimal(10**12),
}  # fmt: skip
_PLURAL: Final = frozenset({"ها", "های", "هایی"})
_ORDINAL_ENDINGS: Final = frozenset({"st", "nd", "rd", "th", "م", "مین", "امین", "ام"})
_AFTER_FRACTION: Final = frozenset({"of", "a", "an", "the", "از", "من"})
_PARTS: Final = (
    AND
    | RANGE
    | BETWEEN
    | NEGATIVE
    | _PLURAL
    | _ORDINAL_ENDINGS
    | {*CURRENCY_SIGNS, *_SUFFIXES, "a", "/", "\u2044", "%"}
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from pieces [at, stop). ``scale`` is the last magnitude in it, 1 without one."""

    at: int
    stop: int
    value: Decimal
    ordinal: bool = False
    worded: bool = False
    scale: Decimal = Decimal(1)
    upper: Decimal | None = None
    unit: str | None = None


class Phrases:
    """The pieces of one text and the reading of numbers from them. Indices are those of ``found``."""

    def __init__(self, folded: Folded) -> None:
        self.found: list[Piece] = pieces(folded)
        self.languages = languages_of(folded.original)

    def text(self, at: int) -> str:
        """The piece at ``at``, "" outside the text."""
        return self.found[at].text if 0 <= at < len(self.found) else ""

    def gap(self, at: int) -> int:
        """Code points between piece ``at`` - 1 and piece ``at``; 0 when they touch, 1 at the edges."""
        return self.found[at].start - self.found[at - 1].end if 0 < at < len(self.found) else 1

    def word(self, at: int, *kinds: str) -> NumberWord | None:
        """The reading of piece ``at`` as one of the kinds, in a language of the text."""
        if not 0 <= at < len(self.found) or not self.found[at].is_word:
            return None
        for reading in number_words(self.found[at].text):
            if reading.kind in kinds and reading.language in self.languages:
                return reading
        return None

    def beginnings(self) -> list[int]:
        """Where it is worth while to look for a number; most words are ruled out here."""
        return [at for at, piece in enumerate(self.found) if piece.literal is not None or may_begin_number(piece.text)]

    def lone_literal(self, at: int) -> Decimal | None:
        """The digits at ``at`` when what stands beside them plainly adds nothing: the quick way to most numbers."""
        literal, found = self.found[at].literal, self.found
        if literal is None or (at and (found[at - 1].end == found[at].start or not _adds_nothing(found[at - 1].text))):
            return None
        return literal if at + 1 == len(found) or _adds_nothing(found[at + 1].text) else None

    def number(self, at: int) -> Number | None:
        """The number that begins at piece ``at``, without its unit and sign, or None."""
        if self._inside_code(at) or self._is_indefinite(at):
            return None
        first = self._part(at)
        if first is None:
            return self._bare_fraction(at)
        return self._fraction(first) or self.with_half(self._sum(first))

    def with_half(self, number: Number) -> Number:
        """Adds «و نیم», ونصف, "and a half", in the last magnitude of the number."""
        joined = self.text(number.stop) in AND
        at = number.stop + joined
        at += self.text(at) == "a"
        half = self.word(at, "fraction")
        if half is None or number.ordinal or not (joined or half.joined):
            return number
        magnitude = self.word(at + 1, "magnitude")
        if magnitude is not None and number.scale == 1:
            value = (number.value + half.value) * magnitude.value
            return replace(number, stop=at + 2, value=value, scale=magnitude.value)
        return replace(number, stop=at + 1, value=number.value + half.value * number.scale)

    def _inside_code(self, at: int) -> bool:
        """Digits that touch a Latin letter before them: CO2, km²."""
        before = self.text(at - 1)[-1:]
        return self.found[at].literal is not None and self.gap(at) == 0 and before.isalpha() and before.isascii()

    def _is_indefinite(self, at: int) -> bool:
        """The «هزار» of «ده‌ها هزار»."""
        return self.text(at - 1) in _PLURAL and self.word(at - 2, "cardinal", "magnitude") is not None

    # Sums of parts ----------------------------------------------------------------------------------------------

    def _sum(self, number: Number) -> Number:
        """Adds the parts that follow: «دو میلیون و سیصد هزار و پنجاه»."""
        while True:
            joined = self.text(number.stop) in AND
            part = self._part(number.stop + joined)
            if part is None or not self._may_follow(number, part, joined=joined):
                return number
            scale = min(number.scale, part.scale)
            number = Number(
                number.at, part.stop, number.value + part.value, part.ordinal, number.worded or part.worded, scale
            )

    def _may_follow(self, number: Number, part: Number, *, joined: bool) -> bool:
        """Whether ``part`` is a smaller part of the same number: it fits into the zeros that ``number`` ends in."""
        if number.ordinal:
            return False
        word = self.word(part.at, "cardinal", "ordinal", "magnitude", "dual")
        spoken = word is not None and (word.joined or (word.language == "en" and self.text(number.stop) != ","))
        eleven = self.text(part.at) == "واحد" and part.value == 11  # وأحد عشر, folded
        if not (joined or spoken or eleven):
            return False
        room = number.scale if number.scale > 1 else _room(number.value) if number.worded else Decimal(1)
        return 0 < part.value < room and part.value == part.value.to_integral_value()

    def _part(self, at: int) -> Number | None:
        """A group with its magnitudes: «۲٫۵ میلیارد», "three hundred thousand", مئتا ألف."""
        group = self._group(at)
        if group is None or group.ordinal:
            return group
        value, stop, scale = group.value, group.stop, group.scale
        while (factor := self._factor(stop, group)) is not None:
            value, stop, scale = value * factor, stop + 1, factor * scale
        return replace(group, value=value, stop=stop, scale=scale)

    def _factor(self, at: int, group: Number) -> Decimal | None:
        """The magnitude at ``at``, or the k, m, bn of 5k, $5m, 5bn; "5m" without money or people is metres."""
        magnitude = self.word(at, "magnitude", "plural")
        if magnitude is not None:
            return magnitude.value if self.text(at + 1) not in _PLURAL else None
        factor = _SUFFIXES.get(self.text(at))
        if factor is None or group.worded or self.gap(at) != 0 or at > group.stop:
            return None
        if self.text(at) in ("m", "b") and self.text(group.at - 1) not in CURRENCY_SIGNS:
            following = unit_at(self.found, at + 1)
            return factor if following is not None and following.unit.name in ("person", "USD") else None
        return factor

    # Groups -----------------------------------------------------------------------------------------------------

    def _group(self, at: int) -> Number | None:
        """Digits, or words up to 999, or a bare «هزار», ألفان, the "a" of "a million"."""
        if at >= len(self.found):
            return None
        literal = self.found[at].literal
        if literal is not None:
            return self._digits(at, literal)
        dual = self.word(at, "dual")
        magnitude = self.word(at, "magnitude")
        if dual is not None and magnitude is None:
            return Number(at, at + 1, dual.value * 2, worded=True, scale=dual.value)
        if self.text(at) in ("a", "an"):
            return Number(at, at + 1, Decimal(1), worded=True) if self.word(at + 1, "magnitude") else None
        if magnitude is not None and magnitude.language != "en" and self.text(at + 1) not in _PLURAL:
            after = self.word(at + 1, "cardinal")
            counted = unit_at(self.found, at + 1) is not None or (after is not None and after.joined)
            bare = self.text(at) == "هزار" or counted
            return Number(at, at + 1, magnitude.value, worded=True, scale=magnitude.value) if bare else None
        return self._small_words(at)

    def _digits(self, at: int, literal: Decimal) -> Number:
        stop = at + 1
        slash = self.text(stop) == "/" and self.gap(stop) == 0 and self.gap(stop + 1) == 0
        after = self.found[stop + 1].literal if slash and stop + 1 < len(self.found) else None
        if after is not None and self.text(stop + 1).isdecimal() and self._is_persian_decimal(stop + 2):
            return Number(at, stop + 2, literal + after.scaleb(-len(self.text(stop + 1))))
        ordinal = self.gap(stop) == 0 and self.text(stop) in _ORDINAL_ENDINGS
        return Number(at, stop + ordinal, literal, ordinal)

    def _is_persian_decimal(self, at: int) -> bool:
        """«۲/۵ میلیون», «۳/۵ درصد»: a slash before a magnitude or unit is a decimal point in Persian."""
        if "fa" not in self.languages or (self.text(at).isascii() and self.text(at) != "%"):
            return False
        return self.word(at, "magnitude") is not None or unit_at(self.found, at) is not None

    def _small_words(self, at: int) -> Number | None:
        """Words up to 999 from piece ``at``, each smaller than the zeros before it: «سیصد و بیست و پنج»."""
        word = self.word(at, "cardinal", "ordinal")
        if word is None or self.text(at + 1) in _PLURAL:
            return None
        value, stop, ordinal = word.value, at + 1, word.kind == "ordinal"
        while (step := self._next_small(stop, value, word.language, ordinal=ordinal)) is not None:
            value, stop, ordinal = step.value, step.stop, step.ordinal
        if value % 100 == 30 and word.language == "fa" and self.text(stop) == "ام":
            stop, ordinal = stop + 1, True
        return Number(at, stop, value, ordinal, worded=True)

    def _next_small(self, stop: int, value: Decimal, language: str, *, ordinal: bool) -> Number | None:
        """The words up to here with the next one taken in, or None when it is no part of the same number."""
        next_word = self.word(stop, "cardinal")
        if language == "ar" and next_word is not None and not next_word.joined:
            if value < 10 and next_word.value == 10:
                return Number(stop, stop + 1, value + 10, ordinal)
            if 3 <= value <= 9 and next_word.value == 100:
                return Number(stop, stop + 1, value * 100)
        if language == "en" and self.text(stop) == "hundred" and 0 < value < 100 and not ordinal:
            return Number(stop, stop + 1, value * 100)
        return self._added(stop, value, language, ordinal=ordinal)

    def _added(self, stop: int, value: Decimal, language: str, *, ordinal: bool) -> Number | None:
        joined = self.text(stop) in AND
        hyphen = language == "en" and self.text(stop) == "-" and self.gap(stop) == 0
        at = stop + (joined or hyphen)
        word = self.word(at, "cardinal", "ordinal")
        if word is None or word.language != language or (ordinal and language != "ar"):
            return None
        glued = joined or word.joined or (language == "en" and value >= 20)
        unit_first = language == "ar" and 0 < value % 100 < 10 and 20 <= word.value <= 90
        if not glued or not (word.value < _room(value) or unit_first):
            return None
        return Number(at, at + 1, value + word.value, ordinal or word.kind == "ordinal")

    # Fractions --------------------------------------------------------------------------------------------------

    def _fraction(self, number: Number) -> Number | None:
        """«دو سوم», "two-thirds", "one third", ثلاثة أرباع, 3/4; None when no fraction is written."""
        if number.ordinal or not 0 < number.value < 10 or number.scale > 1:
            return None
        if not number.worded:
            return self._digit_fraction(number)
        at = number.stop + (self.text(number.stop) == "-")
        part = self.word(at, "fraction")
        if part is not None and part.language != "fa" and not part.joined and self.text(at) != "half":
            return Number(number.at, at + 1, number.value * part.value, worded=True)
        below = self.word(at, "ordinal")
        if below is None or below.language == "ar" or not 1 <= number.value < below.value or below.value == 2:
            return None
        if below.language == "en" and number.value != 1:
            return None
        return Number(number.at, at + 1, number.value / below.value, worded=True)

    def _digit_fraction(self, number: Number) -> Number | None:
        at = number.stop
        touching = self.gap(at) == 0 and self.gap(at + 1) == 0
        slash = touching and self.text(at) in ("/", "⁄") and at + 1 < len(self.found)
        below = self.found[at + 1].literal if slash else None
        if below is None or not number.value < below <= 10 or self.text(at + 2) == "/":
            return None
        return Number(number.at, at + 2, number.value / below)

    def _bare_fraction(self, at: int) -> Number | None:
        """«نیم میلیون», "half a million", "a third of", نصف مليون, «نیمی از»; alone («نیم‌فصل») it is nothing."""
        article = self.text(at) in ("a", "an") and self.text(at + 2) == "of"
        part = self.word(at + article, "fraction")
        if part is None and article:
            below = self.word(at + 1, "ordinal")
            part = replace(below, value=1 / below.value) if below is not None and below.value > 2 else None
        if part is None:
            return None
        stop = at + article + 1
        after = stop + (self.text(stop) in ("a", "an"))
        magnitude = self.word(after, "magnitude")
        if magnitude is not None:
            return Number(at, after + 1, part.value * magnitude.value, worded=True, scale=magnitude.value)
        if self.text(stop) in _AFTER_FRACTION or unit_at(self.found, stop) is not None:
            return Number(at, stop, part.value, worded=True)
        return None


@lru_cache(maxsize=1 << 13)
def _adds_nothing(word: str) -> bool:
    """Whether a word or sign can be no part of the number beside it, nor its unit, nor say how exact it is."""
    return not (word in _PARTS or number_words(word) or begins_unit(word) or ends_comparator(word))


def _room(value: Decimal) -> Decimal:
    """The power of ten that ``value`` ends in: 100 for 300, 10 for 20, 1 for 7; what is added must be smaller."""
    digits = str(int(value))
    return Decimal(10 ** (len(digits) - len(digits.rstrip("0")))) if value else Decimal(1)

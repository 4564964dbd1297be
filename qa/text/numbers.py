"""Numbers in Persian, Arabic and English text: digits of any script, number words, magnitudes, units.

What is deliberately not a number: «یک», «واحد» and "one" without a unit or magnitude (an article or pronoun), «نه»
alone (no), «سی» in spelled-out letters (بی‌بی‌سی), weekdays (سه‌شنبه, الاثنين), indefinite plurals (هزاران, ده‌ها,
ملايين, thousands of) and digits inside a code (CO2, km²).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from qa.text.folding import Folded, fold
from qa.text.numerals import (
    Comparator,
    NumberWord,
    Piece,
    UnitMatch,
    comparator_before,
    languages_of,
    number_words,
    pieces,
    unit_at,
    unit_of,
)

_CURRENCY_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_CURRENCY_CODES: Final = frozenset({"usd", "eur", "gbp", "us"})
_SUFFIXES: Final = {
    "k": Decimal(10**3), "m": Decimal(10**6), "mn": Decimal(10**6), "mln": Decimal(10**6), "b": Decimal(10**9),
    "bn": Decimal(10**9), "tn": Decimal(10**12), "trn": Decimal(10**12),
}  # fmt: skip
_AND: Final = frozenset({"و", "and"})
_RANGE: Final = frozenset({"تا", "الی", "to", "-", "حتی"})
_BETWEEN: Final = frozenset({"between", "بین", "ما بین", "مابین"})
_NEGATIVE: Final = frozenset({"منفی", "minus", "سالب", "ناقص"})
_PLURAL: Final = frozenset({"ها", "های", "هایی"})
_SPELLED_LETTERS: Final = frozenset({"بی", "سی", "ان", "ای", "دی", "تی", "وی", "پی", "جی", "اس", "ام", "اف", "ال"})
_WEEKDAY: Final = "شنبه"
_GUARDED: Final = frozenset({"یک", "نه", "one", "واحد", "واحده", "احد", "احدی", "حادی", "حادیه", "الف", "الفا", "ده"})
_TENTH: Final = Decimal(1) / 10


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: ``text[start:end]`` writes it, with its magnitude and unit («۲٫۵ میلیارد دلار»).

    ``value`` includes the magnitude; ``upper`` is the upper end when a range is written, else None. ``unit`` is the
    name of the unit in all three languages: "percent", an ISO currency code ("IRT" for toman), "km", "person", …,
    or None. ``comparator`` is what the words before say (outside the span): "=" exactly, "~" about, ">" more
    than, … ``ordinal`` is true for «سیزدهم», "13th", الثالث; ``worded`` when letters, not digits, write the value.
    """

    start: int
    end: int
    value: Decimal
    unit: str | None = None
    upper: Decimal | None = None
    comparator: Comparator = "="
    ordinal: bool = False
    worded: bool = False

    @property
    def approximate(self) -> bool:
        """Whether the text itself loosens the figure."""
        return self.comparator != "="


def find_numbers(text: str) -> list[Quantity]:
    """The numbers of a text in reading order, without overlaps; offsets are code points of ``text``.

    Years and the numbers inside dates are returned too; ``find_dates`` knows them as dates.
    """
    folded = fold(text)
    return _Reader(folded, pieces(folded), languages_of(text)).quantities()


@dataclass(frozen=True, slots=True)
class _Number:
    """A number read from pieces [at, stop)."""

    at: int
    stop: int
    value: Decimal
    ordinal: bool = False
    worded: bool = False
    scale: Decimal = Decimal(1)
    upper: Decimal | None = None
    unit: str | None = None


class _Reader:
    """Reads the numbers of one text from its pieces."""

    def __init__(self, folded: Folded, found: list[Piece], languages: frozenset[str]) -> None:
        self.folded, self.found, self.languages = folded, found, languages

    def quantities(self) -> list[Quantity]:
        """All numbers, left to right."""
        result: list[Quantity] = []
        at = 0
        while at < len(self.found):
            number = self._number(at)
            if number is None:
                at += 1
                continue
            number = self._with_range(number)
            number = self._with_unit(number)
            if not self._is_false_friend(number):
                result.append(self._quantity(number))
            at = number.stop
        return result

    # Words of numbers -------------------------------------------------------------------------------------------

    def _text(self, at: int) -> str:
        return self.found[at].text if 0 <= at < len(self.found) else ""

    def _gap(self, at: int) -> int:
        """Code points between piece ``at`` - 1 and piece ``at``; 0 when they touch."""
        return self.found[at].start - self.found[at - 1].end if 0 < at < len(self.found) else 1

    def _word(self, at: int, *kinds: str) -> NumberWord | None:
        """The reading of piece ``at`` as one of the kinds, in a language of the text."""
        if not 0 <= at < len(self.found) or not self.found[at].is_word:
            return None
        for reading in number_words(self.found[at].text):
            if reading.kind in kinds and reading.language in self.languages:
                return reading
        return None

    def _number(self, at: int) -> _Number | None:
        """The number that begins at piece ``at``, without its unit, or None."""
        if self._text(at) in _PLURAL or self._inside_code(at):
            return None
        first = self._part(at)
        if first is None:
            return None
        return self._fraction(first) or self._halves(self._sum(first))

    def _inside_code(self, at: int) -> bool:
        """Digits that touch a Latin letter before them: CO2, km²."""
        return (
            self.found[at].literal is not None
            and self._gap(at) == 0
            and self._text(at - 1)[-1:].isalpha()
            and (self._text(at - 1)[-1].isascii())
        )

    def _sum(self, number: _Number) -> _Number:
        """Adds the parts that follow: «دو میلیون و سیصد هزار و پنجاه»."""
        while True:
            joined = self._text(number.stop) in _AND
            at = number.stop + joined
            part = self._part(at)
            if part is None or not self._may_follow(number, part, joined=joined):
                return number
            number = _Number(
                number.at,
                part.stop,
                number.value + part.value,
                part.ordinal,
                number.worded,
                min(number.scale, part.scale),
            )

    def _may_follow(self, number: _Number, part: _Number, *, joined: bool) -> bool:
        """Whether ``part`` is a smaller part of the same number: it fits into the zeros that ``number`` ends in."""
        if number.ordinal:
            return False
        word = self._word(part.at, "cardinal", "ordinal", "magnitude", "dual")
        glued = joined or word is not None and word.joined
        spoken = part.worded and word is not None and word.language == "en" and self._text(number.stop) != ","
        if not (glued or spoken):
            return False
        room = number.scale if number.scale > 1 else _room(number.value) if number.worded else Decimal(1)
        return part.value < room and part.value == int(part.value) and part.value > 0

    def _part(self, at: int) -> _Number | None:
        """A group with its magnitudes: «۲٫۵ میلیارد», "three hundred thousand", «مئتا ألف»; adds nothing."""
        group = self._group(at)
        if group is None:
            return None
        value, stop, scale = group.value, group.stop, group.scale
        while not group.ordinal:
            magnitude = self._word(stop, "magnitude")
            if magnitude is not None and self._text(stop + 1) not in _PLURAL:
                factor = magnitude.value
            elif (suffix := self._suffix(stop, group)) is not None:
                factor = suffix
            else:
                break
            value, stop, scale = value * factor, stop + 1, factor * (scale if scale > 1 else 1)
        return replace(group, value=value, stop=stop, scale=scale)

    def _suffix(self, at: int, group: _Number) -> Decimal | None:
        """The factor of the k, m, bn in 5k, $5m, 5bn; "5m" without a currency or people is metres."""
        factor = _SUFFIXES.get(self._text(at))
        if factor is None or group.worded or self._gap(at) != 0 or group.scale > 1:
            return None
        if self._text(at) in ("m", "b"):
            money = self._text(group.at - 1) in _CURRENCY_SIGNS or self._text(group.at - 1) in _CURRENCY_CODES
            following = unit_at(self.found, at + 1)
            return factor if money or following is not None and following.unit.name in ("person", "USD") else None
        return factor

    def _group(self, at: int) -> _Number | None:
        """Digits, or words up to 999, or a bare «هزار», «ألفان», "a million"."""
        if at >= len(self.found):
            return None
        literal = self.found[at].literal
        if literal is not None:
            return self._literal_group(at, literal)
        dual = self._word(at, "dual")
        if dual is not None and not (dual.value == 1000 and self._word(at, "magnitude")):
            return _Number(at, at + 1, dual.value * 2, worded=True, scale=dual.value)
        if self._text(at) in ("a", "an"):
            magnitude = self._word(at + 1, "magnitude")
            return _Number(at, at + 1, Decimal(1), worded=True) if magnitude else None
        magnitude = self._word(at, "magnitude")
        if magnitude is not None and magnitude.language != "en" and self._text(at + 1) not in _PLURAL:
            bare = magnitude.value == 1000 or unit_at(self.found, at + 1) is not None
            return _Number(at, at + 1, magnitude.value, worded=True, scale=magnitude.value) if bare else None
        return self._small_words(at)

    def _literal_group(self, at: int, literal: Decimal) -> _Number:
        stop = at + 1
        slash = self._text(stop) == "/" and self._gap(stop) == 0 and self._gap(stop + 1) == 0
        after = self.found[stop + 1].literal if slash and stop + 1 < len(self.found) else None
        if after is not None and self._text(stop + 2) != "/" and self._is_persian_decimal(stop + 2):
            places = len(self._text(stop + 1))
            return _Number(at, stop + 2, literal + after.scaleb(-places))
        ordinal = self._gap(stop) == 0 and self._text(stop) in ("st", "nd", "rd", "th", "م", "مین", "امین", "ام")
        return _Number(at, stop + ordinal, literal, ordinal)

    def _is_persian_decimal(self, at: int) -> bool:
        """«۲/۵ میلیون», «۳/۵ درصد»: a slash before a magnitude or unit is a decimal point in Persian."""
        if "fa" not in self.languages or self._text(at).isascii() and self._text(at) != "%":
            return False
        return self._word(at, "magnitude") is not None or unit_at(self.found, at) is not None

    def _small_words(self, at: int) -> _Number | None:
        """Words up to 999 from piece ``at``, each smaller than the zeros before it: «سیصد و بیست و پنج»."""
        word = self._word(at, "cardinal", "ordinal")
        if word is None or self._text(at + 1) in _PLURAL:
            return None
        value, stop, ordinal = word.value, at + 1, word.kind == "ordinal"
        while True:
            step = self._next_small(stop, value, word.language, ordinal=ordinal)
            if step is None:
                return _Number(at, stop, value, ordinal, worded=True)
            value, stop, ordinal = step.value, step.stop, step.ordinal

    def _next_small(self, stop: int, value: Decimal, language: str, *, ordinal: bool) -> _Number | None:
        tens = self._word(stop, "cardinal")
        if language == "ar" and value < 10 and tens is not None and tens.value == 10 and not tens.joined:
            return _Number(stop, stop + 1, value + 10, ordinal)
        if language == "en" and self._text(stop) == "hundred" and 0 < value < 100 and not ordinal:
            return _Number(stop, stop + 1, value * 100)
        if language == "ar" and tens is not None and tens.value == 100 and 3 <= value <= 9 and not tens.joined:
            return _Number(stop, stop + 1, value * 100)
        joined = self._text(stop) in _AND
        hyphen = language == "en" and self._text(stop) == "-" and self._gap(stop) == 0
        at = stop + (joined or hyphen)
        word = self._word(at, "cardinal", "ordinal")
        if word is None or word.language != language or ordinal and language != "ar":
            return None
        glued = joined or word.joined or (language == "en" and (20 <= value < 100 or value >= 100))
        unit_first = language == "ar" and value < 10 and 20 <= word.value <= 90
        if not glued or not (word.value < _room(value) or unit_first):
            return None
        return _Number(at, at + 1, value + word.value, ordinal or word.kind == "ordinal")

    # Fractions and halves ---------------------------------------------------------------------------------------

    def _fraction(self, number: _Number) -> _Number | None:
        """«دو سوم», "two-thirds", "a third", ثلاثة أرباع, 3/4; None when no fraction is written."""
        at = number.stop + (self._text(number.stop) == "-")
        if number.ordinal or not 0 < number.value < 10 or number.scale > 1:
            return None
        slash = self._text(at) == "/" and self._gap(at) == 0 and self._gap(at + 1) == 0
        below = self.found[at + 1].literal if slash and at + 1 < len(self.found) else None
        if below is not None and number.value < below <= 10 and self._text(at + 2) != "/":
            return _Number(number.at, at + 2, number.value / below)
        if not number.worded:
            return None
        part = self._word(at, "fraction")
        if part is not None and part.language == "en" and part.value < 1:
            return _Number(number.at, at + 1, number.value * part.value, worded=True)
        ordinal = self._word(at, "ordinal")
        if ordinal is not None and ordinal.language == "fa" and ordinal.value > number.value >= 1 and ordinal.value > 1:
            return _Number(number.at, at + 1, number.value / ordinal.value, worded=True)
        return None

    def _halves(self, number: _Number) -> _Number:
        """Adds «و نیم», ونصف, "and a half", in the last magnitude of the number."""
        at = number.stop + (self._text(number.stop) in _AND)
        at += self._text(at) == "a"
        half = self._word(at, "fraction")
        if half is None or number.ordinal or not (self._text(number.stop) in _AND or half.joined):
            return number
        magnitude = self._word(at + 1, "magnitude")
        if magnitude is not None and number.scale == 1:
            value = (number.value + half.value) * magnitude.value
            return replace(number, stop=at + 2, value=value, scale=magnitude.value)
        return replace(number, stop=at + 1, value=number.value + half.value * number.scale)

    # Around the number ------------------------------------------------------------------------------------------

    def _with_range(self, number: _Number) -> _Number:
        """«۵ تا ۱۰ میلیون», 5-10, "between 5 and 10": one quantity with an upper end."""
        between = any(self._text(number.at - back) in _BETWEEN for back in (1, 2))
        if number.ordinal or not (self._text(number.stop) in _RANGE or between and self._text(number.stop) in _AND):
            return number
        after = self._number(number.stop + 1)
        if after is None or after.ordinal:
            return number
        low = number.value * after.scale if number.scale == 1 < after.scale and number.value < 1000 else number.value
        high = after.value
        if not low < high or self._text(after.stop) in ("-", "/"):
            return number
        return replace(number, stop=after.stop, value=low, upper=high, scale=after.scale)

    def _with_unit(self, number: _Number) -> _Number:
        if number.ordinal:
            return number
        sign = self._text(number.at - 1)
        if sign in _CURRENCY_SIGNS:
            return replace(number, at=number.at - 1, unit=_CURRENCY_SIGNS[sign])
        match = self._unit_after(number)
        if match is None:
            return number
        number = replace(number, stop=match.stop, unit=match.unit.name)
        return self._half_after_unit(number)

    def _unit_after(self, number: _Number) -> UnitMatch | None:
        hyphen = self._text(number.stop) == "-" and self._gap(number.stop) == 0
        return unit_at(self.found, number.stop + hyphen)

    def _half_after_unit(self, number: _Number) -> _Number:
        """«یک ساعت و نیم», ساعة ونصف."""
        extended = self._halves(replace(number, scale=Decimal(1)))
        return extended if number.scale == 1 else number

    def _is_false_friend(self, number: _Number) -> bool:
        if not number.worded or number.stop - number.at > 1:
            return False
        word, before, after = self._text(number.at), self._text(number.at - 1), self._text(number.at + 1)
        if after.startswith(_WEEKDAY):
            return True
        if word == "سی":
            return before in _SPELLED_LETTERS or after in _SPELLED_LETTERS
        if word == "second":
            return before not in ("the", "a", "his", "her", "their", "its") and self._gap(number.at) > 0
        if number.value == 2 and word.endswith(("اثنین", "اثنان")):
            return True
        return word in _GUARDED

    def _quantity(self, number: _Number) -> Quantity:
        at = number.at
        negative = self._text(at - 1) in _NEGATIVE or (
            self._text(at - 1) == "-" and self._gap(at) == 0 and self._gap(at - 1) > 0 and not number.worded
        )
        at -= negative
        sign = -1 if negative else 1
        comparator = comparator_before(self.found, at)
        span = self.folded.span(self.found[at].start, self.found[number.stop - 1].end)
        upper = None if number.upper is None else number.upper * sign
        return Quantity(
            *span, number.value * sign, number.unit, upper, comparator, ordinal=number.ordinal, worded=number.worded
        )


def _room(value: Decimal) -> Decimal:
    """The power of ten that ``value`` ends in: 100 for 300, 10 for 20, 1 for 7; what is added must be smaller."""
    digits = str(int(value))
    return Decimal(10 ** (len(digits) - len(digits.rstrip("0")))) if value else Decimal(1)


_DUAL_UNIT: Final = re.compile("(?:ین|ان)$")

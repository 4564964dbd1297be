"""Numbers in Persian, Arabic and English text: digits of any script, number words, magnitudes, units.

What is deliberately not a number: «یک», «واحد» and "one" without a unit or magnitude (an article or pronoun), «نه»
alone (no), «سی» in spelled-out letters (بی‌بی‌سی), weekdays (سه‌شنبه, الاثنين), «نخست» in «نخست‌وزیر», indefinite
plurals (ده‌ها, آلاف, thousands of), fractions that count nothing («نیم‌فصل», "half-time") and digits inside a code
(CO2, km²). "1.234" is a decimal, "1.234.567" and "1,234" are grouped, "3,5" and «۳/۵ درصد» are decimals.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from qa.text.folding import Folded, fold
from qa.text.number_phrases import AND, BETWEEN, CURRENCY_SIGNS, NEGATIVE, RANGE, Number, Phrases
from qa.text.numerals import Comparator, comparator_before, unit_at, unit_of

__all__ = ["Comparator", "Quantity", "find_numbers", "numbers_in", "numbers_of"]

_SPELLED_LETTERS: Final = frozenset({"بی", "سی", "ان", "ای", "دی", "تی", "وی", "پی", "جی", "اس", "ام", "اف", "ال"})
_GUARDED: Final = frozenset({"یک", "نه", "one", "واحد", "واحده", "احد", "احدی", "حادی", "حادیه", "الف", "الفا"})
_DIGITS: Final = frozenset("0123456789")
_BEFORE_SECOND: Final = frozenset({"the", "a", "his", "her", "their", "its"})


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
    return numbers_of(fold(text))


def numbers_of(folded: Folded) -> list[Quantity]:
    """The numbers of a text that is folded already, with offsets in the original."""
    return [in_original(quantity, folded) for quantity in numbers_in(folded)]


@lru_cache(maxsize=8)
def numbers_in(folded: Folded) -> tuple[Quantity, ...]:
    """The same with offsets in the folded text. The last few are kept: dates of several kinds are made of them."""
    phrases = Phrases(folded)
    result: list[Quantity] = []
    taken = 0  # signs before ``taken`` belong to the number before
    for at in phrases.beginnings():
        if at < taken:
            continue
        literal = phrases.lone_literal(at)
        if literal is not None:
            result.append(Quantity(*phrases.found[at].span, literal))
            taken = at + 1
            continue
        plain = phrases.number(at)
        number = _dual_unit(phrases, at) if plain is None else _with_unit(phrases, _with_range(phrases, plain), taken)
        if number is None:
            continue
        if not _is_false_friend(phrases, number):
            result.append(_quantity(phrases, number, taken))
        taken = number.stop
    return tuple(result)


def in_original(quantity: Quantity, folded: Folded) -> Quantity:
    """A number of :func:`numbers_in` with offsets in the original."""
    start, end = folded.span(quantity.start, quantity.end)
    return quantity if (start, end) == (quantity.start, quantity.end) else replace(quantity, start=start, end=end)


def _dual_unit(phrases: Phrases, at: int) -> Number | None:
    """ساعتين, عامان, "twice": a unit that says two."""
    if not phrases.found[at].is_word:
        return None
    unit = unit_of(phrases.text(at))
    if unit is None or not unit.dual:
        return None
    return phrases.with_half(Number(at, at + 1, Decimal(2), worded=True, unit=unit.name))


def _with_range(phrases: Phrases, number: Number) -> Number:
    """«۵ تا ۱۰ میلیون», 5-10, "between 5 and 10": one number with an upper end."""
    between = any(phrases.text(number.at - back) in BETWEEN for back in (1, 2))
    linked = phrases.text(number.stop) in RANGE or (between and phrases.text(number.stop) in AND)
    after = phrases.number(number.stop + 1) if linked and number.stop + 1 < len(phrases.found) else None
    if after is None or after.ordinal or number.ordinal:
        return number
    low = number.value * after.scale if number.scale == 1 < after.scale and number.value < 1000 else number.value
    if not low < after.value or phrases.text(after.stop) in ("-", "/"):
        return number
    return replace(number, stop=after.stop, value=low, upper=after.value, scale=after.scale)


def _with_unit(phrases: Phrases, number: Number, taken: int) -> Number:
    if number.ordinal:
        return number
    before = phrases.text(number.at - 1) if number.at > taken else ""
    sign = (
        "percent" if before == "%" and phrases.text(number.at - 2)[-1:] not in _DIGITS else CURRENCY_SIGNS.get(before)
    )
    if sign is not None:
        return replace(number, at=number.at - 1, unit=sign)
    hyphen = phrases.text(number.stop) == "-" and phrases.gap(number.stop) == 0
    match = unit_at(phrases.found, number.stop + hyphen)
    if match is None or match.unit.dual:
        return number
    number = replace(number, stop=match.stop, unit=match.unit.name)
    return phrases.with_half(number) if number.scale == 1 else number


def _is_false_friend(phrases: Phrases, number: Number) -> bool:
    """Whether a single word that could write a number does not, where it stands."""
    if not number.worded or number.stop - number.at > 1:
        return False
    word, before, after = (phrases.text(number.at + step) for step in (0, -1, 1))
    if after.startswith("شنبه"):
        return True
    if word == "سی":
        return before in _SPELLED_LETTERS or after in _SPELLED_LETTERS
    if word in ("نخست", "اول"):
        return after.startswith(("وزیر", "امس")) or (after == "من" and phrases.text(number.at + 2) == "امس")
    if word == "second":
        return before not in _BEFORE_SECOND
    return word in _GUARDED or (number.value == 2 and word.endswith(("اثنین", "اثنان")))


def _quantity(phrases: Phrases, number: Number, taken: int) -> Quantity:
    at = number.at
    touching = phrases.text(at - 1) == "-" and phrases.gap(at) == 0 and phrases.gap(at - 1) > 0 and not number.worded
    negative = at > taken and (touching or phrases.text(at - 1) in NEGATIVE)
    at -= negative
    sign = -1 if negative else 1
    return Quantity(
        phrases.found[at].start,
        phrases.found[number.stop - 1].end,
        number.value * sign,
        number.unit,
        None if number.upper is None else number.upper * sign,
        comparator_before(phrases.found, at),
        ordinal=number.ordinal,
        worded=number.worded,
    )

"""Numbers of a statement: each must stand in the quotes with the same value, magnitude and unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from qa.check.alignment import Alignment
from qa.check.dates import Dated, dates_in
from qa.check.dates import agree as agree_on_days
from qa.check.figures import dates_of, numbers_of
from qa.check.findings import finding
from qa.check.tokens import Token
from qa.text import words
from qa.text.dates import DateMention
from qa.text.numbers import Quantity
from qa.values import Finding, FindingKind

# A figure that is said to be about so much may differ by this share of it, or by its rounding.
_ABOUT: Final = Decimal("0.05")
_LOOSE: Final = frozenset({"~", ">", ">=", "<", "<="})
_NEAR_VERBATIM: Final = 0.6
_ROUNDED_DIGITS: Final = 3
_CODE: Final = re.compile(r"[a-z]+\d[a-z\d]*")
_ARABIC_SCRIPT: Final = re.compile("[\u0620-\u06ff]")
_DIGITS: Final = re.compile(r"\d+")
_DUAL: Final = re.compile(r"\w{3,}(?:ان|ین)|\w{3,}ت[اي]|نوعا|(?:اثنا|اثني|کلا|کلتا)\w*")
_ROUND_WORDS: Final = frozenset({1, 100, 1000})
_ROMAN: Final = {Decimal(n): roman for n, roman in enumerate("I II III IV V VI VII VIII IX X".split(), start=1)}
_ALIKE: Final = Decimal("1e-9")  # thirds are cut off where the decimals end
_ONES: Final = frozenset({"یک", "یکی", "واحد", "واحده", "one"})


def plain_numbers(text: str, reference: date) -> list[Quantity]:
    """The numbers of a text that are no part of a date; the 3 of "3 days ago" is one to compare."""
    dates = dates_of(text, reference)
    return [each for each in numbers_of(text) if each.unit is not None or not _is_in(each, dates)]


def number_findings(statement: str, quotes: Sequence[str], reference: date, *, across: bool = False) -> list[Finding]:
    """A finding for each number that the quotes do not have, with what they have instead, if anything.

    ``across`` is whether all quotes are in another language, which counts some things without a number word.
    """
    codes = _altered_codes(statement, quotes) if across else _invented_codes(statement, quotes)
    findings = [finding("number", "number_absent", said=code) for code in codes]
    said = plain_numbers(statement, reference)
    if not said:
        return findings
    # All numbers of the quotes count, those in dates too: «در ۲۴ آبان» may be said as "on the 24th".
    had = [each for quote in quotes for each in numbers_of(quote)]
    texts = [quote[each.start : each.end] for quote in quotes for each in numbers_of(quote)]
    for quantity in said:
        if quantity.ordinal and quantity.worded and quantity.value == 1:
            continue  # "first" is said of much that a text does not number
        if quantity.value == 1 and quantity.unit is None and any(map(_has_one, quotes)):
            continue
        if across and _said_otherwise(quantity, quotes):
            continue
        if not any(agree(quantity, other) for other in had):
            near = _nearest(quantity, had, texts)
            written = statement[quantity.start : quantity.end]
            if near:
                findings.append(finding("number", "number_differs", said=written, quoted=near))
            else:
                findings.append(finding("number", "number_absent", said=written))
    return findings


def _codes(text: str) -> set[str]:
    """Words of Latin letters with digits behind them, folded: h5n1, ace2, n95."""
    return {word.folded for word in words(text) if _CODE.fullmatch(word.folded)}


def _invented_codes(statement: str, quotes: Sequence[str]) -> list[str]:
    """Codes that the quotes lack. A quote in another script may spell them out, unless it has codes of its own."""
    there = {code for quote in quotes for code in _codes(quote)}
    same_script = any(_ARABIC_SCRIPT.search(quote) is None for quote in quotes) or _ARABIC_SCRIPT.search(statement)
    return sorted(_codes(statement) - there) if there or same_script else []


def _altered_codes(statement: str, quotes: Sequence[str]) -> list[str]:
    """Codes of which the quotes have the letters with other digits: H5N8 for H5N1. Others may be written out there."""
    there = {code for quote in quotes for code in _codes(quote)}
    shapes = {_DIGITS.sub("#", code) for code in there}
    return sorted(code for code in _codes(statement) - there if _DIGITS.sub("#", code) in shapes)


def _said_otherwise(quantity: Quantity, quotes: Sequence[str]) -> bool:
    """Whether another language may say a figure without a number: an ordinal, "a hundred", a dual, part of a name."""
    if quantity.worded and (quantity.ordinal or quantity.value in _ROUND_WORDS):
        return True
    if quantity.value == 2 and any(_has_dual(quote) for quote in quotes):
        return True
    if quantity.unit is not None or quantity.value not in _ROMAN:
        return False
    digit = f"{quantity.value:f}"
    written = [word.text for quote in quotes for word in words(quote)]
    return any(each == _ROMAN[quantity.value] or (digit in each and _CODE.search(each.lower())) for each in written)


def _has_dual(text: str) -> bool:
    """Whether an Arabic text has a word that may be a dual: «تذكرتين»."""
    return any(_DUAL.fullmatch(word.folded) for word in words(text))


def _has_one(text: str) -> bool:
    """Whether a text has a «یک» or "one" that, standing alone, was not read as a number."""
    return any(word.folded in _ONES for word in words(text))


def replaced_numbers(alignment: Alignment, reference: date) -> list[Finding]:
    """Where the statement follows its quote word by word but has another number in the place of one."""
    if alignment.share < _NEAR_VERBATIM:
        return []
    said, quote = alignment.said, alignment.quote
    ours, theirs = dates_in([said.text], reference), dates_in([quote.text], reference)
    agreed = [other for other in theirs if any(agree_on_days(each, other) for each in ours)]
    kept = set(said.keys)
    findings = []
    for swap in alignment.replaced:
        lost = [
            token
            for token in quote.tokens[swap.start : swap.end]
            if token.number and token.key not in kept and not _lies_in(token, agreed)
        ]
        new = [token for token in said.tokens[swap.said_start : swap.said_end] if token.number]
        for one, other in zip(new, lost, strict=False):
            if _figures_agree(one, other, alignment):
                continue
            kind: FindingKind = "date" if _lies_in(other, theirs) else "number"
            findings.append(finding(kind, f"{kind}_differs", said=one.text, quoted=other.text))
    return findings


def _figures_agree(one: Token, other: Token, alignment: Alignment) -> bool:
    """Whether the two stand in figures that say the same: "about 2 billion" for 2.03 billion."""
    return any(
        agree(said, had)
        for said in numbers_of(alignment.said.text)
        if said.start <= one.start < said.end
        for had in numbers_of(alignment.quote.text)
        if had.start <= other.start < had.end
    )


def _lies_in(token: Token, dates: Sequence[Dated]) -> bool:
    return any(each.mention.start < token.end and token.start < each.mention.end for each in dates)


def agree(said: Quantity, had: Quantity) -> bool:
    """Whether a number of a statement says what a number of a quote says."""
    if said.unit and had.unit and said.unit != had.unit and not _same_kind(said.unit, had.unit):
        return False
    if said.upper is not None and had.upper is not None:
        return said.value == had.value and said.upper == had.upper
    values = [had.value] if had.upper is None else [had.value, had.upper]
    if any(_equal(said, value) for value in values):
        return True
    return said.upper is None and had.upper is not None and said.approximate and had.value <= said.value <= had.upper


def _equal(said: Quantity, value: Decimal) -> bool:
    if abs(said.value - value) <= _ALIKE * abs(value) or _is_rounded(said.value, value):
        return True
    if said.comparator not in _LOOSE:
        return False
    difference = abs(said.value - value)
    if said.comparator == "~":
        return difference <= abs(value) * _ABOUT
    if said.comparator in (">", ">="):
        return 0 <= value - said.value <= abs(value) * _ABOUT
    return 0 <= said.value - value <= abs(value) * _ABOUT


def _is_rounded(said: Decimal, value: Decimal) -> bool:
    """28.35 for 28.3495: three digits or more, and the rest rounded as it should be."""
    exponent = said.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= 0 or len(said.normalize().as_tuple().digits) < _ROUNDED_DIGITS:
        return False
    return abs(said - value) * 2 <= Decimal(1).scaleb(exponent)


def _same_kind(one: str, other: str) -> bool:
    """«نفر» beside a bare count, «۵ درجه» beside «۵ ریشتر»: not different units of measure."""
    return {one, other} <= {"degree", "richter"} or {one, other} <= {"percent", "point"}


def _nearest(said: Quantity, had: Sequence[Quantity], texts: Sequence[str]) -> str:
    """The number of the quotes that the statement's most probably stands for: same unit, then nearest value."""
    ranked = sorted(
        zip(had, texts, strict=True), key=lambda pair: (pair[0].unit != said.unit, abs(pair[0].value - said.value))
    )
    return ranked[0][1] if ranked else ""


def _is_in(quantity: Quantity, dates: Sequence[DateMention]) -> bool:
    return any(each.start < quantity.end and quantity.start < each.end for each in dates)

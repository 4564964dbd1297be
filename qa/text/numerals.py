"""The words and signs that numbers are written with, and the cutting of a text into pieces to parse them from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple

from qa.text.data_files import data_lines
from qa.text.folding import Folded, fold

Kind = Literal["cardinal", "ordinal", "magnitude", "fraction", "dual", "plural"]
Comparator = Literal["=", "~", ">", ">=", "<", "<="]

_PIECE: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\s\w]|_")
_PERSIAN_ONLY: Final = "پچژگکی\u200c"
_ARABIC_ONLY: Final = "ةىأإ"
_ARABIC_ARTICLE: Final = re.compile(rf"\bال(?![{_ARABIC_ONLY}])\w")
_CLITIC_LETTERS: Final = "وفبلکا"
_CLITICS: Final = re.compile("^[وف]?(?:[بلک]?ال|لل|[بلک])?")


_made: Final = tuple.__new__  # three times faster than to call a named tuple


class Piece(NamedTuple):
    """A word, number or sign of folded text; ``start`` and ``end`` are offsets in the folded text."""

    text: str
    start: int
    end: int
    literal: Decimal | None = None

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


@dataclass(frozen=True, slots=True)
class NumberWord:
    """What a word contributes to a number. ``joined`` is true when it carries the Arabic «و» (and)."""

    kind: Kind
    value: Decimal
    language: str
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """The common name of a unit; ``dual`` when the word also says two."""

    name: str
    dual: bool = False


def pieces(folded: Folded) -> list[Piece]:
    """The words, numbers and signs of folded text, in order; numbers carry their value."""
    found: list[Piece] = []
    for match in _PIECE.finditer(folded.text):
        start, end = match.span()
        text = match[0]
        if text[0].isdecimal():
            found += _literals(folded, match)
        else:
            found.append(_made(Piece, (text, start, end, None)))
    return found


def _literals(folded: Folded, match: re.Match[str]) -> list[Piece]:
    """A run of digits as one number, or as several when its marks make no number («۱۲،۱۵», 1.2.3)."""
    text, start = match[0], match.start()
    if text.isdecimal():
        return [Piece(text, start, match.end(), Decimal(text))]
    value = None if "," in text and _is_list(folded, match) else _literal_value(text)
    if value is not None:
        return [Piece(text, start, match.end(), value)]
    return [
        Piece(part[0], start + part.start(), start + part.end(), Decimal(part[0]) if part[0].isdecimal() else None)
        for part in re.finditer(r"\d+|[.,]", text)
    ]


def _is_list(folded: Folded, match: re.Match[str]) -> bool:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", match[0]):
        return False
    return "،" in folded.original[slice(*folded.span(match.start(), match.end()))]


def _literal_value(text: str) -> Decimal | None:
    """The value of digits with marks: 1,234.5 and 1.234.567 group, 3.5 and 3,5 are decimals, 1.2.3 is none."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return Decimal(text.replace(",", ""))
    if re.fullmatch(r"\d+\.\d+", text):
        return Decimal(text)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", text) or re.fullmatch(r"\d{1,3}\.\d{3},\d+", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return Decimal(text.replace(",", "."))
    return None


@lru_cache(maxsize=64)  # each finder asks for the same few sentences
def languages_of(text: str) -> frozenset[str]:
    """Whose number words may occur: a Persian «صد» is no number in Arabic, an Arabic «ست» none in Persian."""
    if text.isascii():
        return frozenset({"fa", "ar", "en"})
    persian = sum(map(text.count, _PERSIAN_ONLY))
    arabic = sum(map(text.count, _ARABIC_ONLY)) + (len(_ARABIC_ARTICLE.findall(text)) if "ال" in text else 0)
    if persian > arabic:
        return frozenset({"fa", "en"})
    return frozenset({"ar", "en"}) if arabic > persian else frozenset({"fa", "ar", "en"})


@lru_cache(maxsize=1 << 13)
def number_words(word: str) -> tuple[NumberWord, ...]:
    """The readings of a folded word as part of a number, at most one per language and kind."""
    plain = _plain_words().get(word, ())
    arabic = [reading for reading in plain if reading.language == "ar"]
    return plain if arabic else (*plain, *_with_clitics(word))


def _with_clitics(word: str) -> tuple[NumberWord, ...]:
    """The Arabic readings of a word behind «و», «ف» (and), «ب», «ل», «ک» and the article."""
    if word[0] not in _CLITIC_LETTERS:
        return ()
    clitics = _CLITICS.match(word)
    for bare in dict.fromkeys((word[1:] if word[:1] in ("و", "ف") else "", word[clitics.end() :] if clitics else "")):
        # Shorter words are too often something else: «لست» (I am not) is not six.
        if len(bare) >= 3 or (bare == "ست" and word[0] == "و"):
            found = [each for each in _plain_words().get(bare, ()) if each.language == "ar"]
            if found and bare != word:
                return tuple(NumberWord(each.kind, each.value, "ar", word[0] == "و") for each in found)
    return ()


@cache
def _plain_words() -> Mapping[str, tuple[NumberWord, ...]]:
    found: dict[str, list[NumberWord]] = {}
    for line in data_lines("numbers.words.txt"):
        language, kind, value, *spellings = line.split()
        reading = NumberWord(kind, _fraction(value), language)  # type: ignore[arg-type]
        for spelling in spellings:
            _put(found, spelling, reading)
        if language == "fa" and kind == "cardinal":
            _put_persian_forms(found, spellings, reading)
    return {word: tuple(readings) for word, readings in found.items()}


def _put(found: dict[str, list[NumberWord]], spelling: str, reading: NumberWord) -> None:
    readings = found.setdefault(fold(spelling).text, [])
    if all(other.kind != reading.kind or other.language != reading.language for other in readings):
        readings.append(reading)


def _put_persian_forms(found: dict[str, list[NumberWord]], spellings: list[str], reading: NumberWord) -> None:
    """«پنجم» and «پنجمین», and «پنجهزار» as it is left when a half-space is lost."""
    for spelling in spellings:
        if reading.value not in (1, 2, 3, 30):
            for ending in ("م", "مین"):
                _put(found, spelling + ending, NumberWord("ordinal", reading.value, "fa"))
        if len(spelling) > 2 or spelling in ("دو", "سه"):
            for magnitude, factor in (("هزار", 1000), ("میلیون", 10**6), ("میلیارد", 10**9)):
                _put(found, spelling + magnitude, NumberWord("cardinal", reading.value * factor, "fa"))


def _fraction(text: str) -> Decimal:
    numerator, _, denominator = text.partition("/")
    return Decimal(numerator) / Decimal(denominator or 1)


@cache
def _units() -> Mapping[str, Unit]:
    found: dict[str, Unit] = {}
    for line in data_lines("numbers.units.txt"):
        name, _, spellings = line.partition(":")
        unit = Unit(name.removesuffix(" dual"), name.endswith(" dual"))
        for spelling in spellings.split("|"):
            found.setdefault(_phrase(spelling), unit)
    return found


@cache
def _comparators() -> Mapping[str, Comparator]:
    found: dict[str, Comparator] = {}
    for line in data_lines("numbers.comparators.txt"):
        sign, _, phrases = line.partition(":")
        for phrase in phrases.split("|"):
            found[_phrase(phrase)] = sign  # type: ignore[assignment]
    return found


def _phrase(text: str) -> str:
    return " ".join(piece.text for piece in pieces(fold(text)))


def unit_of(word: str) -> Unit | None:
    """The unit that a folded word or phrase (pieces joined by one space) names, or None."""
    units = _units()
    found = units.get(word)
    if found is None and len(word) > 3 and word[-1] in "هی":
        found = units.get(word[:-1])
    return found


def is_dual(word: str) -> bool:
    """Whether a folded word is a unit that says two: ساعتين."""
    unit = _units().get(word)
    return unit is not None and unit.dual


@lru_cache(maxsize=1 << 13)
def may_begin_number(word: str) -> bool:
    """Whether a folded word may be the first of a number."""
    return word[0].isalpha() and (word in ("a", "an") or bool(number_words(word)) or is_dual(word))


@cache
def _unit_lengths() -> dict[str, int]:
    """By its first piece, how many pieces the longest unit has."""
    return _longest((phrase.split()[0], phrase) for phrase in _units())


@cache
def _comparator_lengths() -> dict[str, int]:
    """By its last piece, how many pieces the longest comparator has."""
    return _longest((phrase.split()[-1], phrase) for phrase in _comparators())


def _longest(phrases: Iterable[tuple[str, str]]) -> dict[str, int]:
    lengths: dict[str, int] = {}
    for word, phrase in phrases:
        lengths[word] = max(lengths.get(word, 1), len(phrase.split()))
    return lengths


def begins_unit(word: str) -> bool:
    """Whether a unit may begin with this piece."""
    return word in _unit_lengths() or unit_of(word) is not None


def ends_comparator(word: str) -> bool:
    """Whether a comparator may end with this piece."""
    return word in _comparator_lengths()


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit found in a list of pieces; ``stop`` is the index after its last piece."""

    unit: Unit
    stop: int


def unit_at(found: list[Piece], at: int) -> UnitMatch | None:
    """The longest unit that begins at piece ``at``."""
    longest = _unit_lengths().get(found[at].text, 1) if at < len(found) else 0
    for length in range(min(longest, len(found) - at), 0, -1):
        unit = unit_of(" ".join(piece.text for piece in found[at : at + length]))
        if unit is not None:
            return UnitMatch(unit, at + length)
    return None


def comparator_before(found: list[Piece], at: int) -> Comparator:
    """What the words right before piece ``at`` say about the figure there; "=" when they say nothing."""
    longest = _comparator_lengths().get(found[at - 1].text, 0) if at else 0
    for length in range(min(longest, at), 0, -1):
        sign = _comparators().get(" ".join(piece.text for piece in found[at - length : at]))
        if sign is not None:
            return sign
    return "="

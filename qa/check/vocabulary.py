"""Which words are names: for a checker that must tell an invented name from another way of saying the same."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from typing import Final, Literal

from qa.check.tokens import Token, Tokens
from qa.text import fold, stem
from qa.text.date_words import months, weekdays

Standing = Literal["name", "perhaps", "word"]

_SHORTEST_NAME: Final = 3
_MAIN_MEANING: Final = 0.6


def standing(text: Tokens, index: int) -> Standing:
    """Whether a token is a name, perhaps one, or a common word.

    English shows it by a capital. Persian and Arabic have none: there a place, a word whose first meaning in the
    dictionaries is a name (تهران, محمد) or a word behind a title is one, and a word that no dictionary has may be.
    """
    token = text.tokens[index]
    if token.number or not token.content or len(token.folded) < _SHORTEST_NAME or not token.folded.isalpha():
        return "word"
    if token.folded in months() or token.folded in weekdays():
        return "word"
    if place_of(token.folded) is not None:
        return "name"
    if token.folded[0].isascii():
        return _english(text, index)
    found = _by_meaning(token.folded, text.language)
    return "name" if found == "perhaps" and index and text.tokens[index - 1].folded in _titles() else found


def _english(text: Tokens, index: int) -> Standing:
    token = text.tokens[index]
    if not token.text[0].isupper():
        return "word"
    known = _known_english(token.folded)
    if known == "name" or (known == "perhaps" and not token.text.isupper()):
        return known if known == "name" else "name"
    return "word" if _begins_sentence(text, token) else "perhaps"


def _begins_sentence(text: Tokens, token: Token) -> bool:
    before = text.text[: token.start].rstrip(" \"'«“(")
    return not before or before[-1] in ".!?؟:\n"


@lru_cache(maxsize=1 << 16)
def _known_english(word: str) -> Standing:
    """A name of the list, a word of the dictionaries, or unknown ("perhaps")."""
    from qa.text.concepts import table

    root = stem(word, "en")
    if root in _known_names():
        return "name"
    return "word" if word in table().familiar or root in _meanings() else "perhaps"


@lru_cache(maxsize=1 << 16)
def _by_meaning(word: str, language: str) -> Standing:
    from qa.text.concepts import concepts_of

    meanings = {concept: weight for concept, weight in concepts_of(word, language).items() if concept[0] != "~"}
    if not meanings:
        return "perhaps"
    most = max(meanings.values())
    main = [concept for concept, weight in meanings.items() if weight >= _MAIN_MEANING * most]
    return "name" if all(concept in _known_names() for concept in main) else "word"


@cache
def _meanings() -> frozenset[str]:
    from qa.text.concepts import table

    return frozenset(table().concepts)


@cache
def _known_names() -> frozenset[str]:
    return frozenset(_lines("qa.text", "names.known.txt"))


@cache
def _titles() -> frozenset[str]:
    return frozenset(fold(word).text for line in _lines("qa.check", "titles.txt") for word in line.split())


def place_of(word: str) -> str | None:
    """The English name of the place that a folded word names, or whose people it names; None for other words."""
    places = _places()
    return places.get(word) or places.get(word.removeprefix("ال")) or places.get(stem(word, "ar"))


@cache
def _places() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _lines("qa.text", "names.places.txt"):
        spellings = [fold(each.strip()).text for each in line.split("|")]
        found.update({each: spellings[0] for each in spellings if " " not in each})
    return found


def _lines(package: str, name: str) -> list[str]:
    text = resources.files(package).joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]

"""Names of a statement: each must stand in the quotes, or in their context, in whatever script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Final

from qa.check.alignment import Alignment, same_spelling
from qa.check.concepts import Concepts, is_known, is_transliterated
from qa.check.tokens import Token, Tokens
from qa.text import fold, stem
from qa.text.names import same_name, skeleton
from qa.values import Finding

_NEAR_VERBATIM: Final = 0.6
_SHORTEST_NAME: Final = 3


def name_findings(
    said: Tokens, quotes: Sequence[Tokens], context: Sequence[Tokens], alignment: Alignment | None, concepts: Concepts
) -> list[Finding]:
    """A finding for each name that neither the quotes nor their context have, or that stands in another's place."""
    there = [token for text in (*quotes, *context) for token in text.tokens]
    same_language = all(text.language == said.language for text in quotes)
    findings = []
    for index, token in enumerate(said.tokens):
        if looks_like_name(said, index, concepts) and not _stands_in(token, there, said, quotes, concepts):
            findings.append(Finding("name", f"«{token.text}»"))
    if alignment is not None and same_language and not findings:
        findings += _replaced_names(alignment, there, concepts)
    return findings


def looks_like_name(text: Tokens, index: int, concepts: Concepts) -> bool:
    """Whether a token may well be (a part of) a name.

    English has capitals. Persian and Arabic have none: there it is a word that no dictionary knows, or whose
    English sounds the same, or a place or people.
    """
    token = text.tokens[index]
    if token.number or not token.content or len(token.folded) < _SHORTEST_NAME or not token.folded.isalpha():
        return False
    if token.text[0].isascii() or text.language == "en":
        return token.text[0].isupper() and (not _begins_sentence(text, index) or _is_rare(token, concepts))
    if place_of(token.folded) is not None:
        return True
    return not is_known(token.folded, text.language, concepts) or is_transliterated(
        token.folded, text.language, concepts
    )


def _is_rare(token: Token, concepts: Concepts) -> bool:
    return place_of(token.folded) is not None or not is_known(token.folded, "en", concepts)


def _begins_sentence(text: Tokens, index: int) -> bool:
    before = text.text[: text.tokens[index].start].rstrip(" \"'«“(")
    return not before or before[-1] in ".!?؟:\n"


def _stands_in(
    token: Token, there: Sequence[Token], said: Tokens, quotes: Sequence[Tokens], concepts: Concepts
) -> bool:
    place = place_of(token.folded)
    if any(_same(token, other, place) for other in there):
        return True
    glued = "".join(other.folded for other in there)
    if len(token.folded) >= 5 and token.folded in glued:
        return True
    meant = {each for each in concepts.translate(token.folded, said.language) if not each.startswith("~")}
    languages = {text.language for text in quotes} - {said.language}
    return any(
        meant & set(concepts.translate(other.folded, language))
        for language in languages
        for other in there
        if meant and other.content
    )


def _same(token: Token, other: Token, place: str | None) -> bool:
    if other.number:
        return False
    if place is not None and place == place_of(other.folded):
        return True
    if token.folded == other.folded or same_spelling(token, other):
        return True
    one, two = skeleton(token.folded), skeleton(other.folded)
    if not one or not two or (one[0] != two[0] and not {one[0], two[0]} & set("AWYHL")):
        return False
    return same_name(token.folded, other.folded)


def _replaced_names(alignment: Alignment, there: Sequence[Token], concepts: Concepts) -> list[Finding]:
    """Where the statement follows its quote word by word but has other words in the place of a name."""
    if alignment.share < _NEAR_VERBATIM:
        return []
    said, quote = alignment.said, alignment.quote
    findings = []
    for swap in alignment.replaced:
        lost = [quote.tokens[at] for at in range(swap.start, swap.end) if _may_be_name(quote, at, concepts)]
        lost = [token for token in lost if not any(same_spelling(token, other) for other in said.tokens)]
        new = [
            said.tokens[at]
            for at in range(swap.said_start, swap.said_end)
            if _is_new(said, at, there) or looks_like_name(said, at, concepts)
        ]
        if lost and new and not any(_same(one, two, place_of(one.folded)) for one in lost for two in new):
            findings.append(Finding("name", f"«{_written(new)}» ≠ «{_written(lost)}»"))
    return findings


def _may_be_name(text: Tokens, index: int, concepts: Concepts) -> bool:
    token = text.tokens[index]
    capital = text.language == "en" and token.content and token.text[0].isupper() and not token.number
    return capital or looks_like_name(text, index, concepts)


def _is_new(text: Tokens, index: int, there: Sequence[Token]) -> bool:
    token = text.tokens[index]
    return token.content and not token.number and not any(same_spelling(token, other) for other in there)


def _written(tokens: Iterable[Token]) -> str:
    return " ".join(token.text for token in tokens)


def place_of(word: str) -> str | None:
    """The English name of the place that a folded word names, or whose people it names; None for other words."""
    places = _places()
    return places.get(word) or places.get(word.removeprefix("ال")) or places.get(stem(word, "ar"))


@cache
def _places() -> dict[str, str]:
    text = resources.files("qa.text").joinpath("data", "names.places.txt").read_text("utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            spellings = [fold(each.strip()).text for each in line.split("|")]
            found.update({each: spellings[0] for each in spellings if " " not in each})
    return found

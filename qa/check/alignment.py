"""Lays a statement beside the quote that it is nearest to, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from qa.check.tokens import Token, Tokens

# Chosen on spelling variants of PQuAD and ARCD sentences (lost half-spaces, ی/ي, clitics): higher misses them, lower
# begins to take one name for another.
_SAME_SPELLING: Final = 86
_SHORTEST_FUZZY: Final = 6


@dataclass(frozen=True, slots=True)
class Replaced:
    """Tokens [start, end) of the quote that have tokens [said_start, said_end) of the statement in their place."""

    start: int
    end: int
    said_start: int
    said_end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """``places`` leads from an index of the statement's tokens to that of the same token in the quote."""

    said: Tokens
    quote: Tokens
    places: dict[int, int]
    replaced: tuple[Replaced, ...]

    @property
    def share(self) -> float:
        """The share of the statement's tokens that stand in the quote, in its order."""
        return len(self.places) / len(self.said.tokens) if self.said.tokens else 0.0

    def back(self) -> dict[int, int]:
        """From the quote's tokens to the statement's."""
        return {there: here for here, there in self.places.items()}


def align(said: Tokens, quote: Tokens) -> Alignment:
    """The alignment with the fewest words changed (Levenshtein over words)."""
    said, quote = resegmented(said, quote), resegmented(quote, said)
    known = {token.key for token in quote.tokens}
    keys = [token.key if token.key in known else respelt(token, quote.tokens) for token in said.tokens]
    places: dict[int, int] = {}
    replaced: list[Replaced] = []
    for step in Levenshtein.opcodes(quote.keys, keys):
        if step.tag == "equal":
            places.update(zip(range(step.dest_start, step.dest_end), range(step.src_start, step.src_end), strict=True))
        elif replaced and (replaced[-1].end, replaced[-1].said_end) == (step.src_start, step.dest_start):
            replaced[-1] = replace(replaced[-1], end=step.src_end, said_end=step.dest_end)
        else:
            replaced.append(Replaced(step.src_start, step.src_end, step.dest_start, step.dest_end))
    return Alignment(said, quote, places, tuple(replaced))


def resegmented(text: Tokens, model: Tokens) -> Tokens:
    """The text with its words cut as ``model`` cuts them: «نخستوزیر» in two where the other has «نخست‌وزیر»."""
    known = {token.folded for token in model.tokens}
    pieces = _glued(model)
    tokens: list[Token] = []
    moved: list[int] = []
    for token in text.tokens:
        moved.append(len(tokens))
        parts = pieces.get(token.folded) if token.folded not in known and not token.number else None
        tokens += [replace(part, text=token.text, start=token.start, end=token.end) for part in parts or (token,)]
    if len(tokens) == len(text.tokens):
        return text
    moved.append(len(tokens))
    return replace(text, tokens=tuple(tokens), cues=tuple(replace(cue, at=moved[cue.at]) for cue in text.cues))


def _glued(text: Tokens) -> dict[str, tuple[Token, ...]]:
    """Two or three tokens in a row by what they are when written together."""
    found: dict[str, tuple[Token, ...]] = {}
    for length in (2, 3):
        for at in range(len(text.tokens) - length + 1):
            row = text.tokens[at : at + length]
            found.setdefault("".join(token.folded for token in row), row)
    return found


def best_alignments(said: Tokens, quotes: Sequence[Tokens]) -> list[Alignment]:
    """The alignment with the quote that holds most of the statement in its order; with all that hold as much."""
    found = [align(said, quote) for quote in quotes]
    most = max((len(each.places) for each in found), default=0)
    return [each for each in found if len(each.places) == most]


def respelt(token: Token, among: Sequence[Token]) -> str:
    """The key of the token that is the same word in another spelling, or the token's own key."""
    if token.number:
        return token.key
    return next((other.key for other in among if same_spelling(token, other)), token.key)


def same_spelling(one: Token, other: Token) -> bool:
    """Whether two tokens of one language are the same word: by stem, or nearly letter by letter."""
    return one.key == other.key or (not one.number and not other.number and _alike(one.folded, other.folded))


@lru_cache(maxsize=1 << 15)
def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST_FUZZY:
        return False
    return fuzz.ratio(one, other) >= _SAME_SPELLING

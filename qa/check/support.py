"""Support: how much of what a statement says its quotes cover, in one language or across two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from qa.check.alignment import same_spelling
from qa.check.concepts import Concepts
from qa.check.tokens import Token, Tokens
from qa.text.known_names import place_of

_NGRAM_WEIGHT: Final = 0.25


def support_share(said: Tokens, quotes: Sequence[Tokens], concepts: Concepts) -> float:
    """The share of the statement's content words that the quotes have, in [0, 1]; 1 for a statement without any."""
    content = [token for token in said.tokens if token.content]
    if not content:
        return 1.0
    return sum(_covered(token, said.language, quotes, concepts) for token in content) / len(content)


def _covered(token: Token, language: str, quotes: Sequence[Tokens], concepts: Concepts) -> float:
    best = 0.0
    meant = concepts.translate(token.folded, language)
    place = place_of(token.folded)
    for quote in quotes:
        for other in quote.tokens:
            if same_spelling(token, other) or (place is not None and place == place_of(other.folded)):
                return 1.0
            if other.content and not token.number and meant & concepts.translate(other.folded, quote.language):
                best = max(best, 1.0 if quote.language != language else 0.8)
        if quote.language == language and best < 0.8 and len(token.folded) >= 4:
            nearest = max((fuzz.ratio(token.folded, other.folded) for other in quote.tokens), default=0)
            best = max(best, _NGRAM_WEIGHT * nearest / 100)
    return best

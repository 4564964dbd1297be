"""Support: how much of what a statement says its quotes cover, in one language or across two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from qa.check.alignment import same_spelling
from qa.check.concepts import Concepts
from qa.check.tokens import Token, Tokens, reason_words
from qa.text.known_names import place_of

ADDED_SUPPORT: Final = 0.3  # what a clause must be covered by at least, beside others that are
_NGRAM_WEIGHT: Final = 0.25
_TELLING_WORDS: Final = 2  # content words from which on a clause is judged by itself
_BREAK: Final = re.compile("[,،;؛:–—()«»“”]")


class Support(NamedTuple):
    """How much of a statement its quotes cover. ``share`` of its content words, in [0, 1]; 1 when it has none.

    ``added`` is the first clause that they hardly cover at all, as it stands in the statement, "" where there is none.
    Clauses with figures are left out: a date in another calendar shares no word, and those are compared by value.
    """

    share: float
    added: str


def support_of(said: Tokens, quotes: Sequence[Tokens], concepts: Concepts) -> Support:
    """Compare the words of a statement with those of its quotes."""
    covered = {
        place: _covered(token, said.language, quotes, concepts)
        for place, token in enumerate(said.tokens)
        if token.content
    }
    if not covered:
        return Support(1.0, "")
    return Support(sum(covered.values()) / len(covered), _added(said, covered))


def _added(said: Tokens, covered: Mapping[int, float]) -> str:
    for clause in _clauses(said):
        tokens = [said.tokens[place] for place in clause]
        shares = [covered[place] for place in clause if place in covered]
        figures = any(token.number for token in tokens)
        if not figures and len(shares) >= _TELLING_WORDS and sum(shares) < ADDED_SUPPORT * len(shares):
            return said.text[tokens[0].start : tokens[-1].end]
    return ""


def _clauses(said: Tokens) -> Iterator[range]:
    """The places of the tokens between marks of punctuation and words that begin a reason; none when it is all one."""
    reasons = reason_words(said.language)
    begins = [0]
    for place, (before, token) in enumerate(pairwise(said.tokens), start=1):
        if token.folded in reasons or _BREAK.search(said.text, before.end, token.start):
            begins.append(place)
    if len(begins) > 1:
        yield from (range(first, last) for first, last in pairwise([*begins, len(said.tokens)]))


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

"""Negation and modality: what a quote negates, denies or calls possible, a statement must not claim, or vice versa."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qa.check.alignment import Alignment
from qa.check.concepts import Concepts
from qa.check.findings import finding
from qa.check.tokens import Cue, Tokens, holding_words, same_sentence, undoing_words
from qa.text.concepts import familiar_words
from qa.values import Finding

_NEAR: Final = 3
_FAR: Final = 99
_WHOLE: Final = 0.6
_HOLDS: Final = re.compile(r"(?:un|non)(?P<plain>(?!til|less|ited)[a-z]{4,})|(?P<stem>[a-z]{4,})less")
_POLAR: Final = frozenset({"not", "lack", "deny"})


def negation_findings(alignment: Alignment) -> list[Finding]:
    """A finding for each negation that one of the two has and the other lacks at the same place."""
    said, quote = alignment.said, alignment.quote
    back = alignment.back()
    paired = _pairs(alignment)
    added = [
        cue
        for at, cue in enumerate(said.cues)
        if cue.kind in _POLAR and at not in paired.values() and not (cue.kind == "deny" and cue.at in alignment.places)
    ]
    dropped = [cue for at, cue in enumerate(quote.cues) if at not in paired and _covers(cue, alignment, back)]
    return [
        *(finding("negation", "negation_added", cue=cue.text) for cue in added),
        *(finding("negation", "negation_dropped", cue=cue.text) for cue in dropped),
    ]


def _pairs(alignment: Alignment) -> dict[int, int]:
    """Cues of the quote and of the statement that answer each other, the nearest first, each once."""
    said, quote = alignment.said, alignment.quote
    distances = []
    for here, ours in enumerate(said.cues):
        place = _place(ours, alignment.places)
        for there, theirs in enumerate(quote.cues):
            distance = _FAR if place is None else abs(theirs.at - place)
            if (ours.kind == "modal") == (theirs.kind == "modal") and distance <= (
                _NEAR if place is not None else _FAR
            ):
                distances.append((distance, ours.text != theirs.text, here, there))
    paired: dict[int, int] = {}
    for _, _, here, there in sorted(distances):
        if there not in paired and here not in paired.values():
            paired[there] = here
    return paired


def parity_finding(said: Tokens, quotes: Sequence[Tokens], concepts: Concepts) -> list[Finding]:
    """Across languages, where words cannot be laid side by side: the two negate unequally often.

    What one language negates another may say in a word that holds the negation ("without", "unclear", "few"), or not
    at all («لا … إلا» is "only"). A statement much shorter than its quotes may leave negated clauses out, unless it
    says what they negate.
    """
    ours = [cue for cue in said.cues if cue.kind == "not"]
    theirs = [(quote, cue) for quote in quotes for cue in quote.cues if cue.kind == "not"]
    added = len(ours) - len(theirs)
    if added > 0:
        excused = sum(map(_holding, quotes)) + _undone(said)
        return [] if excused >= added else [finding("negation", "negation_added", cue=ours[0].text)]
    if added == 0 or _holding(said) + sum(map(_undone, quotes)) >= -added:
        return []
    whole = len(said.tokens) >= _WHOLE * sum(len(quote.tokens) for quote in quotes)
    dropped = [cue for quote, cue in theirs if whole or _says_head(said, quote, cue, concepts)]
    return [finding("negation", "negation_dropped", cue=dropped[0].text)] if len(dropped) > len(ours) else []


def _holding(text: Tokens) -> int:
    """Words that hold a negation without being one."""
    return sum(cue.kind in ("lack", "deny") for cue in text.cues) + sum(
        token.folded in holding_words(text.language) or _is_made_negative(token.folded) for token in text.tokens
    )


def _is_made_negative(word: str) -> bool:
    """Whether an English word is a known one behind un- or non-, or before -less: "unclear", "symptomless"."""
    made = _HOLDS.fullmatch(word)
    return made is not None and (made["plain"] or made["stem"]) in familiar_words()


def _undone(text: Tokens) -> int:
    """Words that turn a negation in the same text into "only"."""
    return sum(token.folded in undoing_words(text.language) for token in text.tokens)


def _says_head(said: Tokens, quote: Tokens, cue: Cue, concepts: Concepts) -> bool:
    """Whether the statement has a word for what stands by a cue: after it, in Persian before and at it."""
    around = range(cue.at - 2, cue.at + 1) if quote.language == "fa" else range(cue.at, cue.at + 2)
    heads = [quote.tokens[at] for at in around if 0 <= at < len(quote.tokens) and quote.tokens[at].content]
    meant = [concepts.translate(head.folded, quote.language) for head in heads]
    return any(
        each & concepts.translate(token.folded, said.language)
        for each in meant
        for token in said.tokens
        if token.content
    )


def _place(cue: Cue, places: dict[int, int]) -> int | None:
    """Where in the quote the words that a cue of the statement stands by are, or None."""
    for step in (0, 1, -1, 2, -2):
        if cue.at + step in places:
            return places[cue.at + step] - step
    return None


def _covers(cue: Cue, alignment: Alignment, back: dict[int, int]) -> bool:
    """Whether the statement says what the cue of the quote bears on, so that it should carry the cue too."""
    if cue.kind == "deny":
        return cue.at not in back and _scope_is_said(cue, alignment, back)
    beside = [at for at in range(cue.at - 1, cue.at + 2) if at in back]
    return cue.at in back or len(beside) >= 2


def _scope_is_said(cue: Cue, alignment: Alignment, back: dict[int, int]) -> bool:
    """Whether the statement repeats what a quote denies: after the verb in Arabic and English, before it in Persian."""
    quote = alignment.quote
    at = quote.tokens[cue.at]
    if quote.language == "fa":
        span = range(max(0, cue.at - 8), cue.at)
    else:
        span = range(cue.at + 1, min(len(quote.tokens), cue.at + 9))
    scope = [
        index
        for index in span
        if quote.tokens[index].content and same_sentence(quote.text, at.start, quote.tokens[index].start)
    ]
    repeated = [index for index in scope if index in back]
    return len(scope) >= 2 and len(repeated) >= 0.7 * len(scope)

"""Who did what: two words of a quote that have changed places in a statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qa.check.alignment import Alignment, Replaced, same_spelling
from qa.check.findings import finding
from qa.check.tokens import Token
from qa.values import Finding

_NEAR_VERBATIM: Final = 0.6


def order_findings(alignment: Alignment) -> list[Finding]:
    """A finding for each pair of stretches where the statement has one where its quote has the other."""
    if alignment.share < _NEAR_VERBATIM:
        return []
    findings = []
    for at, first in enumerate(alignment.replaced):
        for second in alignment.replaced[at + 1 :]:
            if _exchanged(alignment, first, second):
                one, two = (_text(alignment.said.tokens[s.said_start : s.said_end]) for s in (first, second))
                findings.append(finding("support", "exchanged", one=one, other=two))
    return findings


def _exchanged(alignment: Alignment, first: Replaced, second: Replaced) -> bool:
    had_first, had_second = (alignment.quote.tokens[s.start : s.end] for s in (first, second))
    said_first, said_second = (alignment.said.tokens[s.said_start : s.said_end] for s in (first, second))
    if not all(token.content for block in (said_first, said_second) for token in block):
        return False  # a phrase with its preposition may stand elsewhere and say the same
    return _mostly(said_first, had_second) and _mostly(said_second, had_first)


def _mostly(said: Sequence[Token], had: Sequence[Token]) -> bool:
    """Whether most content words of ``said`` are in ``had``."""
    content = [token for token in said if token.content]
    shared = sum(any(same_spelling(token, other) for other in had if other.content) for token in content)
    return bool(content) and 2 * shared > len(content)


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)

"""The checker: does a statement say what the sentences that it cites say? No model is needed.

Numbers, dates, names, negation and the rest of the words are each judged in a file of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qa.text import content_words, detect_language, fold
from qa.text.numbers import find_numbers
from qa.values import Check, Finding

__all__ = ["check"]

_ENOUGH_SUPPORT = 0.5


def check(
    statement: str, quotes: Sequence[str], *, context: Sequence[str] = (), published: date | None = None
) -> Check:
    """Judges one statement against the sentences it cites."""
    if not quotes:
        return Check("unsupported", (Finding("citation", "[ ]"),), 0.0)
    cited = "\n".join(quotes)
    findings: list[Finding] = []
    values = {quantity.value for quantity in find_numbers(cited)}
    for quantity in find_numbers(statement):
        if quantity.value not in values:
            findings.append(Finding("number", f"«{statement[quantity.start : quantity.end]}»"))
    said = content_words(statement, detect_language(statement))
    known = fold(cited).text
    support = sum(word in known for word in said) / len(said) if said else 1.0
    if support < _ENOUGH_SUPPORT:
        findings.append(Finding("support", f"{support:.2f}"))
    return Check("unsupported" if findings else "supported", tuple(findings), support)

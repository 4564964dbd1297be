"""The checker: does a statement say what the sentences that it cites say? No model is needed.

Each kind of mistake is found in a file of its own: ``numbers``, ``dates``, ``names``, ``negation``, ``order`` (who
did what) and ``support`` (the rest of the words). ``findings`` words what they find.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from qa.check.alignment import Alignment, best_alignments
from qa.check.concepts import Concepts, NoConcepts, TableConcepts
from qa.check.dates import date_findings
from qa.check.figures import UNDATED
from qa.check.findings import describe, finding
from qa.check.names import name_findings
from qa.check.negation import negation_findings, parity_finding
from qa.check.numbers import number_findings, replaced_numbers
from qa.check.order import order_findings
from qa.check.support import support_of
from qa.check.tokens import language_of, tokens_of
from qa.text import fold
from qa.values import Check, Finding

__all__ = ["Concepts", "check", "describe", "finding", "language_of"]

# Tuned on sentences of PQuAD, ARCD, MLQA and TyDi QA against their shortened forms and against the other sentences
# of their passages, and across languages on TICO-19.
ENOUGH_SUPPORT: Final = 0.5
ENOUGH_SUPPORT_ACROSS: Final = 0.2

_TABLE: Final = TableConcepts()


def check(
    statement: str,
    quotes: Sequence[str],
    *,
    context: Sequence[str] = (),
    published: date | None = None,
    concepts: Concepts | None = _TABLE,
) -> Check:
    """Judges one statement against the sentences it cites.

    ``quotes`` are those sentences, verbatim. ``context`` (title, neighbouring sentences) may supply a name or date
    that the quotes only hint at, and never carries support. ``published`` is the day that relative dates count
    from. ``concepts`` translates words; without it a statement in another language than its quotes is "unchecked"
    unless a number, date or name in it is plainly wrong.
    """
    if not quotes or not any(quote.strip() for quote in quotes):
        return Check("unsupported", (finding("citation", "cites_nothing"),), 0.0)
    if _is_whole(statement, quotes):
        return Check("supported", (), 1.0)
    return _Comparison(statement, quotes, context, published or UNDATED, concepts).judge()


def _is_whole(statement: str, quotes: Sequence[str]) -> bool:
    """Whether the statement is one quote, or all of them in a row, letter for letter after folding."""
    said = fold(statement).text.strip()
    whole = [fold(quote).text.strip() for quote in quotes]
    return said in whole or said == " ".join(whole)


class _Comparison:
    """One statement beside its quotes, cut into tokens once."""

    def __init__(
        self, statement: str, quotes: Sequence[str], context: Sequence[str], day: date, concepts: Concepts | None
    ) -> None:
        self.statement, self.texts, self.around, self.day = statement, quotes, context, day
        self.concepts = concepts
        self.quotes = [tokens_of(quote, language_of(quote)) for quote in quotes if quote.strip()]
        self.context = [tokens_of(text, language_of(text)) for text in context]
        self.said = tokens_of(statement, language_of(statement, self.quotes[0].language))

    def judge(self) -> Check:
        """The verdict: unsupported with any finding; unchecked where the languages cannot be compared."""
        concepts = self.concepts or NoConcepts()
        same = [quote for quote in self.quotes if quote.language == self.said.language]
        laid: Sequence[Alignment | None] = best_alignments(self.said, same) or [None]
        alignment = laid[0]
        figures = [
            *number_findings(self.statement, self.texts, self.day, across=alignment is None),
            *date_findings(self.statement, self.texts, self.day, self.around, across=alignment is None),
        ]
        # Where quotes hold as much of the statement as each other, none of them may speak against it.
        beside = (self._beside(each, figures, concepts) for each in laid)
        findings = next(filter(None, beside), [])
        share, added = support_of(self.said, self.quotes, concepts)
        if not findings and alignment is None and self.concepts is None:
            return Check("unchecked", (finding("support", "languages"),), share)
        enough = ENOUGH_SUPPORT if alignment is not None else ENOUGH_SUPPORT_ACROSS
        if share < enough:
            findings.append(finding("support", "too_little", share=f"{share:.0%}", enough=f"{enough:.0%}"))
        elif added and alignment is not None:
            findings.append(finding("support", "added", words=added))
        return Check("unsupported" if findings else "supported", tuple(findings), share)

    def _beside(self, alignment: Alignment | None, figures: list[Finding], concepts: Concepts) -> list[Finding]:
        """What is wrong beside one quote, or beside all where they are in other languages; ``figures`` always are."""
        return [
            *(figures or (replaced_numbers(alignment, self.day) if alignment is not None else [])),
            *name_findings(self.said, self.quotes, self.context, alignment, concepts),
            *self._order_and_negation(alignment, concepts),
        ]

    def _order_and_negation(self, alignment: Alignment | None, concepts: Concepts) -> list[Finding]:
        if alignment is None:
            return parity_finding(self.said, self.quotes, concepts)
        return [*negation_findings(alignment), *order_findings(alignment)]

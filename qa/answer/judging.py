"""One drafted statement against what it cites: the verdict, and what was noticed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from qa.check import check, finding
from qa.values import Check, DraftStatement, Evidence, Label


class Checker(Protocol):
    """Judges a statement against the quotes it cites, as :func:`qa.check.check` does."""

    def __call__(
        self, statement: str, quotes: Sequence[str], *, context: Sequence[str] = (), published: date | None = None
    ) -> Check: ...


def judge(draft: DraftStatement, evidence: Evidence, quotes: Sequence[str], checker: Checker = check) -> Check:
    """The check of a statement against its quotes; without a single label that exists it is unsupported."""
    strays = tuple(finding("citation", "unknown_label", label=label) for label in draft.unknown)
    if not draft.labels:
        return Check("unsupported", strays or (finding("citation", "cites_nothing"),))
    checked = checker(
        draft.text, quotes, context=context_of(draft.labels, evidence), published=_published(draft, evidence)
    )
    return Check(checked.verdict, (*checked.findings, *strays), checked.support)


def context_of(labels: Sequence[Label], evidence: Evidence) -> list[str]:
    """What a reader of the cited sentences has in mind: their articles' titles and the sentences before them."""
    context: list[str] = []
    for label in labels:
        passage, _ = evidence.locate(label)
        if passage.title:
            context.append(passage.title)
        if label.sentence > 1:
            context.append(passage.sentence(label.sentence - 2))
    return list(dict.fromkeys(context))


def _published(draft: DraftStatement, evidence: Evidence) -> date | None:
    passage, _ = evidence.locate(draft.labels[0])
    try:
        return date.fromisoformat((passage.published or "")[:10])
    except ValueError:
        return None

"""The values that travel through Sanad, from an article to an answer. All are frozen.

Offsets are always half-open ``[start, end)``, count Unicode code points, start at 0, and refer to
``Article.text`` exactly as it was ingested. Labels such as ``[2.3]`` count from 1.

    Article -> Passage -> Evidence -> DraftStatement -> Statement + Citation -> Answer
"""

from __future__ import annotations

from qa.values.answers import (
    Answer,
    Check,
    Citation,
    Disagreement,
    Finding,
    FindingKind,
    RefusalReason,
    Retrieved,
    Statement,
    Usage,
    Verdict,
    plain,
)
from qa.values.articles import Article, Copy, Fact, Filters, Passage, Span
from qa.values.events import Checked, Delta, Done, Event, Found, final_answer
from qa.values.evidence import DraftStatement, Evidence, Label, Understanding

__all__ = [
    "Answer",
    "Article",
    "Check",
    "Checked",
    "Citation",
    "Copy",
    "Delta",
    "Disagreement",
    "Done",
    "DraftStatement",
    "Event",
    "Evidence",
    "Fact",
    "Filters",
    "Finding",
    "FindingKind",
    "Found",
    "Label",
    "Passage",
    "RefusalReason",
    "Retrieved",
    "Span",
    "Statement",
    "Understanding",
    "Usage",
    "Verdict",
    "final_answer",
    "plain",
]

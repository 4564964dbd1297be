"""What the checker says of a statement, in the words of its reader: ``finding.*`` of ``qa/texts``."""

from __future__ import annotations

from qa.texts import text
from qa.values import Finding, FindingKind


def finding(kind: FindingKind, message: str, **values: str) -> Finding:
    """A finding whose ``detail`` is the English text ``finding.MESSAGE`` with its placeholders filled in."""
    return Finding(kind, text(f"finding.{message}", "en", **values), message, values)


def describe(found: Finding, language: str) -> str:
    """What a finding says, in the language of who reads it."""
    return text(f"finding.{found.message}", language, **found.values) if found.message else found.detail

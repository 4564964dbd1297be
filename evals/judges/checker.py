"""The built-in checker as a judge: no model, no cost, the same verdict each time."""

from __future__ import annotations

from collections.abc import Sequence

from evals.judges.values import Judgement
from qa.answer.judging import Checker
from qa.check import check


class CheckerJudge:
    """Judges by :func:`qa.check.check`, or another checker."""

    name = "checker"

    def __init__(self, checker: Checker = check) -> None:
        self._check = checker

    def judge(self, statement: str, quotes: Sequence[str], *, language: str) -> Judgement:
        """Supported when the checker finds nothing wrong; "unchecked" is not supported.

        The score is the support it found, a supported one in [0.5, 1] and another in [0, 0.5].
        """
        found = self._check(statement, quotes)
        supported = found.verdict == "supported"
        noticed = "; ".join(f"{each.kind}: {each.detail}" for each in found.findings)
        return Judgement(supported, (supported + found.support) / 2, noticed or found.verdict)

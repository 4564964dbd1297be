"""What became of the statements that were drafted: withheld, shown as unsupported, or good; and their language."""

from __future__ import annotations

from collections.abc import Iterator

from evals.scorers.values import Sample, Score
from qa.check import language_of


def statement_rates(sample: Sample) -> Iterator[Score]:
    """The share of the drafted statements that were withheld, and of the shown ones that are not "supported"."""
    answer = sample.answer
    shown = answer.statements if answer else ()
    withheld = answer.withheld if answer else ()
    drafted = len(shown) + len(withheld)
    yield Score("withheld", len(withheld) / drafted if drafted else None, f"{len(withheld)} of {drafted} statements")
    doubtful = [each for each in shown if each.verdict != "supported"]
    yield Score("unsupported", len(doubtful) / len(shown) if shown else None, f"{len(doubtful)} of {len(shown)} shown")


def answer_language(sample: Sample) -> Iterator[Score]:
    """Whether what is said is in the language of the question; a refusal is said in Sanad's own words."""
    answer = sample.answer
    if answer is None or not answer.statements:
        yield Score("language", None, "nothing is said")
        return
    said = language_of(" ".join(each.text for each in answer.statements), sample.case.language)
    yield Score("language", float(said == sample.case.language), f"{sample.case.language} asked, {said} said")

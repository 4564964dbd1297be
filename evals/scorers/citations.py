"""Citation recall and precision after ALCE (Gao et al. 2023, section 3), with refusals judged for themselves.

Recall: the share of the statements that all their quotes together support. Precision: the share of the citations that
are of use: the statement is supported, and either this quote alone supports it or the others alone do not. A refusal
cites nothing: 1 for both where it is right, 0 where the articles answer. Who judges support is the run's judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.scorers.values import Sample, Score
from qa.values import Answer, Statement

NAMES = ("citation_recall", "citation_precision")


def citation_quality(sample: Sample) -> Iterator[Score]:
    """Recall and precision of one answer, each in [0, 1]. Precision is None for statements without any citation."""
    answer = sample.answer
    if answer is None or answer.refused:
        right = answer is not None and not sample.case.answerable
        why = (sample.error or "failed") if answer is None else "a right refusal" if right else "a wrong refusal"
        yield from (Score(name, float(right), why) for name in NAMES)
        return
    quotes = {cited.id: cited.quote for cited in answer.citations}
    supported: list[bool] = []
    useful: list[bool] = []
    for statement in answer.statements:
        cited = [quotes[id] for id in statement.citations]
        whole = bool(cited) and _supports(sample, answer, statement, cited)
        supported.append(whole)
        useful += [whole and _is_of_use(sample, answer, statement, cited, place) for place in range(len(cited))]
    yield Score(NAMES[0], _share(supported), f"{sum(supported)} of {len(supported)} statements are supported")
    yield Score(NAMES[1], _share(useful) if useful else None, f"{sum(useful)} of {len(useful)} citations are of use")


def _supports(sample: Sample, answer: Answer, statement: Statement, quotes: Sequence[str]) -> bool:
    return sample.judge.judge(statement.text, quotes, language=answer.language).supported


def _is_of_use(sample: Sample, answer: Answer, statement: Statement, quotes: Sequence[str], place: int) -> bool:
    """Whether the quote at ``place`` is needed: it supports by itself, or the others do not."""
    if len(quotes) == 1 or _supports(sample, answer, statement, [quotes[place]]):
        return True
    return not _supports(sample, answer, statement, [*quotes[:place], *quotes[place + 1 :]])


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0

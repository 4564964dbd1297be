"""Is each quote verbatim, and do its offsets lead to it?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.scorers.values import Sample, Score
from qa.values import Citation


def citation_validity(sample: Sample) -> Iterator[Score]:
    """The share of the citations, those beside a refusal too, that are exactly what stands in the article."""
    cited = (*sample.answer.citations, *sample.answer.nearest) if sample.answer else ()
    if not cited:
        yield Score("citation_validity", None, "cites nothing")
        return
    wrong = [f"[{each.id}] {why}" for each in cited if (why := _mistake(each, sample.text_of(each.article_id)))]
    yield Score("citation_validity", 1 - len(wrong) / len(cited), "; ".join(wrong) or f"{len(cited)} verbatim")


def _mistake(cited: Citation, text: str) -> str:
    """What is wrong with a citation of an article with this text; nothing when all is right."""
    if text[cited.start : cited.end] != cited.quote or not cited.quote:
        return "the quote does not stand at its offsets"
    if text[cited.passage_start : cited.passage_end] != cited.passage:
        return "the passage does not stand at its offsets"
    if not cited.passage_start <= cited.start < cited.end <= cited.passage_end:
        return "the quote lies outside its passage"
    if cited.answer_start is not None and cited.answer_end is not None:
        inside = cited.start <= cited.answer_start < cited.answer_end <= cited.end
        return "" if inside else "the answering words lie outside the quote"
    return ""

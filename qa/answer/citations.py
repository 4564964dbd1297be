"""From labels to verbatim quotes, numbered in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.values import Citation, DraftStatement, Evidence, Label, Passage, Span


class CitationBook:
    """The citations of one answer. A quote is cut out of the passage by offsets, so it is verbatim.

    One citation per distinct stretch of an article; neighbouring sentences that one statement cites share one.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._citations: dict[tuple[str, Span], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far, by id."""
        return tuple(self._citations.values())

    def cite(self, draft: DraftStatement) -> tuple[Citation, ...]:
        """The citations of a statement, in the order of its labels. Its labels must exist."""
        cited = [self._cite(passage, span) for passage, span in stretches(self._evidence, draft.labels)]
        if draft.answer is not None and draft.labels:
            passage, _ = self._evidence.locate(draft.labels[0])
            self._mark(passage.article_id, draft.answer)
        return tuple(self._citations[key_of(citation)] for citation in dict.fromkeys(cited))

    def _cite(self, passage: Passage, span: Span) -> Citation:
        key = (passage.article_id, span)
        if key not in self._citations:
            self._citations[key] = citation(len(self._citations) + 1, passage, span)
        return self._citations[key]

    def _mark(self, article_id: str, answer: Span) -> None:
        """Note the answering words in the first citation around them that has none noted yet."""
        for key, cited in self._citations.items():
            inside = cited.article_id == article_id and cited.start <= answer.start < answer.end <= cited.end
            if inside and cited.answer_start is None:
                self._citations[key] = _with_answer(cited, answer)
                return


def citation(number: int, passage: Passage, span: Span) -> Citation:
    """A citation of ``span`` (absolute offsets, inside the passage)."""
    return Citation(
        id=number,
        article_id=passage.article_id,
        title=passage.title,
        source=passage.source,
        url=passage.url,
        published=passage.published,
        language=passage.language,
        quote=passage.text[span.start - passage.start : span.end - passage.start],
        start=span.start,
        end=span.end,
        passage=passage.text,
        passage_start=passage.start,
        passage_end=passage.end,
        score=passage.score,
        author=passage.author,
        modified=passage.modified,
        updated=passage.updated,
        teaser=passage.teaser,
        also_in=passage.also_in,
    )


def key_of(cited: Citation) -> tuple[str, Span]:
    """What makes two citations the same: the article and the stretch."""
    return cited.article_id, Span(cited.start, cited.end)


def stretches(evidence: Evidence, labels: Sequence[Label]) -> list[tuple[Passage, Span]]:
    """The labelled sentences, those with nothing but white space between them joined, in order of first mention."""
    joined: list[tuple[Passage, Span]] = []
    for label in dict.fromkeys(labels):
        passage, span = evidence.locate(label)
        for place, (other, before) in enumerate(joined):
            if other is passage and (whole := _joined(passage, before, span)) is not None:
                joined[place] = (passage, whole)
                break
        else:
            joined.append((passage, span))
    return joined


def _joined(passage: Passage, one: Span, other: Span) -> Span | None:
    first, second = sorted((one, other))
    if second.end <= first.end:
        return first
    between = passage.text[first.end - passage.start : second.start - passage.start]
    return Span(first.start, second.end) if not between.strip() else None


def _with_answer(cited: Citation, answer: Span) -> Citation:
    return replace(cited, answer_start=answer.start, answer_end=answer.end)

"""A report as one JSON document; the page is made of it and so are comparisons."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from evals.gate import Verdict
from evals.run import Report
from evals.summary import Scored
from qa.values import Answer, Citation

FORMAT = 1
_KEPT = (
    "answer",
    "standalone_question",
    "language",
    "refused",
    "refusal_reason",
    "mode",
    "model",
    "confidence",
    "notice",
    "timings_ms",
)


class _Passages:
    """Every passage once; cases name it by its place in the list."""

    def __init__(self, known: dict[tuple[str, int, int], str]) -> None:
        self._known = known
        self._places: dict[tuple[str, int, int], int] = {}
        self.listed: list[dict[str, Any]] = []

    def place(self, article: str, start: int, end: int, text: str | None = None) -> int:
        key = (article, start, end)
        if key not in self._places:
            self._places[key] = len(self.listed)
            shown = self._known[key] if text is None else text
            self.listed.append({"article": article, "start": start, "end": end, "text": shown})
        return self._places[key]


def document(report: Report, judge: dict[str, Any] | None = None, verdict: Verdict | None = None) -> dict[str, Any]:
    """Plain values. ``judge`` is what is known of the judge's own agreement, ``verdict`` what the gate said."""
    passages = _Passages(report.passages)
    cases = [_case(each, passages) for each in report.scored]
    return {
        "format": FORMAT,
        "dataset": report.dataset.name,
        "configuration": {"hash": report.configuration.hash, **report.configuration.values},
        "about": report.about,
        "judge": judge,
        "gate": verdict.to_dict() if verdict else None,
        "metrics": report.metrics(),
        "groups": [asdict(group) for group in report.groups],
        "calibration": [asdict(each) for each in report.bins],
        "suites": [
            {"name": each.name, "metrics": each.metrics(), "trials": [asdict(trial) for trial in each.trials]}
            for each in report.suites
        ],
        "articles": {
            id: {name: getattr(header, name) for name in ("title", "source", "published", "language", "url")}
            for id, header in report.headers.items()
        },
        "passages": passages.listed,
        "cases": cases,
    }


def _case(scored: Scored, passages: _Passages) -> dict[str, Any]:
    case, sample = scored.sample.case, scored.sample
    return {
        "id": case.id,
        "language": case.language,
        "tags": list(case.tags),
        "turns": list(case.turns),
        "question": case.question,
        "filters": case.filters.model_dump(mode="json", exclude_none=True),
        "answerable": case.answerable,
        "match": case.match,
        "rejected": list(case.rejected),
        "expected": [
            {"article": gold.article_id, "start": gold.span.start, "end": gold.span.end, **_wanted(gold.expected)}
            for gold in sample.gold
        ],
        "outcome": scored.outcome,
        "error": sample.error,
        "answer": _answer(sample.answer, passages) if sample.answer else None,
        "ranked": [
            {"passage": passages.place(each.article_id, each.start, each.end), "score": round(each.score, 4)}
            for each in sample.ranked
        ],
        "scores": {name: {"value": score.value, "reason": score.reason} for name, score in scored.scores.items()},
    }


def _wanted(expected: Any) -> dict[str, Any]:
    return {"quote": expected.quote, "answers": list(expected.answers)}


def _answer(answer: Answer, passages: _Passages) -> dict[str, Any]:
    plain = answer.to_dict()
    return {
        **{name: plain[name] for name in _KEPT},
        "usage": plain["usage"],
        "statements": plain["statements"],
        "withheld": plain["withheld"],
        "understood": plain["understood"],
        "disagreements": plain["disagreements"],
        "citations": [_citation(each, passages) for each in answer.citations],
        "nearest": [_citation(each, passages) for each in answer.nearest],
    }


def _citation(cited: Citation, passages: _Passages) -> dict[str, Any]:
    return {
        "id": cited.id,
        "article": cited.article_id,
        "passage": passages.place(cited.article_id, cited.passage_start, cited.passage_end, cited.passage),
        "start": cited.start,
        "end": cited.end,
        "answer_start": cited.answer_start,
        "answer_end": cited.answer_end,
        "quote": cited.quote,
    }

"""A report as text for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from evals.gate import Verdict
from evals.run import Report
from evals.summary import Group

_SHOWN: Final = (
    "right",
    "contains",
    "cites",
    "em",
    "f1",
    "squad_em",
    "squad_f1",
    "hit@1",
    "hit@5",
    "hit@10",
    "mrr@10",
    "ndcg@10",
    "citation_validity",
    "citation_recall",
    "citation_precision",
    "refusal_precision",
    "refusal_recall",
    "refusal_f1",
    "refusal_auc",
    "confidence_auc",
    "withheld",
    "unsupported",
    "language",
    "failed",
)
_PLAIN: Final = ("latency_p50_ms", "latency_p95_ms", "tokens", "cost")


def table(report: Report, verdict: Verdict | None = None) -> str:
    """Figures of all cases and of each language, then what is right by tag, the suites, and the gate."""
    languages = [each for each in report.groups if each.name == "all" or each.name.startswith("language:")]
    parts = [_figures(languages, verdict), _by_tag(report.groups), _suites(report), gate_lines(verdict)]
    return "\n\n".join(part for part in parts if part)


def gate_lines(verdict: Verdict | None) -> str:
    """What the gate says, and what to do about it."""
    if verdict is None:
        return ""
    if verdict.stale:
        return f"gate: NOT COMPARABLE, {verdict.stale}. `sanad eval --raise-baseline` measures them anew."
    if verdict.passed:
        return f"gate: passed, {len(verdict.floors)} floors hold"
    falls = [
        f"  {fall.metric}: {'not measured' if fall.value is None else f'{fall.value:.4f}'} < {fall.floor:.4f}"
        for fall in verdict.falls
    ]
    return "\n".join([f"gate: FAILED, {len(falls)} of {len(verdict.floors)} figures are below their floors", *falls])


def _figures(groups: Sequence[Group], verdict: Verdict | None) -> str:
    names = [name for name in _SHOWN if any(group.metrics.get(name) is not None for group in groups)]
    floors = verdict.floors if verdict else {}
    head = ["%", *(f"{group.name.removeprefix('language:')} ({group.count})" for group in groups), "floor"]
    rows = [
        [name, *(_percent(group.metrics.get(name)) for group in groups), _percent(floors.get(name), blank="")]
        for name in names
    ]
    rows += [
        [name, *(_plain(group.metrics.get(name)) for group in groups), ""]
        for name in _PLAIN
        if any(group.metrics.get(name) for group in groups)
    ]
    return in_columns([head, *rows])


def _by_tag(groups: Sequence[Group]) -> str:
    tags = [group for group in groups if group.name.startswith("tag:")]
    if len(tags) < 2:
        return ""
    deciding = "right" if "right" in tags[0].metrics else "hit@10"
    rows = [[each.name.removeprefix("tag:"), str(each.count), _percent(each.metrics[deciding])] for each in tags]
    return in_columns([["tag", "cases", f"{deciding} %"], *rows])


def _suites(report: Report) -> str:
    rows = []
    for suite in report.suites:
        for kind, languages in suite.table().items():
            shown = [f"{language} {passed}/{tried}" for language, (passed, tried) in sorted(languages.items())]
            rows.append([suite.name, kind, "  ".join(shown)])
        rows += [[name, _percent(value) + " %", ""] for name, value in suite.metrics().items()]
    return "\n".join(f"{name:22} {kind:18} {shown}".rstrip() for name, kind, shown in rows)


def in_columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as lines, the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]).rstrip()
        for row in rows
    )


def _percent(value: float | None, blank: str = "—") -> str:
    return blank if value is None else f"{100 * value:.1f}"


def _plain(value: float | None) -> str:
    return "—" if value is None else f"{value:,.1f}" if value >= 1 else f"{value:.4f}"

"""A report's document as one HTML page: plots, tables, and every case open to what it rests on.

The page holds all it needs and may load nothing (its policy forbids it). What comes from articles, cases and answers
goes in as data, with every ``<`` escaped, and is put on the page as text, never as markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

from evals.plots import Bar, Line, bar_chart, line_chart
from evals.summary import percentile

_FOLDER: Final = Path(__file__).parent
_LATENCY_SHARES: Final = [place / 100 for place in (*range(0, 100, 5), 99)]
_ROWS: Final = 24  # tags in one chart


def page(document: Mapping[str, Any]) -> str:
    """The whole page."""
    filled = {
        "title": escape(f"Sanad: {document['dataset']}"),
        "style": (_FOLDER / "page.css").read_text(encoding="utf-8"),
        "script": (_FOLDER / "page.js").read_text(encoding="utf-8"),
        "plots": "".join(f'<figure class="plot">{plot}</figure>' for plot in _plots(document)),
        "data": _as_data(document),
    }
    template = (_FOLDER / "page.html").read_text(encoding="utf-8")
    for name, text in filled.items():
        template = template.replace(f"<!--{name}-->", text, 1)
    return template


def _as_data(document: Mapping[str, Any]) -> str:
    """JSON that can stand in a script element: nothing in it can end the element or begin a comment."""
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _plots(document: Mapping[str, Any]) -> Iterator[str]:
    deciding = "right" if document["groups"][0]["metrics"].get("right") is not None else "hit@10"
    by_kind = {kind: _named(document["groups"], kind) for kind in ("language", "tag")}
    for kind, groups in by_kind.items():
        bars = [
            Bar(name, value, f"{100 * value:.0f} % of {count}", 0 if kind == "language" else 2)
            for name, count, metrics in groups
            if (value := metrics.get(deciding)) is not None
        ]
        if bars:
            yield bar_chart(f"{deciding}, by {kind}", bars[:_ROWS], top=1)
    if document["calibration"]:
        points = tuple((each["confidence"], each["right"]) for each in document["calibration"])
        lines = [Line("answers", points), Line("ideal", ((0, 0), (1, 1)))]
        yield line_chart("Calibration", lines, x_name="confidence", y_name="share right", top=1, right=1)
    if times := _latencies(document["cases"]):
        points = tuple((share, percentile(times, share) or 0.0) for share in _LATENCY_SHARES)
        yield line_chart("Latency", [Line("answers", points)], x_name="share of the answers", y_name="ms", right=1)


def _named(groups: Sequence[Mapping[str, Any]], kind: str) -> list[tuple[str, int, Mapping[str, Any]]]:
    prefix = f"{kind}:"
    named = [group for group in groups if group["name"].startswith(prefix)]
    return [(group["name"].removeprefix(prefix), group["count"], group["metrics"]) for group in named]


def _latencies(cases: Sequence[Mapping[str, Any]]) -> list[float]:
    answers = (case["answer"] for case in cases if case["answer"])
    return [answer["timings_ms"]["total"] for answer in answers if "total" in answer["timings_ms"]]

"""Plots as SVG that needs nothing from elsewhere: bars, and lines over a size. All text is escaped.

Written by hand because a plot here is a few rectangles and lines; a plotting library would be the largest dependency
of all. Colours come from the style of the page that shows the plot, by the classes ``s0``, ``s1``, …
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

WIDTH: Final = 640
BAR: Final = 22
GAP: Final = 10
LABELS: Final = 190  # width kept for the names of bars
HEIGHT: Final = 260
MARGIN: Final = 56
COLOURS: Final = ("#1c6e8c", "#c8772b", "#5b8c5a", "#8a5a83", "#7a7a7a", "#b5483a")
STYLE: Final = (
    "text{font:13px system-ui,sans-serif;fill:currentColor}.title{font-weight:600;font-size:14px}"
    ".axis{stroke:currentColor;stroke-opacity:.35;fill:none}"
    + "".join(f".s{place}{{fill:{colour};stroke:{colour}}}" for place, colour in enumerate(COLOURS))
    + ".line{fill:none;stroke-width:2}"
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its value, what is written behind it, and which colour it has."""

    name: str
    value: float
    label: str
    series: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name and its points (x, y)."""

    name: str
    points: tuple[tuple[float, float], ...]


def bar_chart(title: str, bars: Sequence[Bar], *, top: float | None = None) -> str:
    """Horizontal bars from 0 to ``top`` (default: the largest)."""
    largest = top or max((bar.value for bar in bars), default=0.0) or 1.0
    room = WIDTH - LABELS - 90
    parts = []
    for place, bar in enumerate(bars):
        y = 30 + place * (BAR + GAP)
        length = max(0.0, min(1.0, bar.value / largest)) * room
        parts.append(_text(LABELS - 8, y + 15, bar.name, anchor="end"))
        parts.append(
            f'<rect class="s{bar.series % len(COLOURS)}" x="{LABELS}" y="{y}" width="{length:.1f}" height="{BAR}"/>'
        )
        parts.append(_text(LABELS + length + 6, y + 15, bar.label))
    return _svg(title, parts, 36 + len(bars) * (BAR + GAP))


def line_chart(
    title: str,
    lines: Sequence[Line],
    *,
    x_name: str,
    y_name: str,
    log_x: bool = False,
    top: float | None = None,
    right: float | None = None,
) -> str:
    """Lines with a dot at each point; both axes begin at 0, the horizontal one at its first point when logarithmic."""
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points]
    across = _scale(min(xs, default=0) if log_x else 0, right or max(xs, default=1), MARGIN, WIDTH - 20, log=log_x)
    up = _scale(0, top or max(ys, default=1), HEIGHT - 40, 44)
    parts = [
        f'<path class="axis" d="M{MARGIN} 40V{HEIGHT - 40}H{WIDTH - 20}"/>',
        _text(WIDTH - 20, HEIGHT - 6, x_name, anchor="end"),
        _text(4, 34, y_name),
    ]
    parts += [_text(across(x), HEIGHT - 22, _short(x), anchor="middle") for x in _ticks(xs, right, log_x)]
    highest = top or max(ys, default=1)
    parts += [_text(MARGIN - 6, up(highest * part) + 4, _short(highest * part), anchor="end") for part in (0, 0.5, 1)]
    for place, line in enumerate(lines):
        path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in line.points)
        colour = f"s{place % len(COLOURS)}"
        parts.append(f'<polyline class="{colour} line" points="{path}"/>')
        parts += [f'<circle class="{colour}" cx="{across(x):.1f}" cy="{up(y):.1f}" r="3"/>' for x, y in line.points]
        parts.append(f'<rect class="{colour}" x="{MARGIN + 64 + place * 150}" y="24" width="10" height="10"/>')
        parts.append(_text(MARGIN + 78 + place * 150, 34, line.name))
    return _svg(title, parts, HEIGHT)


def stack(charts: Sequence[str]) -> str:
    """Charts below each other in one SVG file."""
    placed, height = [], 0
    for chart in charts:
        placed.append(chart.replace("<svg ", f'<svg y="{height}" ', 1))
        height += int(chart.split('height="', 1)[1].split('"', 1)[0])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'style="background:#fff;color:#222">{"".join(placed)}</svg>\n'
    )


def _svg(title: str, parts: Sequence[str], height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}" width="{WIDTH}" '
        f'height="{height}" viewBox="0 0 {WIDTH} {height}"><style>{STYLE}</style>'
        f"{_text(4, 18, title, kind='title')}{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, words: str, *, anchor: str = "start", kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _scale(low: float, high: float, start: float, end: float, *, log: bool = False) -> Callable[[float], float]:
    """A function from a value in [low, high] to a place between ``start`` and ``end``."""
    bend: Callable[[float], float] = (lambda value: math.log(max(value, 1e-9))) if log else (lambda value: value)
    span = bend(high) - bend(low) or 1.0
    return lambda value: start + (bend(value) - bend(low)) / span * (end - start)


def _ticks(xs: Sequence[float], right: float | None, log: bool) -> list[float]:
    if log or len(set(xs)) <= 6:
        return sorted(set(xs))
    high = right or max(xs)
    return [high * part for part in (0, 0.25, 0.5, 0.75, 1)]


def _short(value: float) -> str:
    if value >= 1_000_000:
        return f"{value / 1_000_000:g}M"
    return f"{value / 1000:g}k" if value >= 10_000 else f"{value:.3g}"

"""A bench's result as one SVG: lines over the library's size where there are several sizes, bars where not."""

from __future__ import annotations

from collections.abc import Sequence

from evals.bench.result import SANAD, Measurement, Result
from evals.plots import Bar, Line, bar_chart, line_chart, stack


def plot(result: Result) -> str:
    """One chart a measure, below each other; medians."""
    measures = list(dict.fromkeys(each.measure for each in result.measurements))
    return stack([_chart([each for each in result.measurements if each.measure == name]) for name in measures])


def _chart(measurements: Sequence[Measurement]) -> str:
    name, unit = measurements[0].measure, measurements[0].unit
    systems = list(dict.fromkeys(each.system for each in measurements))
    if len({each.size for each in measurements}) > 1:
        lines = [
            Line(
                system,
                tuple((float(each.size or 0), each.median) for each in measurements if each.system == system),
            )
            for system in systems
        ]
        return line_chart(name, lines, x_name="passages", y_name=unit, log_x=True)
    return bar_chart(
        f"{name} ({unit})",
        [
            Bar(each.system, each.median, f"{each.median:.3g} {unit}", 0 if each.system.startswith(SANAD) else 1)
            for each in measurements
        ],
    )

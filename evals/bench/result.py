"""What a bench found out, as values, and as a table."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

Progress = Callable[[int, int], None]
"""Told (done, total) as a bench goes on."""

SANAD = "sanad"
STOCK = "stock"
PACKAGES = ("sanad", "chromadb", "llama-index-core", "tantivy", "numpy")


@dataclass(frozen=True, slots=True)
class Measurement:
    """``measure`` of one system, once for each of ``values``, in ``unit``; ``size`` is the library's passages.

    ``system`` is ``sanad``, ``stock``, or ``sanad`` with a variant behind it ("sanad, 2 processes").
    """

    measure: str
    system: str
    unit: str
    values: tuple[float, ...]
    size: int | None = None

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)


@dataclass(frozen=True, slots=True)
class Result:
    """All measurements of one bench, on what machine, and what must be known to read them."""

    bench: str
    measurements: tuple[Measurement, ...]
    notes: tuple[str, ...] = ()
    machine: dict[str, Any] = field(default_factory=lambda: machine())

    def to_dict(self) -> dict[str, Any]:
        """Plain values; every measurement with its median, and its ratio to the stock system's where there is one."""
        return {
            "bench": self.bench,
            "machine": self.machine,
            "notes": list(self.notes),
            "measurements": [
                {
                    "measure": each.measure,
                    "system": each.system,
                    "size": each.size,
                    "unit": each.unit,
                    "values": list(each.values),
                    "median": each.median,
                    "ratio": self.ratio(each),
                }
                for each in self.measurements
            ],
        }

    def ratio(self, measurement: Measurement) -> float | None:
        """The measurement over the stock one of the same measure and size; None for stock, or without one.

        The median of the ratios of the runs, pair by pair: systems are measured in turn, so that a machine whose
        speed drifts is fair to both. Of different numbers of runs, the ratio of the medians.
        """
        stock = next((each for each in self.measurements if _is_stock_of(each, measurement)), None)
        if stock is None or measurement.system == STOCK:
            return None
        if len(stock.values) != len(measurement.values):
            return measurement.median / stock.median if stock.median else None
        pairs = zip(measurement.values, stock.values, strict=True)
        ratios = [mine / theirs for mine, theirs in pairs if theirs]
        return statistics.median(ratios) if ratios else None


def _is_stock_of(candidate: Measurement, measurement: Measurement) -> bool:
    key = (measurement.measure, measurement.size, STOCK)
    return (candidate.measure, candidate.size, candidate.system) == key


def table(result: Result) -> str:
    """The result as text for people: one line a measurement, columns in line, notes below."""
    rows = [("measure", "system", "passages", "median", "lowest", "highest", "of stock")]
    rows += [
        (
            each.measure,
            each.system,
            f"{each.size:,}" if each.size is not None else "",
            f"{_number(each.median)} {each.unit}".strip(),
            _number(min(each.values)),
            _number(max(each.values)),
            f"{ratio:.2f} ×" if (ratio := result.ratio(each)) is not None else "",
        )
        for each in result.measurements
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(_aligned(row, widths)).rstrip() for row in rows]
    return "\n".join([*lines, *(f"* {note}" for note in result.notes)])


def _aligned(row: tuple[str, ...], widths: list[int]) -> list[str]:
    named = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
    return named + [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def machine() -> dict[str, Any]:
    """What the figures were measured on: processor, cores, system, and the versions of what does the work."""
    return {
        "system": platform.platform(terse=True),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in PACKAGES},
    }

"""A bench's result: medians and ratios, the table, the plot."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

from evals.bench.plot import plot
from evals.bench.result import Measurement, Result, table

RESULT = Result(
    "ingest",
    (
        Measurement("time", "sanad", "s", (1.0, 4.0, 3.0), size=1000),
        Measurement("time", "stock", "s", (2.0, 4.0, 12.0), size=1000),
        Measurement("time", "sanad", "s", (9.0,), size=10_000),
        Measurement("size <on disk>", "sanad", "MB", (40.0,)),
    ),
    notes=("The stock pipeline embeds nothing.",),
)


def test_ratios_are_of_pairs_of_runs_and_of_the_same_size() -> None:
    ratios = [RESULT.ratio(each) for each in RESULT.measurements]
    assert ratios == [0.5, None, None, None]  # the median of 0.5, 1.0, 0.25


def test_other_numbers_of_runs_compare_by_their_medians() -> None:
    result = Result("x", (Measurement("m", "sanad", "s", (1.0, 3.0)), Measurement("m", "stock", "s", (4.0,))))
    assert result.ratio(result.measurements[0]) == pytest.approx(0.5)


def test_the_document_is_json_and_names_the_machine() -> None:
    shown = json.loads(json.dumps(RESULT.to_dict()))
    assert shown["measurements"][0] == {
        "measure": "time",
        "system": "sanad",
        "size": 1000,
        "unit": "s",
        "values": [1.0, 4.0, 3.0],
        "median": 3.0,
        "ratio": 0.5,
    }
    assert shown["machine"]["cores"] >= 1
    assert shown["machine"]["versions"]["chromadb"]


def test_the_table_has_a_line_for_each_measurement_and_the_notes() -> None:
    lines = table(RESULT).splitlines()
    assert len(lines) == 1 + 4 + 1
    assert lines[1].split() == ["time", "sanad", "1,000", "3", "s", "1", "4", "0.50", "×"]
    assert lines[-1] == "* The stock pipeline embeds nothing."


def test_the_plot_is_one_well_formed_svg_with_a_chart_for_each_measure() -> None:
    drawn = ET.fromstring(plot(RESULT))
    charts = [each for each in drawn if each.tag.endswith("svg")]
    assert [chart.get("aria-label") for chart in charts] == ["time", "size <on disk> (MB)"]
    assert [len([each for each in chart.iter() if each.tag.endswith("circle")]) for chart in charts] == [3, 0]
    assert float(drawn.get("height", 0)) == sum(float(chart.get("height", 0)) for chart in charts)

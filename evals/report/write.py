"""Puts a report into its folder: ``report.json``, ``report.html``, and the answers to SQuAD in its own form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evals.report.page import page
from evals.run import REPORT, Report

PAGE = "report.html"
PREDICTIONS = "predictions.json"


def write(folder: Path, report: Report, document: Mapping[str, Any]) -> None:
    """Write the files, ``report.json`` last: it says that the run is complete."""
    (folder / PAGE).write_text(page(document), encoding="utf-8")
    if any("squad_f1" in each.scores for each in report.scored):
        predictions = {each.sample.case.id: each.sample.prediction for each in report.scored}
        write_json(folder / PREDICTIONS, predictions)
    write_json(folder / REPORT, document)


def write_json(path: Path, document: Mapping[str, Any]) -> None:
    """One document, readable."""
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

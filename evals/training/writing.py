"""Writes a trained reader as a small file of names and numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qa.answer.model import ANSWERABLE_INPUTS, SENTENCE_INPUTS, TREE_INPUTS, Linear, ReaderModel
from qa.answer.trees import write_trees


def write_model(path: Path, model: ReaderModel, figures: Mapping[str, Mapping[str, float]]) -> None:
    """Write the model with the figures that it reached, one tree and one marker weight a line."""
    data = {
        "sentence": _named(model.sentence, SENTENCE_INPUTS),
        "trees": write_trees(model.trees, TREE_INPUTS),
        "answerable": _named(model.answerable, ANSWERABLE_INPUTS),
        "thresholds": {language: round(bar, 4) for language, bar in sorted(model.thresholds.items())},
        "hopeless": round(model.hopeless, 4),
        "marker": {
            "least": model.marker.least,
            "weights": {name: round(weight, 2) for name, weight in sorted(model.marker.weights.items())},
        },
        "figures": figures,
    }
    lines = [f" {json.dumps(name)}: {_spread(value)}" for name, value in data.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _spread(value: Any) -> str:
    """JSON with what a list or mapping holds a line each, and what that holds on the line."""
    dumped = [f"  {json.dumps(each, ensure_ascii=False)}" for each in value] if isinstance(value, list) else []
    if isinstance(value, dict):
        dumped = [
            f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(each, ensure_ascii=False)}"
            for name, each in value.items()
        ]
    opening, closing = ("[", "]") if isinstance(value, list) else ("{", "}")
    return f"{opening}\n" + ",\n".join(dumped) + f"\n {closing}" if dumped else json.dumps(value, ensure_ascii=False)


def _named(linear: Linear, inputs: Sequence[str]) -> dict[str, Any]:
    weights = {name: round(float(weight), 5) for name, weight in zip(inputs, linear.weights, strict=True)}
    return {"bias": round(linear.bias, 5), "weights": {name: weight for name, weight in weights.items() if weight}}

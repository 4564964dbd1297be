"""What a store answers to a search."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage id and its score: higher is better, comparable within one list only."""

    id: str
    score: float

"""What a suite finds out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing tried: of what ``kind``, in which language, whether it went as it should, and what it was."""

    kind: str
    language: str
    passed: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Suite:
    """All trials of a suite. ``shares`` names groups of kinds, each a metric: the share of its trials that passed."""

    name: str
    trials: tuple[Trial, ...]
    shares: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def metrics(self) -> dict[str, float]:
        """``name.share`` -> the share in [0, 1], for every share that has trials."""
        found: dict[str, float] = {}
        for share, kinds in self.shares.items():
            passed = [trial.passed for trial in self.trials if trial.kind in kinds]
            if passed:
                found[f"{self.name}.{share}"] = sum(passed) / len(passed)
        return found

    def table(self) -> dict[str, dict[str, tuple[int, int]]]:
        """kind -> language -> (passed, tried)."""
        rows: dict[str, dict[str, tuple[int, int]]] = {}
        for trial in self.trials:
            passed, tried = rows.setdefault(trial.kind, {}).get(trial.language, (0, 0))
            rows[trial.kind][trial.language] = (passed + trial.passed, tried + 1)
        return rows

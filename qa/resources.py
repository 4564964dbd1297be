"""Where the files that ship with Sanad are, whether it is installed or run from a checkout."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
PROMPTS = ROOT / "prompts"
STARTERS = CORPUS / "starters.json"


def starter_questions(language: str | None = None) -> list[str]:
    """Questions that the sample articles answer, in one language or in all (the file's order)."""
    if not STARTERS.is_file():
        return []
    starters: dict[str, list[str]] = json.loads(STARTERS.read_text(encoding="utf-8"))
    chosen = [language] if language else list(starters)
    return [question for name in chosen for question in starters.get(name, [])]

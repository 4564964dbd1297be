"""What a run is a run of: the configuration that its results are filed under, and all that a reader must know of it."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from qa.prompts import load_prompt
from qa.resources import PROMPTS, ROOT
from qa.settings import Settings

PACKAGES = ("sanad", "llama-index-core", "chromadb", "tantivy", "openai", "numpy")
# What changes an answer; where the library lies and how the page is served do not.
ANSWERING = (
    "model",
    "embeddings",
    "embedding_model",
    "unsupported",
    "top_k",
    "passage_tokens",
    "evidence_tokens",
    "openai_base_url",
)


@dataclass(frozen=True, slots=True)
class Configuration:
    """All that decides a run's results. ``values`` is plain; ``hash`` files results, so that only the same resume."""

    values: Mapping[str, Any]

    @property
    def hash(self) -> str:
        """16 hexadecimal digits."""
        return sha256(json.dumps(self.values, sort_keys=True, default=str).encode()).hexdigest()[:16]


def configuration(settings: Settings, *, dataset: str, digest: str, embedder: str, library: str) -> Configuration:
    """The configuration of a run of cases (``digest``) against a library (``library`` names its content)."""
    answering = {name: getattr(settings, name) for name in ANSWERING}
    return Configuration(
        {
            "dataset": dataset,
            "digest": digest,
            "library": library,
            "embedder": embedder,
            "answerer": settings.answerer,
            "settings": {name: str(value) for name, value in answering.items() if value is not None},
            "prompts": prompt_hashes(),
            "code": code_hash(),
            "versions": {name: version(name) for name in PACKAGES},
            "python": platform.python_version(),
        }
    )


def prompt_hashes() -> dict[str, str]:
    """SHA-256 of every prompt file, by name."""
    return {path.stem: load_prompt(path.stem).sha256 for path in sorted(PROMPTS.glob("*.md"))}


@cache
def code_hash() -> str:
    """SHA-256 over all that answers: code, word lists, weights, texts."""
    whole = sha256()
    for file in _files(ROOT / "qa", ROOT / "ingest"):
        whole.update(f"{file.relative_to(ROOT).as_posix()}\0".encode())
        whole.update(sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and "page" not in path.relative_to(ROOT).parts:
                yield path

"""Lists of words that ship as text files: one entry a line, comments after ``#`` at the beginning of a line."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).with_name("data")


def data_lines(name: str, folder: Path = DATA) -> list[str]:
    """The lines of a file that are neither empty nor comments."""
    text = (folder / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]

"""Stop words, from the lists in ``data/``: words that say little of what a text is about."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qa.text.folding import fold


@cache
def stopwords(language: str) -> frozenset[str]:
    """The folded stop words of fa, ar or en, question words among them; none for another language."""
    path = Path(__file__).with_name("data") / f"stopwords.{language}.txt"
    if not path.is_file():
        return frozenset()
    lines = path.read_text("utf-8").splitlines()
    return frozenset(fold(word).text for line in lines if not line.startswith("#") for word in line.split())

"""Sentence boundaries."""

from __future__ import annotations

import re

from qa.values import Span

_END = re.compile(r"[.!?؟…؛]+[»”\"')\]]*(?=\s|$)|\n")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Whole sentences of ``text[start:end]``, absolute offsets, trimmed of outer white space."""
    stop = len(text) if end is None else end
    cuts = [*(match.end() for match in _END.finditer(text, start, stop)), stop]
    spans = []
    for cut in cuts:
        piece = text[start:cut]
        left = start + len(piece) - len(piece.lstrip())
        if piece.strip():
            spans.append(Span(left, start + len(piece.rstrip())))
        start = cut
    return spans

"""Sentences, as ranges of the text they are in.

A sentence ends at . ! ? ؟ … or ؛ (``boundaries`` says when such a sign does not end one) and at a line break. ؛ is
among them because it parts whole clauses: in 257 places of PQuAD what ends at it has 100 code points in the middle
case, as much as other sentences, and fewer than 30 only ten times; the Latin ; parts the items of lists.

The lines of a paragraph that was wrapped at a fixed width are one line. A fragment without letters joins the
sentence it numbers («۱.») or follows. What is still longer than ``LONGEST`` is cut at ؛ ; else ، , : else a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.text.boundaries import STOP, ends_sentence
from qa.text.scripts import MARKS
from qa.values import Span

LONGEST = 600
"""The most code points of a sentence: prose rarely has 400; what is longer is a table, a list or has no stops."""
_SHORTEST_CUT = 200

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_LIST_MARK = re.compile(r"\s*(?:[-–—*•·▪●◦#>|]|[\d]+\s*[.)\-–]\s)")
_WRAPPED_END = re.compile(r"[.!?؟…؛۔:»”\"')\]]\s*\Z")
_WIDTHS = range(40, 121)
_CUTS = (re.compile(r"[؛;](?=\s)"), re.compile(r"[،,:](?=\s)"), re.compile(r"\s"))


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of ``text[start:end]``, in order, as absolute offsets, without white space around them.

    Every character of the range that is not white space is in exactly one of them.
    """
    stop = len(text) if end is None else end
    found: list[Span] = []
    for line in _paragraphs(text, start, stop):
        for piece in _joined(text, _pieces(text, line)):
            found += _cut(text, piece)
    return found


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines of the range, those of a wrapped paragraph together."""
    block: list[Span] = []
    for match in _LINE.finditer(text, start, end):
        line = _trimmed(text, match.start(), match.end())
        if line is None or (block and len(_BREAKS.findall(text, block[-1].end, line.start)) > 1):
            yield from _unwrapped(text, block)
            block = []
        if line is not None:
            block.append(line)
    yield from _unwrapped(text, block)


def _unwrapped(text: str, block: list[Span]) -> list[Span]:
    """One range for lines that were wrapped at a fixed width, else the lines as they are.

    They were if each line but the last is full: the next line's first word would not have fitted.
    """
    if len(block) < 3 or not _WRAPPED_END.search(text[block[-1].start : block[-1].end]):
        return block
    width = max(line.end - line.start for line in block)
    if width not in _WIDTHS or any(_LIST_MARK.match(text, line.start, line.end) for line in block):
        return block
    inner = [text[line.start : line.end] for line in block[:-1]]
    if all(_WRAPPED_END.search(line) for line in inner):
        return block
    heads = [text[line.start : line.end].split(maxsplit=1)[0] for line in block[1:]]
    full = all(len(line) + 1 + len(head) > width for line, head in zip(inner, heads, strict=True))
    return [Span(block[0].start, block[-1].end)] if full else block


def _pieces(text: str, line: Span) -> list[Span]:
    """The line cut after each stop that ends a sentence."""
    pieces, begin = [], line.start
    for stop in STOP.finditer(text, line.start, line.end):
        if ends_sentence(text, stop, line.start, line.end):
            piece = _trimmed(text, begin, stop.end())
            if piece:
                pieces.append(piece)
            begin = stop.end()
    rest = _trimmed(text, begin, line.end)
    return [*pieces, rest] if rest else pieces


def _joined(text: str, pieces: list[Span]) -> list[Span]:
    """The pieces, those without letters joined to the next if they have a number in them, else to the one before."""
    joined: list[Span] = []
    number: Span | None = None
    for piece in pieces:
        if number:
            piece, number = Span(number.start, piece.end), None
        if _LETTER.search(text, piece.start, piece.end):
            joined.append(piece)
        elif _DIGIT.search(text, piece.start, piece.end) and piece is not pieces[-1]:
            number = piece
        elif joined:
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return [*joined, number] if number else joined


def _cut(text: str, piece: Span) -> Iterator[Span]:
    """The piece in parts of at most ``LONGEST`` code points."""
    start, end = piece
    while end - start > LONGEST:
        place = _best_cut(text, start)
        part = _trimmed(text, start, place)
        if part:
            yield part
        start = place
    rest = _trimmed(text, start, end)
    if rest:
        yield rest


def _best_cut(text: str, start: int) -> int:
    """Where to cut a piece that begins at ``start``: after the last mark that parts clauses, words or letters."""
    for sign in _CUTS:
        places = [match.end() for match in sign.finditer(text, start + _SHORTEST_CUT, start + LONGEST)]
        if places:
            return places[-1]
    place = start + LONGEST
    while place > start + _SHORTEST_CUT and re.match(f"[{MARKS}]", text[place]):
        place -= 1
    return place


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The range without white space around it; None if nothing else is in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None

"""Cuts an article into passages of whole sentences within a token budget."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from qa.text import sentences
from qa.values import Article, Passage, Span

if TYPE_CHECKING:
    import tiktoken

ENCODING = "o200k_base"
_COUNTED_LETTERS = 20_000
_ITEM = re.compile(r"(?:[-*•·▪◦–]|\(?\d{1,2}[.)\]-])\s+\S")
_ROW = re.compile(r"^\|.*\||\S \| \S|\t")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is never torn apart: a paragraph's sentence, with its cost in tokens. ``opens`` a paragraph.

    ``heading`` marks a line that what follows belongs to: a heading, or "The fares are:" before a list. ``parted``
    says that a teaser stands between it and the one before it.
    """

    span: Span
    tokens: int
    opens: bool
    heading: bool
    parted: bool = False
    kind: Literal["item", "row"] | None = None


def split(article: Article, *, budget: int) -> tuple[Passage, ...]:
    """The passages of an article, in order; every sentence outside its clutter is in exactly one.

    A passage holds at most ``budget`` tokens of o200k_base, but for a single longer sentence, which stands alone.
    It ends at a paragraph where it can, never after a heading, and inside a list or a table only where that is longer
    than a passage. Passages do not overlap. A teaser is a passage of its own, marked as one.
    """
    outside = [*article.clutter, *article.teasers]
    body = list(_groups(_units(article.text, _clean_ranges(len(article.text), outside), article.teasers), budget))
    told = [
        group
        for teaser in article.teasers
        for group in _groups(_units(article.text, _kept(teaser, article.clutter)), budget)
    ]
    starts = {group[0].span.start for group in told}
    groups = sorted([*body, *told], key=lambda group: group[0].span.start)
    return tuple(
        _passage(article, ordinal, group, teaser=group[0].span.start in starts) for ordinal, group in enumerate(groups)
    )


def passage_id(article_id: str, revision: int, ordinal: int) -> str:
    """The id of a passage. It contains the revision, so that old and new passages never share one."""
    return f"{article_id}@{revision}#{ordinal}"


def _kept(within: Span, clutter: Sequence[Span]) -> Iterator[Span]:
    """What of a range is not clutter."""
    inside = [span for span in clutter if span.start < within.end]
    return _clean_ranges(within.end, [Span(0, within.start), *inside])


def _units(text: str, ranges: Iterable[Span], teasers: Sequence[Span] = ()) -> list[Unit]:
    spans = [span for start, end in ranges for span in sentences(text, start, end)]
    breaks = sorted(teaser.start for teaser in teasers)
    units: list[Unit] = []
    previous = 0
    for index, span in enumerate(spans):
        between = text[previous : span.start]
        opens = "\n" in between or index == 0
        alone = opens and (index + 1 == len(spans) or "\n" in text[span.end : spans[index + 1].start])
        piece = text[span.start : span.end]
        parted = index > 0 and bisect_left(breaks, previous) < bisect_left(breaks, span.start)
        kind = _kind(piece) if opens or parted else None
        heading = alone and kind is None and (_is_heading(piece) or piece.endswith(":"))
        units.append(Unit(span, _cost(piece), opens or parted, heading, parted, kind))
        previous = span.end
    return units


def _kind(piece: str) -> Literal["item", "row"] | None:
    if _ROW.search(piece):
        return "row"
    return "item" if _ITEM.match(piece) else None


def _cost(piece: str) -> int:
    """Tokens of a sentence and the space before it. A monstrous one is not counted, which would take minutes."""
    return len(piece) if len(piece) > _COUNTED_LETTERS else len(_encoder().encode_ordinary(" " + piece))


def _clean_ranges(length: int, clutter: Sequence[Span]) -> Iterator[Span]:
    position = 0
    for start, end in sorted(clutter):
        if start > position:
            yield Span(position, start)
        position = max(position, end)
    if position < length:
        yield Span(position, length)


def _is_heading(line: str) -> bool:
    return len(line) <= 100 and line.rstrip("»”\"')]*_ ")[-1:] not in ".!؟?…؛:،,"


def _groups(units: Sequence[Unit], budget: int) -> Iterator[list[Unit]]:
    """Whole paragraphs while they fit; a paragraph that does not is filled up sentence by sentence."""
    group: list[Unit] = []
    used = 0
    for block in _runs(_blocks(units), budget):
        cost = sum(unit.tokens for unit in block)
        if group and (used + cost > budget or block[0].parted):
            yield group
            group, used = [], 0
        for unit in block:
            if group and used + unit.tokens > budget:
                yield group
                group, used = [], 0
            group.append(unit)
            used += unit.tokens
    if group:
        yield group


def _runs(blocks: Iterable[list[Unit]], budget: int) -> Iterator[list[Unit]]:
    """The blocks, those of one list or one table made one where they fit into a passage together."""
    run: list[list[Unit]] = []
    for block in blocks:
        goes_on = run and block[0].kind is not None and block[0].kind == _kind_of(run[-1]) and not block[0].parted
        if not goes_on:
            yield from _whole(run, budget)
            run = []
        run.append(block)
    yield from _whole(run, budget)


def _kind_of(block: Sequence[Unit]) -> str | None:
    return next((unit.kind for unit in block if unit.opens and not unit.heading), None)


def _whole(run: Sequence[list[Unit]], budget: int) -> Iterator[list[Unit]]:
    whole = [unit for block in run for unit in block]
    if sum(unit.tokens for unit in whole) <= budget:
        yield from [whole] if whole else ()
    else:
        yield from run


def _blocks(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Paragraphs, each with the headings right above it."""
    block: list[Unit] = []
    headings = True  # and nothing else in the block
    for unit in units:
        if block and (unit.parted or (unit.opens and not headings)):
            yield block
            block, headings = [], True
        block.append(unit)
        headings &= unit.heading
    if block:
        yield block


def _passage(article: Article, ordinal: int, group: Sequence[Unit], *, teaser: bool) -> Passage:
    start, end = group[0].span.start, group[-1].span.end
    return Passage(
        id=passage_id(article.id, article.revision, ordinal),
        article_id=article.id,
        ordinal=ordinal,
        start=start,
        end=end,
        text=article.text[start:end],
        sentences=tuple(unit.span for unit in group),
        title=article.title,
        source=article.source,
        url=article.url,
        author=article.author,
        published=article.published,
        language=article.language,
        modified=article.modified,
        teaser=teaser,
    )


@cache
def _encoder() -> tiktoken.Encoding:
    from qa.settings import use_bundled_encodings

    use_bundled_encodings()
    import tiktoken

    encoding = tiktoken.get_encoding(ENCODING)
    encoding._mergeable_ranks.clear()  # 30 MB of what it has been built from; it counts with a table of its own
    return encoding

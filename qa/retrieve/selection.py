"""Which of the ranked passages make the list: no article fills it, and the same report counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from qa.library.terms import tokens
from qa.values import Passage

# Of eight passages three: enough for one long article that answers, and room for two others.
ARTICLE_SHARE: Final = 0.4
# Wire copy that two outlets shortened differently shares about so many of its words; two reports of one event do not.
SAME_REPORT: Final = 0.8


def select(ranked: Sequence[Passage], top_k: int) -> list[Passage]:
    """The ``top_k`` best of the ranked passages, best first.

    An article gets at most two fifths of the places (but one, and more when nothing else is left). Of two articles'
    passages that say the same in the same words and numbers only the newer is kept, at the better one's place.
    """
    distinct = _without_copies(ranked, top_k)
    most = max(1, round(top_k * ARTICLE_SHARE))
    taken: Counter[str] = Counter()
    chosen: list[Passage] = []
    spare: list[Passage] = []
    for passage in distinct:
        (chosen if taken[passage.article_id] < most else spare).append(passage)
        taken[passage.article_id] += 1
    kept = {passage.id for passage in [*chosen, *spare][:top_k]}
    return [passage for passage in distinct if passage.id in kept]


def _without_copies(ranked: Sequence[Passage], top_k: int) -> list[Passage]:
    kept: list[Passage] = []
    words: list[frozenset[str]] = []
    for passage in ranked:
        mine = frozenset(tokens(passage.text))
        copy = next((at for at, theirs in enumerate(words) if _same(mine, theirs)), None)
        if copy is None or kept[copy].article_id == passage.article_id:
            kept.append(passage)
            words.append(mine)
        elif (passage.published or "") > (kept[copy].published or ""):
            kept[copy] = _at_score_of(passage, kept[copy])
        if len(kept) >= 3 * top_k:
            break
    return kept


def _same(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two passages share nearly all words and exactly the numbers: other numbers are other news."""
    smaller = min(len(first), len(second))
    if not smaller or len(first & second) < SAME_REPORT * max(len(first), len(second)):
        return False
    return not any(word[0].isdecimal() for word in first ^ second)


def _at_score_of(passage: Passage, other: Passage) -> Passage:
    from dataclasses import replace

    return replace(passage, score=other.score)

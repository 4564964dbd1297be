"""Which of the ranked passages make the list: no article fills it, and the same report counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from qa.library.terms import tokens
from qa.values import Passage

# Of eight passages three: enough for one long article that answers, and room for two others.
ARTICLE_SHARE: Final = 0.4
# Wire copy that two outlets shortened differently shares about so many of its words; two reports of one event do not.
SAME_REPORT: Final = 0.8


def select(ranked: Iterable[Passage], top_k: int) -> list[Passage]:
    """The ``top_k`` best of the ranked passages, best first. Reads no further than it needs to.

    An article gets at most two fifths of the places (but one, and more when nothing else is left). Of two articles'
    passages that say the same in the same words and numbers only the newer is kept, at the better one's place.
    """
    most = max(1, round(top_k * ARTICLE_SHARE))
    kept: list[Passage] = []
    words: list[frozenset[str]] = []
    spare: list[Passage] = []
    taken: Counter[str] = Counter()
    for passage in ranked:
        if len(kept) >= top_k:
            break
        mine = frozenset(tokens(passage.text))
        copy = next((at for at, theirs in enumerate(words) if _same(mine, theirs)), None)
        if copy is not None and kept[copy].article_id != passage.article_id:
            kept[copy] = _newer(kept[copy], passage)
        elif taken[passage.article_id] >= most:
            spare.append(passage)
        else:
            kept.append(passage)
            words.append(mine)
            taken[passage.article_id] += 1
    return sorted([*kept, *spare][:top_k], key=lambda passage: -passage.score)


def _same(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two passages share nearly all words and exactly the numbers: other numbers are other news."""
    if not first or len(first & second) < SAME_REPORT * max(len(first), len(second)):
        return False
    return not any(word[0].isdecimal() for word in first ^ second)


def _newer(kept: Passage, copy: Passage) -> Passage:
    return replace(copy, score=kept.score) if (copy.published or "") > (kept.published or "") else kept

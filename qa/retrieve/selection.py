"""Which of the ranked passages make the list: no article fills it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from qa.values import Passage

# Of eight passages three: enough for one long article that answers, and room for two others.
ARTICLE_SHARE: Final = 0.4


def contenders(ranked: Iterable[Passage], top_k: int, gain: float) -> list[Passage]:
    """Those of the ranked passages, best first, that :func:`select` may take when each may gain so much yet.

    Reads no further than that. Teasers stand where they would if they were worth what others are.
    """
    most = _most(top_k)
    found: list[Passage] = []
    taken: Counter[str] = Counter()
    worst = 0.0
    for passage in ranked:
        if taken.total() >= top_k and not passage.teaser and passage.score + gain < worst:
            break
        found.append(passage)
        if taken[passage.article_id] < most and taken.total() < top_k:
            taken[passage.article_id] += 1
            worst = min(worst or passage.score, passage.score)
    return found


def select(ranked: Iterable[Passage], top_k: int) -> list[Passage]:
    """The ``top_k`` best of the ranked passages, best first. Reads no further than it needs to.

    An article gets at most two fifths of the places (but one, and more when nothing else is left).
    """
    most = _most(top_k)
    kept: list[Passage] = []
    spare: list[Passage] = []
    taken: Counter[str] = Counter()
    for passage in ranked:
        if len(kept) >= top_k:
            break
        if taken[passage.article_id] >= most:
            spare.append(passage)
        else:
            kept.append(passage)
            taken[passage.article_id] += 1
    return sorted([*kept, *spare][:top_k], key=lambda passage: -passage.score)


def _most(top_k: int) -> int:
    return max(1, round(top_k * ARTICLE_SHARE))

"""How much each lexical channel counts, tuned on public question sets with each file left out in turn.

Around these values results are flat; ``sanad bench retrieval FOLDER`` measures each channel alone and left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qa.library.terms import Channel

# Word order tells much in Persian, where a question often repeats the sentence that answers it, less in Arabic.
SAME_LANGUAGE: Final[Mapping[str, Mapping[Channel, float]]] = {
    "fa": {"words": 1.0, "pairs": 1.0, "grams": 0.5, "concepts": 2.4, "title": 0.5},
    "ar": {"words": 1.0, "pairs": 0.5, "grams": 0.5, "concepts": 2.4, "title": 0.5},
    "en": {"words": 1.0, "pairs": 0.25, "grams": 0.5, "concepts": 2.4, "title": 0.5},
    "other": {"words": 1.0, "pairs": 0.5, "grams": 0.5, "concepts": 1.0, "title": 0.5},
}
# Another language shares neither letters nor word order: only what the words mean, and how names sound.
OTHER_LANGUAGE: Final[Mapping[Channel, float]] = {"concepts": 1.0, "title": 0.2}
# What more than half of the passages mean tells next to nothing; of 0.3, hit@5 across languages loses 1 to 3 points.
COMMON_MEANING: Final[Mapping[Channel, float]] = {"concepts": 0.5}

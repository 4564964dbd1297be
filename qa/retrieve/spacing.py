"""Persian words of a question that lost their half-space: «اندازهگیری» is looked for as «اندازه‌گیری».

Whoever types without half-spaces writes words together that articles write apart. A word that no passage has is cut in
two where passages have both parts, as they would have them with the half-space there; of several such places, where the
rarer part is found most often.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Final

from qa.text import fold, stem, stopwords

HALF_SPACE: Final = "\u200c"
SHORTEST: Final = 2  # letters of a part
_WORD: Final = re.compile(r"[^\W\d_]{5,}")


def respaced(question: str, having: Callable[[str], int]) -> str:
    """The question with half-spaces where they were lost. ``having`` says how many passages have a stem."""
    return _WORD.sub(lambda word: _cut(word[0], having), question)


def _cut(word: str, having: Callable[[str], int]) -> str:
    if _count(word, having):
        return word
    found = [
        (min(_count(word[:at], having), _count(word[at:], having)), at)
        for at in range(SHORTEST, len(word) - SHORTEST + 1)
    ]
    most, at = max(found, key=lambda each: each[0])
    return f"{word[:at]}{HALF_SPACE}{word[at:]}" if most else word


def _count(word: str, having: Callable[[str], int]) -> int:
    """How many passages have a word; stop words, which are not looked up, count as being in all."""
    folded = fold(word).text
    return sys.maxsize if folded in stopwords("fa") else having(stem(folded, "fa"))

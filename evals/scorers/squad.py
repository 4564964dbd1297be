"""Exact match and F1 by the definitions of SQuAD's own evaluation: for comparison with published figures.

Small letters, ASCII punctuation and "a", "an", "the" left out, words cut at white space; nothing that knows Persian or
Arabic. A question without an answer has the empty text as its one answer, as in version 2.0.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import Final

from evals.scorers.correctness import match
from evals.scorers.values import Sample, Score

_PUNCTUATION: Final = str.maketrans("", "", string.punctuation)
_ARTICLE: Final = re.compile(r"\b(?:a|an|the)\b")


def squad_match(sample: Sample) -> Iterator[Score]:
    """``squad_em`` and ``squad_f1``, in [0, 1]; the best over the accepted answers."""
    yield from match(sample, squad_tokens, names=("squad_em", "squad_f1"))


def squad_tokens(text: str) -> list[str]:
    """The words of a text after SQuAD's normalisation, in its order: capitals, punctuation, articles, white space."""
    return _ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION)).split()

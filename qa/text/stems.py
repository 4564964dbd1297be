"""Stems."""

from __future__ import annotations

from functools import lru_cache

import Stemmer

_ALGORITHMS = {"fa": "persian", "ar": "arabic", "en": "english"}
_TO_ARABIC = str.maketrans("یک", "يك")


@lru_cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_ALGORITHMS[language])


def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself in a language without a stemmer."""
    if language not in _ALGORITHMS:
        return word
    from qa.text.folding import fold

    given = word.translate(_TO_ARABIC) if language == "ar" else word
    return fold(str(_stemmer(language).stemWord(given))).text

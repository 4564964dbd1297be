"""A list of each language: the question's own by all channels, its best reranked; the others by what words mean."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Final, NamedTuple

from qa.library.hits import Hit
from qa.library.lexical import LexicalIndex, shelf_of
from qa.library.terms import query_terms
from qa.retrieve.fusion import LanguageList
from qa.retrieve.reading import Reading
from qa.retrieve.rerank import RERANKED, Wording, reranked
from qa.retrieve.spacing import respaced
from qa.retrieve.weights import COMMON_MEANING, OTHER_LANGUAGE, SAME_LANGUAGE
from qa.text import detect_language
from qa.values import Filters

FOREIGN_PART: Final = 2  # beside its own, another language gives so many times fewer: most of its places are far down


class Lists(NamedTuple):
    """What the shelf of the question's language answered, and the others, those that found nothing left out."""

    own: LanguageList
    others: list[LanguageList]


def by_language(
    lexical: LexicalIndex, read: Reading, question: str, filters: Filters, count: int, beside: Executor
) -> Lists:
    """The ``count`` best of each language that the filters let through; the others' are searched ``beside``."""
    language = detect_language(question)
    home = shelf_of(language)
    query_terms(question, language)  # kept, so that both threads need not make them
    filled = [shelf for shelf, passages in lexical.counts().items() if passages]
    if filters.language:
        filled = [shelf for shelf in filled if shelf == shelf_of(filters.language)]

    def meaning(shelf: str, k: int, among: list[str] | None = None) -> list[Hit]:
        return lexical.search(
            question,
            language=language,
            shelf=shelf,
            k=k,
            filters=filters,
            among=among,
            weights=OTHER_LANGUAGE,
            common=COMMON_MEANING,
        )

    def foreign(k: int) -> list[list[Hit]]:
        return [meaning(shelf, k) for shelf in filled if shelf != home]

    others_few = beside.submit(foreign, count // FOREIGN_PART) if home in filled else None
    own: list[Hit] = []
    spaced = question
    if home in filled:
        if home == "fa":  # for its own shelf only: what is no word there may be one that leads to the others
            spaced = respaced(question, lambda stem: lexical.having(stem, home))
        own = lexical.search(spaced, language=language, k=count, filters=filters, weights=SAME_LANGUAGE[home])
    best = [hit.id for hit in own]
    if own:
        wording = Wording(spaced, language, lambda stem: lexical.rarity(stem, home))
        own = reranked(own, wording, read.passages(best[:RERANKED]))
    found = others_few.result() if own and others_few else foreign(count)
    others = [LanguageList(hits, hits[0].score) for hits in found if hits]
    strongest = meaning(home, 1, best) if own and others else []
    return Lists(LanguageList(own, strongest[0].score if strongest else 0.0), others)

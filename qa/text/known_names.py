"""Which words are names: places, known names, unknown words behind titles; and the names of a text.

English shows a name by a capital. Persian and Arabic have none: there a place, a word whose first meaning in the
dictionaries is a name (تهران, محمد) or an unknown word behind a title is one, and a word that no dictionary has may
be. Approximate by nature: «امید» is a name and a hope.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, Literal

from qa.text.data_files import data_lines
from qa.text.date_words import months, weekdays
from qa.text.folding import fold
from qa.text.names import skeleton
from qa.text.stems import stem
from qa.text.stopwords import stopwords
from qa.text.tokens import Word, words
from qa.values import Span

Standing = Literal["name", "perhaps", "word"]

_SHORTEST_NAME: Final = 3
_MAIN_MEANING: Final = 0.6
_HEARD: Final = 0.3
_CLITICS: Final = "وفبكلس"  # written together with the Arabic word behind them
_SENTENCE_ENDS: Final = ".!?؟:\n"


def find_names(text: str, language: str) -> list[Span]:
    """The names of a text in reading order: runs of words that are names, with unknown words between and around."""
    found: list[Span] = []
    run: list[Word] = []
    sure = False
    before = ""
    for word in words(text):
        begins = word.folded[0].isascii() and begins_sentence(text, word.start)  # elsewhere capitals say nothing
        kind = name_standing(word.text, language, before=before, begins=begins)
        near = not run or not text[run[-1].end : word.start].strip(" \u200c-")
        if run and (kind == "word" or not near):
            found += [Span(run[0].start, run[-1].end)] if sure else []
            run, sure = [], False
        if kind != "word":
            run.append(word)
            sure = sure or kind == "name"
        before = word.folded
    return [*found, Span(run[0].start, run[-1].end)] if run and sure else found


def name_standing(word: str, language: str, *, before: str = "", begins: bool = False) -> Standing:
    """Whether a word (as written) is a name, perhaps one, or a common word.

    ``before`` is the folded word in front of it; ``begins`` is true at the start of a sentence, where a capital
    says nothing.
    """
    standing, titled = _alone(word, language, begins)
    return "name" if titled and before in _titles() else standing


@lru_cache(maxsize=1 << 15)
def _alone(word: str, language: str, begins: bool) -> tuple[Standing, bool]:
    """The standing of a word whatever stands before it, and whether a title before it would make it a name."""
    folded = fold(word).text.replace(" ", "")
    if len(folded) < _SHORTEST_NAME or not folded.isalpha() or folded in stopwords(language):
        return "word", False
    if folded in months() or folded in weekdays():
        return "word", False
    if place_of(folded) is not None:
        return "name", False
    if folded[0].isascii():
        return _english(word, folded, begins=begins), False
    found = _by_meaning(folded, language)
    return found, found == "perhaps"


def _english(word: str, folded: str, *, begins: bool) -> Standing:
    if not word[0].isupper():
        return "word"
    known = _known_english(folded)
    if known == "word":
        return "word" if begins else "perhaps"
    return "name" if known == "name" or not word.isupper() else "perhaps"


def begins_sentence(text: str, start: int) -> bool:
    """Whether what starts at ``start`` is the first word of a sentence or of a quotation."""
    before = text[:start].rstrip(" \"'«“(")
    return not before or before[-1] in _SENTENCE_ENDS


@lru_cache(maxsize=1 << 15)
def _known_english(word: str) -> Standing:
    """A name of the list, a word of the dictionaries, or unknown ("perhaps")."""
    from qa.text.concepts import table

    root = stem(word, "en")
    if word in _people() or root in _known_names():
        return "name"
    return "word" if word in table().familiar or root in _meanings() else "perhaps"


@lru_cache(maxsize=1 << 15)
def _by_meaning(word: str, language: str) -> Standing:
    from qa.text.concepts import concepts_of

    if word in _people():
        return "name"
    meanings = {concept: weight for concept, weight in concepts_of(word, language).items() if concept[0] != "~"}
    if not meanings:
        return "perhaps"
    most = max(meanings.values())
    main = [concept for concept, weight in meanings.items() if weight >= _MAIN_MEANING * most]
    if all(concept in _known_names() for concept in main):
        return "name"
    sound = skeleton(word)
    heard = (concept for concept, weight in meanings.items() if weight >= _HEARD and skeleton(concept) == sound)
    return "name" if any(concept in _known_names() for concept in heard) else "word"


def is_known_name(word: str) -> bool:
    """Whether a folded English word is listed as a name, rather than taken for one because it is unknown."""
    return word in _people() or stem(word, "en") in _known_names()


@lru_cache(maxsize=1 << 15)
def has_other_meaning(word: str, language: str) -> bool:
    """Whether the dictionaries have a folded word as one that is no name, or not as a name alone."""
    from qa.text.concepts import concepts_of, table

    if word[0].isascii():
        return word in table().familiar and stem(word, "en") not in _known_names()
    bare = [word, word[1:]] if language == "ar" and word[0] in _CLITICS else [word]
    meanings = {concept for each in bare for concept in concepts_of(each, language) if concept[0] != "~"}
    return bool(meanings - _known_names())


@lru_cache(maxsize=1 << 15)
def place_of(word: str) -> str | None:
    """The English name of the place that a folded word names, or whose people it names; None for other words."""
    places = _places()
    return places.get(word) or places.get(word.removeprefix("ال")) or places.get(stem(word, "ar"))


@cache
def _meanings() -> frozenset[str]:
    from qa.text.concepts import table

    return frozenset(table().concepts)


@cache
def _known_names() -> frozenset[str]:
    return frozenset(data_lines("names.known.txt"))


@cache
def _people() -> frozenset[str]:
    return frozenset(
        fold(word).text.replace(" ", "") for line in data_lines("names.people.txt") for word in line.split()
    )


@cache
def _titles() -> frozenset[str]:
    return frozenset(
        fold(word).text.replace(" ", "") for line in data_lines("names.titles.txt") for word in line.split()
    )


@cache
def _places() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in data_lines("names.places.txt"):
        spellings = [fold(each.strip()).text for each in line.split("|")]
        found.update({each: spellings[0] for each in spellings if " " not in each})
    return found

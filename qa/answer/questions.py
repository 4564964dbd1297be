"""What a question asks for: its kind (who, when, how many, …), its content words, and the noun it asks about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from qa.answer.analysis import GRAM, tokenise
from qa.text import ngrams, stem, stopwords
from qa.text.known_names import find_names

KINDS = ("who", "when", "where", "number", "why", "how", "which", "what", "yesno", "other")
_BESIDE = 2  # content words on each side of the interrogative that are its neighbours
_SHORTEST_REST = 3  # letters of what an interrogative is typed on to
_DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, eq=False, slots=True)
class Question:
    """An analysed question, equal to itself alone: :func:`read_question` makes one for a text.

    ``content`` are its content words, folded, in order, ``stems`` theirs, and ``named`` those of names; ``asking`` the
    stems that belong to the interrogative («چه سالی»: سال), which an answer need not repeat; ``focus`` is what is asked
    about («چند نفر»: نفر), or "". ``leading`` and ``trailing`` are the stems on the interrogative's two sides,
    ``before`` and ``after`` the nearest two of each; ``left`` and ``right`` the folded words just beside it, stop words
    or not, or ""; ``phrases`` the neighbouring words, those of the interrogative left out. ``carried`` are the further
    words, with their stems, that a conversation has left unsaid.
    """

    text: str
    language: str
    kind: str
    content: tuple[str, ...]
    stems: tuple[str, ...]
    asking: frozenset[str]
    grams: frozenset[str]
    focus: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    leading: frozenset[str]
    trailing: frozenset[str]
    left: str
    right: str
    phrases: tuple[tuple[str, str], ...]
    named: frozenset[str]
    carried: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=1024)
def read_question(text: str, language: str, standalone: str | None = None) -> Question:
    """Analyse a question, and what its ``standalone`` form adds to it.

    A language without interrogatives of its own gets the kind ``other``.
    """
    folded = [token.folded for token in tokenise(text)]
    kind, first, after = _interrogative(folded, language)
    if kind == "other":
        folded = [part for place, token in enumerate(folded) for part in _apart(token, language, first=place == 0)]
        kind, first, after = _interrogative(folded, language)
    stops = stopwords(language)
    content = [token for token in folded if token not in stops]
    asking = [stem(token, language) for token in folded[first:after] if token not in stops]
    beside = [stem(token, language) for token in folded[after : after + 2] if token not in stops]
    stems = tuple(stem(token, language) for token in content)
    named = {token.folded for name in find_names(text, language) for token in tokenise(text[name.start : name.end])}
    left, right = ([token for token in part if token not in stops] for part in (folded[:first], folded[after:]))
    return Question(
        text=standalone or text,
        language=language,
        kind=kind,
        content=tuple(content),
        stems=stems,
        asking=frozenset(asking),
        grams=frozenset(ngrams(" ".join(content), GRAM, GRAM)),
        focus=[*asking[-1:], *beside, ""][0] if kind not in ("yesno", "other") else "",
        before=tuple(stem(token, language) for token in left[-_BESIDE:]),
        after=tuple(stem(token, language) for token in right[:_BESIDE]),
        leading=frozenset(stem(token, language) for token in left),
        trailing=frozenset(stem(token, language) for token in right),
        left=folded[first - 1] if first else "",
        right=folded[after] if 0 < after < len(folded) else "",
        phrases=(*pairwise(folded[:first]), *pairwise(folded[after:])),
        named=frozenset(own for word, own in zip(content, stems, strict=True) if word in named),
        carried=_carried(standalone or "", language, stems),
    )


def _carried(standalone: str, language: str, own: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    stops = stopwords(language)
    words = [token.folded for token in tokenise(standalone) if token.folded not in stops]
    return tuple((word, found) for word in words if (found := stem(word, language)) not in own)


def _interrogative(folded: list[str], language: str) -> tuple[str, int, int]:
    """The kind, and the range of words that says so: the longest phrase, the earliest of equals."""
    phrases, at_start = _phrases(language), _phrases(language, at_start=True)
    best: tuple[int, int, str] | None = None
    for place in range(len(folded)):
        for length in range(min(4, len(folded) - place), 0, -1):
            words = tuple(folded[place : place + length])
            kind = phrases.get(words) or (at_start.get(words) if place == 0 else None)
            if kind:
                rank = (_STRENGTH[kind], length)
                if best is None or rank > (_STRENGTH[best[2]], best[1]):
                    best = (place, length, kind)
                break
    if best is None:
        return "other", 0, 0
    place, length, kind = best
    return kind, place, place + length


# A specific interrogative wins over a general one: "in what year did" is when, not what.
_STRENGTH = {"when": 3, "number": 3, "who": 3, "where": 3, "why": 3, "how": 2, "which": 1, "what": 1, "yesno": 0}
# What asks only at the start: Arabic من and لم are usually "from" and "did not", English "is" is a copula.
_AT_START = "^"


@cache
def _phrases(language: str, *, at_start: bool = False) -> dict[tuple[str, ...], str]:
    table: dict[str, list[str]] = _load("questions").get(language, {})
    return {
        phrase_words(phrase): kind
        for kind, phrases in table.items()
        for phrase in phrases
        if phrase.startswith(_AT_START) == at_start
    }


def _apart(token: str, language: str, *, first: bool) -> list[str]:
    """A word with an interrogative that was typed on to it cut off («درچه», «چندسال», «ماسبب»), else the word alone.

    ``first`` says that the word opens the question: «ما» is cut off there only.
    """
    glued = _load("glued").get(language, {})
    for opener in (*glued.get("openers", ()), *(glued.get("first", ()) if first else ())):
        rest = token.removeprefix(opener)
        if rest != token and len(rest) >= _SHORTEST_REST:
            return [opener, rest]
    for before in glued.get("before", ()):
        rest = token.removeprefix(before)
        if rest != token and rest in glued["words"]:
            return [before, rest]
    for closer in glued.get("closers", ()):
        rest = token.removesuffix(closer)
        if rest != token and len(rest) >= _SHORTEST_REST:
            return [rest, closer]
    return [token]


@cache
def markers(language: str, kind: str) -> dict[int, frozenset[tuple[str, ...]]]:
    """Folded phrases that often stand beside the answer of a kind of question, as tuples of words, by their length."""
    phrases = {phrase_words(phrase) for phrase in _load("markers").get(language, {}).get(kind, ())}
    return {length: frozenset(each for each in phrases if len(each) == length) for length in {len(p) for p in phrases}}


@cache
def marker_words() -> frozenset[str]:
    """All the words of the markers, of every language and kind."""
    kinds = (phrases for language in _load("markers").values() for phrases in language.values())
    return frozenset(word for phrases in kinds for phrase in phrases for word in phrase_words(phrase))


def phrase_words(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase, as questions and sentences are cut."""
    return tuple(token.folded for token in tokenise(phrase))


@cache
def _load(name: str) -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
    return table

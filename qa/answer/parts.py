"""Questions that ask two things at once: «who opened it, and when?»."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from qa.answer.analysis import Token, tokenise
from qa.answer.questions import phrase_words, read_question
from qa.text import stopwords

_DATA = Path(__file__).with_name("data") / "parts.json"
_ASKS_LATE = frozenset({"fa"})
_BETWEEN = 1  # stop words that may stand between «and» and what asks: "and in which year"


def parts_of(question: str, language: str) -> tuple[str, ...]:
    """The two parts of a question, each as typed, or nothing when it asks one thing.

    The first must ask something itself, and the second begin with «and» and an interrogative, which in Arabic are one
    word («ومتى»); in Persian, which asks late in a clause, the interrogative may come anywhere in it.
    """
    tokens = tokenise(question)
    ands, asks, stops = *_words(language), stopwords(language)
    for place, token in enumerate(tokens[1:], 1):
        start = _behind_and(question, tokens, place, ands, asks | stops)
        if start is None:
            continue
        following = [each.folded for each in tokenise(question[start:])]
        if language not in _ASKS_LATE:
            skipped = next((at for at, word in enumerate(following) if word not in stops - asks), len(following))
            following = following[: min(skipped, _BETWEEN) + 1]
        if asks.intersection(following) and read_question(question[: token.start], language).kind not in (
            "other",
            "yesno",
        ):
            return question[: token.start].rstrip(" ,،"), question[start:]
    return ()


def _behind_and(
    question: str, tokens: list[Token], place: int, ands: frozenset[str], known: frozenset[str]
) -> int | None:
    """Where the second part begins, when the word at ``place`` is «and» or begins with it."""
    token = tokens[place]
    if token.folded in ands:
        return tokens[place + 1].start if place + 1 < len(tokens) else None
    for each in ands:
        if token.folded.startswith(each) and token.folded[len(each) :] in known and not each.isascii():
            return token.start + len(each)
    return None


@cache
def _words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words for «and», and those that ask, both folded."""
    data = json.loads(_DATA.read_text(encoding="utf-8")).get(language, {"and": [], "asks": []})
    ands, asks = (frozenset(phrase_words(word)[0] for word in data[name]) for name in ("and", "asks"))
    return ands, asks

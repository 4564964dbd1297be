"""Does the checker catch a wrong sentence, and let a true one pass?

Sentences of the library are made wrong in one known way each (:mod:`evals.mutations`) and judged against themselves.
True ones are made of them by leaving out what follows their last comma, judged against the sentence with its neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final, NamedTuple

from evals.mutations import mutations
from evals.suites.values import Suite, Trial
from qa.answer.judging import Checker
from qa.library import Library
from qa.text import words
from qa.text.known_names import find_names

SENTENCES: Final = 250  # of each language, at most
LANGUAGES: Final = ("fa", "ar", "en")
KINDS: Final = frozenset({"number", "date", "name", "negation", "swap"})
TRUE: Final = "true"
_COMMA: Final = re.compile(r"[,،؛;](?=\s)")
_FEWEST_WORDS: Final = 5
_SHORTEST_NAME: Final = 3


class _Pair(NamedTuple):
    """A sentence and the one that stands after it."""

    sentence: str
    next: str


def mutation_suite(library: Library, checker: Checker, *, seed: int) -> Suite:
    """``mutations.caught`` and ``mutations.true_passed``, with a row for each kind."""
    trials = [trial for language in LANGUAGES for trial in _trials(library, checker, language, seed)]
    return Suite("mutations", tuple(trials), {"caught": KINDS, "true_passed": frozenset({TRUE})})


def _trials(library: Library, checker: Checker, language: str, seed: int) -> Iterator[Trial]:
    pairs = _pairs(library, language)
    names = _names([pair.sentence for pair in pairs], language)
    chosen = Random(seed).sample(pairs, SENTENCES) if len(pairs) > SENTENCES else pairs
    for sentence, following in chosen:
        for made in mutations(sentence, language, names, seed):
            caught = checker(made.text, [sentence]).verdict != "supported"
            yield Trial(made.kind, language, caught, f"{sentence}  ({made.was} → {made.became})")
        if short := _shortened(sentence):
            verdict = checker(short, [sentence, following])
            noticed = "; ".join(f"{each.kind} {each.detail}" for each in verdict.findings)
            yield Trial(TRUE, language, verdict.verdict == "supported", f"{short}  ({noticed or verdict.verdict})")


def _pairs(library: Library, language: str) -> list[_Pair]:
    """Sentences of the library in one language, in a fixed order, each once."""
    found: dict[str, _Pair] = {}
    for article in sorted(library.articles(), key=lambda each: (each.origin or "", each.id)):
        if article.language != language:
            continue
        texts = [
            " ".join(p.sentence(i).split()) for p in library.passages_of(article.id) for i in range(len(p.sentences))
        ]
        for sentence, following in zip(texts, [*texts[1:], ""], strict=True):
            if len(words(sentence)) >= _FEWEST_WORDS:
                found.setdefault(sentence, _Pair(sentence, following))
    return list(found.values())


def _names(sentences: Sequence[str], language: str) -> list[str]:
    """The names that stand in the sentences, most frequent first."""
    seen: dict[str, int] = {}
    for sentence in sentences:
        for start, end in find_names(sentence, language):
            name = sentence[start:end]
            if len(name) >= _SHORTEST_NAME:
                seen[name] = seen.get(name, 0) + 1
    return sorted(seen, key=lambda name: (-seen[name], name))


def _shortened(sentence: str) -> str | None:
    """The sentence up to its last comma; None when that leaves too little of it."""
    places = [match.start() for match in _COMMA.finditer(sentence)]
    short = sentence[: places[-1]] if places else ""
    return short if len(words(short)) >= max(_FEWEST_WORDS, len(words(sentence)) // 2) else None

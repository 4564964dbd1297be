"""What a kind of question asks for, and how much of it a sentence has that the question hasn't."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.answer.analysis import Analysis
from qa.answer.questions import Question, markers
from qa.values import Span

_ENDINGS = (".", "!", "؟", "?", "؛", "…")
_OPENERS = frozenset('«"“(')
_BESIDE = 3  # tokens from a number within which the noun that is counted stands


def new_dates(question: Question, sentence: Analysis) -> list[Span]:
    """Where the sentence writes dates that the question doesn't."""
    return _new(question, sentence, sentence.mentions.dates)


def new_numbers(question: Question, sentence: Analysis) -> list[Span]:
    """Where the sentence writes numbers that the question doesn't."""
    return _new(question, sentence, sentence.mentions.numbers)


def new_names(question: Question, sentence: Analysis) -> list[Span]:
    """Where the sentence has names that the question has no word of."""
    return _foreign(question, sentence, sentence.mentions.names)


def new_places(question: Question, sentence: Analysis) -> list[Span]:
    """Where the sentence names places that the question has no word of."""
    return _foreign(question, sentence, sentence.mentions.places)


def type_features(question: Question, sentence: Analysis) -> dict[str, float]:
    """What the sentence has of the type of answer asked for; see :data:`qa.answer.features.FEATURES`."""
    digits = sum(each not in question.stems for each in sentence.numerals)
    capitals = sum(each not in question.stems for each in sentence.capitals)
    return {
        "focus": 0.0 if not question.focus else 1.0 if question.focus in sentence.content else -1.0,
        "fits": _fits(question, sentence),
        "counted": _counted(question, sentence),
        "names": float(min(3, len(new_names(question, sentence)))),
        "places": float(min(3, len(new_places(question, sentence)))),
        "marked": float(min(3, _count_markers(question, sentence))),
        "digits": float(min(3, digits)),
        "capitals": float(min(4, capitals)),
        "quoted": float(not _OPENERS.isdisjoint(sentence.text)),
        "ends": float(sentence.text.rstrip("»”\"') ").endswith(_ENDINGS)),
        "asks": float("؟" in sentence.text or "?" in sentence.text),
    }


def _new(question: Question, sentence: Analysis, spans: Sequence[Span]) -> list[Span]:
    return [span for span in spans if sentence.text[span.start : span.end] not in question.text]


def _foreign(question: Question, sentence: Analysis, spans: Sequence[Span]) -> list[Span]:
    if not spans:
        return []
    asked = [token for token, stem in zip(sentence.tokens, sentence.stems, strict=True) if stem in question.stems]
    return [span for span in spans if not any(span.start <= token.start < span.end for token in asked)]


def _fits(question: Question, sentence: Analysis) -> float:
    if question.kind == "when":
        return 1.0 if new_dates(question, sentence) else -1.0
    if question.kind == "number":
        return 1.0 if new_numbers(question, sentence) else -1.0
    return 0.0


def _counted(question: Question, sentence: Analysis) -> float:
    """Whether the noun that is asked about stands beside a new number: «چند نفر», "how many boats"."""
    if question.kind != "number" or not question.focus:
        return 0.0
    nouns = sentence.where.get(question.focus, ())
    for span in new_numbers(question, sentence):
        places = [place for place, token in enumerate(sentence.tokens) if span.start <= token.start < span.end]
        if places and any(places[0] - _BESIDE <= noun <= places[-1] + _BESIDE for noun in nouns):
            return 1.0
    return -1.0


def _count_markers(question: Question, sentence: Analysis) -> int:
    wanted: Mapping[int, frozenset[tuple[str, ...]]] = markers(sentence.language, question.kind)
    folded = [token.folded for token in sentence.tokens]
    return sum(
        tuple(folded[place : place + length]) in phrases
        for length, phrases in wanted.items()
        for place in range(len(folded) - length + 1)
    )

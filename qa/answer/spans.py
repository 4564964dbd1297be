"""The few words of a sentence that answer a question, where its kind makes them plain: a date, a number, a name."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answer.analysis import Analysis, Token, analyse
from qa.answer.features import new_dates, new_numbers
from qa.answer.questions import Question
from qa.values import Span

_BREAKS = frozenset('.,،;؛:!?؟«»()[]"“”–—|…')
_LONGEST_NAME = 7  # tokens; a longer stretch between the question's words is a clause, not a name
_NAMING = frozenset({"who", "where", "which", "what"})


def answer_span(question: Question, sentence: str, language: str) -> Span | None:
    """Where in ``sentence`` the answer is, or None when the kind of question does not tell."""
    analysed = analyse(sentence, language)
    if question.kind == "when":
        return _nearest(question, analysed, new_dates(question, analysed))
    if question.kind == "number":
        return _nearest(question, analysed, new_numbers(question, analysed))
    if question.kind in _NAMING:
        return _nearest(question, analysed, _new_stretches(question, analysed))
    return None


def _nearest(question: Question, sentence: Analysis, found: Sequence[tuple[int, int]]) -> Span | None:
    """Of the candidates, the one nearest to the question's words in the sentence; the first of equals."""
    if not found:
        return None
    matched = [token for token, stem in zip(sentence.tokens, sentence.stems, strict=True) if stem in question.stems]

    def distance(candidate: tuple[int, int]) -> int:
        start, end = candidate
        return sum(min(abs(token.start - end), abs(start - token.end)) for token in matched) // max(1, len(matched))

    return Span(*min(found, key=distance))


def _new_stretches(question: Question, sentence: Analysis) -> list[tuple[int, int]]:
    """Runs of words that the question hasn't, without stop words at their ends, not across punctuation."""
    runs: list[list[Token]] = [[]]
    end = 0
    for token, stem in zip(sentence.tokens, sentence.stems, strict=True):
        broken = any(mark in _BREAKS for mark in sentence.text[end : token.start])
        if not stem or stem in question.stems or broken:
            runs.append([])
        if stem and stem not in question.stems:
            runs[-1].append(token)
        end = token.end
    return [(run[0].start, run[-1].end) for run in runs if 0 < len(run) <= _LONGEST_NAME]

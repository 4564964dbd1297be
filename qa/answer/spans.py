"""The few words of a sentence that answer a question, where its kind makes them plain: a date, a number, a name that
punctuation sets off. None is better than a guess.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.answer.analysis import Analysis, analyse
from qa.answer.features import new_dates, new_numbers
from qa.answer.questions import Question
from qa.text.known_names import find_names
from qa.values import Span

_BREAKS = frozenset('*-.,،;؛:!?؟«»()[]"“”–—|…')
_LONGEST_NAME = 7  # tokens; a longer stretch between the question's words is a clause, not a name
_NAMING = frozenset({"who", "where"})


def answer_span(question: Question, sentence: str, language: str) -> Span | None:
    """Where in ``sentence`` the answer is, or None when the kind of question does not tell."""
    analysed = analyse(sentence, language)
    if question.kind == "when":
        return _nearest(question, analysed, new_dates(question, analysed))
    if question.kind == "number":
        return _nearest(question, analysed, new_numbers(question, analysed))
    if question.kind in _NAMING:
        runs = _set_off(question, analysed)
        return _nearest(question, analysed, _from_names(sentence, language, runs) or runs)
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


def _set_off(question: Question, sentence: Analysis) -> list[tuple[int, int]]:
    """Runs of new words with a word of the question beyond the punctuation beside them, as names in apposition have.

    Without stop words at their ends, not across punctuation; a person's name has two words at least.
    """
    runs: list[list[int]] = [[]]
    for place, stem in enumerate(sentence.stems):
        new = bool(stem) and stem not in question.stems
        if not new or _broken(sentence, place - 1):
            runs.append([])
        if new:
            runs[-1].append(place)
    fewest = 2 if question.kind == "who" else 1
    return [
        (sentence.tokens[run[0]].start, sentence.tokens[run[-1]].end)
        for run in runs
        if fewest <= len(run) <= _LONGEST_NAME
        and (
            _asked_across(question, sentence, run[0] - 1, run[0] - 1)
            or _asked_across(question, sentence, run[-1], run[-1] + 1)
        )
    ]


def _from_names(sentence: str, language: str, runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The runs that hold a name that is known as one, each from where its first name begins."""
    names = find_names(sentence, language) if runs else []
    firsts = [min((name.start for name in names if start <= name.start < end), default=-1) for start, end in runs]
    return [(first, end) for first, (_, end) in zip(firsts, runs, strict=True) if first >= 0]


def _asked_across(question: Question, sentence: Analysis, gap: int, neighbour: int) -> bool:
    """Whether there is punctuation in a gap, and the neighbour beyond it is a word of the question."""
    inside = 0 <= neighbour < len(sentence.stems)
    return inside and _broken(sentence, gap) and sentence.stems[neighbour] in question.stems


def _broken(sentence: Analysis, place: int) -> bool:
    """Whether there is punctuation between a token and the next."""
    if not 0 <= place < len(sentence.tokens) - 1:
        return False
    between = sentence.text[sentence.tokens[place].end : sentence.tokens[place + 1].start]
    return any(mark in _BREAKS for mark in between)

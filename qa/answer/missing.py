"""What a question speaks of and the evidence doesn't: names, numbers and dates that stand nowhere in it.

What is said of Iran does not answer what is asked of France, so a name that the answering article has nowhere is a
reason to refuse. Measured on 200 questions of each bench file against their own passage alone: 0 to 4 % of them name
something that it does not; against another passage of the file, 18 to 49 % do. A number or a date that no article has
may be a false premise or a part that is not answered: the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from qa.answer.analysis import Analysis, analyse
from qa.answer.questions import Question
from qa.text import fold, words
from qa.text.dates import find_dates
from qa.text.known_names import find_names
from qa.text.names import same_name
from qa.text.numbers import find_numbers
from qa.values import Evidence, Passage, Span

_SHORTEST_ALIKE = 4  # letters of a name that may be spelled another way; shorter ones are too easily alike
_FEWEST = 2  # numbers up to this are said in too many ways («both», a dual) to be missed


def missing_names(question: Question, evidence: Evidence, sentences: Sequence[Analysis], of: str) -> tuple[str, ...]:
    """The names in the question as typed of which the article ``of`` has no word in the evidence.

    In any script or spelling, its title included. ``sentences`` are those of its passages, seen through the question.
    """
    typed = evidence.asked or evidence.question
    names = [typed[start:end] for start, end in find_names(typed, evidence.language)]
    if not names:
        return ()
    there = _Words([passage for passage in evidence.passages if passage.article_id == of], question, sentences)
    return tuple(name for name in names if not any(map(there.has, _parts(name))))


def unspoken(evidence: Evidence) -> tuple[str, ...]:
    """The numbers and dates of the question, as it writes them, that no passage has; a year in another calendar too."""
    typed = evidence.asked or evidence.question
    dates = find_dates(typed)
    numbers = [each for each in find_numbers(typed) if not each.ordinal and abs(each.value) > _FEWEST]
    if not numbers and not dates:
        return ()
    texts = [f"{passage.title or ''}\n{passage.text}" for passage in evidence.passages]
    values = {quantity.value for text in texts for quantity in find_numbers(text)}
    days = list(_days(evidence.passages, texts)) if dates else []
    missing = []
    for mention in dates:
        own = [each.value for each in numbers if mention.start <= each.start < mention.end]
        written = bool(own) and values.issuperset(own)  # "the storm of 2019" is not read as a date
        if not written and not any(begin <= mention.last and mention.first <= end for begin, end in days):
            missing.append(Span(mention.start, mention.end))
    inside = {place for mention in dates for place in range(mention.start, mention.end)}
    missing += [Span(each.start, each.end) for each in numbers if each.start not in inside and each.value not in values]
    return tuple(typed[span.start : span.end] for span in sorted(missing))


def _days(passages: Iterable[Passage], texts: Iterable[str]) -> Iterator[tuple[date, date]]:
    for passage, text in zip(passages, texts, strict=True):
        published = date.fromisoformat(passage.published[:10]) if passage.published else None
        if published:
            yield published, published
        for mention in find_dates(text, published):
            yield mention.first, mention.last


class _Words:
    """The words of some passages, to be asked for in other spellings too."""

    def __init__(self, passages: Sequence[Passage], question: Question, sentences: Sequence[Analysis]) -> None:
        texts = [fold(f"{passage.title or ''}\n{passage.text}").text for passage in passages]
        titles = [analyse(passage.title or "", passage.language).content for passage in passages]
        self._together = "".join("".join(text.split()) for text in texts)  # half-spaces are lost or turned into spaces
        self._spelled = {word.folded for text in texts for word in words(text)}
        self._meant = frozenset[str]().union(*titles, *(sentence.content for sentence in sentences))
        self._stems = dict(zip(question.content, question.stems, strict=True))

    def has(self, word: str) -> bool:
        """Whether a folded word is there, or one of the same stem or sound."""
        if word in self._together or self._stems.get(word) in self._meant:
            return True
        return len(word) >= _SHORTEST_ALIKE and any(same_name(word, other) for other in self._spelled)


def _parts(name: str) -> Iterator[str]:
    return (part for word in words(name) for part in word.parts)

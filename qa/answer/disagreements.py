"""Sources that disagree: sentences of other articles that give another figure, date or name than the cited ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer.marking import SURE, answer_span
from qa.answer.questions import read_question
from qa.check.conflicts import Asked, ConflictKind, Telling, find_conflict, may_conflict, read_asked, senses_around
from qa.values import Evidence, Label, Span

_ASKED: dict[str, ConflictKind] = {"number": "number", "when": "date", "who": "name"}
MOST_RIVALS = 3  # versions beside the first; more would bury the answer


@dataclass(frozen=True, slots=True)
class Version:
    """What one sentence gives: ``value`` is its words, a range of its article's text."""

    label: Label
    value: Span


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Sentences of different articles that contradict each other, the cited one first."""

    kind: ConflictKind
    versions: tuple[Version, ...]


def find_rivalries(evidence: Evidence, cited: Sequence[Label]) -> list[Rivalry]:
    """What contradicts the cited sentences in what the question asks for; none when it asks for no value.

    Each article speaks once.
    """
    asked = _asked(evidence)
    if asked is None:
        return []
    rivalries: list[Rivalry] = []
    heard: set[str] = set()
    for label in dict.fromkeys(cited):
        if evidence.locate(label)[0].article_id not in heard and (found := _rivals_of(evidence, label, asked)):
            rivalries.append(found)
            heard |= {evidence.locate(version.label)[0].article_id for version in found.versions}
    return rivalries


def _asked(evidence: Evidence) -> Asked | None:
    question = read_question(evidence.asked or evidence.question, evidence.language, evidence.question)
    kind = _ASKED.get(question.kind)
    if kind is None:
        return None
    return read_asked(kind, evidence.question, evidence.language, question.asking)


def _rivals_of(evidence: Evidence, label: Label, asked: Asked) -> Rivalry | None:
    ours = _telling(evidence, label)
    own = evidence.locate(label)[0].article_id
    found: dict[str, tuple[float, Version, Version]] = {}  # the best of each article
    for other, sentence in evidence.labelled():
        passage, _ = evidence.locate(other)
        if passage.article_id == own or passage.teaser or not may_conflict(asked, sentence):
            continue
        theirs = _telling(evidence, other, with_answer=asked.kind == "name")
        conflict = find_conflict(asked, ours, theirs)
        score = asked.covered(theirs.senses)
        if conflict is not None and score > found.get(passage.article_id, (-1.0,))[0]:
            versions = _version(evidence, label, conflict.one), _version(evidence, other, conflict.other)
            found[passage.article_id] = (score, *versions)
    if not found:
        return None
    _, mine, _ = next(iter(found.values()))
    return Rivalry(asked.kind, (mine, *(theirs for _, _, theirs in list(found.values())[:MOST_RIVALS])))


def _telling(evidence: Evidence, label: Label, *, with_answer: bool = True) -> Telling:
    passage, _ = evidence.locate(label)
    sentence = passage.sentence(label.sentence - 1)
    question = read_question(evidence.asked or evidence.question, evidence.language, evidence.question)
    around = tuple(each.text for each in evidence.passages if each.article_id == passage.article_id)
    around = (passage.title or "", *around)
    answer = answer_span(question, sentence, passage.language, least=SURE) if with_answer else None
    return Telling(sentence, passage.language, around, senses_around(around, passage.language), answer)


def _version(evidence: Evidence, label: Label, value: Span) -> Version:
    _, span = evidence.locate(label)
    return Version(label, Span(span.start + value.start, span.start + value.end))

"""What a question is answered from: labelled passages, and statements that name their labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from qa.values.articles import Filters, Passage, Span


@dataclass(frozen=True, slots=True)
class Understanding:
    """A filter that was read out of the question's own words: ``question[start:end] == words``.

    ``kind`` says which filters it sets: ``dates`` since and until, ``source`` the outlet, ``language`` the language.
    ``strict`` is whether other articles are left out; otherwise those that fit only rank higher. ``dropped`` says that
    it was strict and left nothing, so that all articles were searched after all.
    """

    kind: Literal["dates", "source", "language"]
    words: str
    start: int
    end: int
    filters: Filters
    strict: bool = True
    dropped: bool = False


class Label(NamedTuple):
    """Names sentence ``sentence`` of passage ``passage`` in the evidence; both count from 1. ``str`` is 2.3."""

    passage: int
    sentence: int

    def __str__(self) -> str:
        return f"{self.passage}.{self.sentence}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Ranked passages for one question, every sentence labelled. The only thing an answer may rest on.

    ``question`` stands by itself; ``asked`` is what was typed, when that leans on a conversation. ``understood`` are
    the filters that retrieval read out of the question and applied.
    """

    question: str
    language: str
    passages: tuple[Passage, ...]
    asked: str | None = None
    understood: tuple[Understanding, ...] = ()

    def labelled(self) -> Iterator[tuple[Label, str]]:
        """Every (label, sentence text), in order of rank, then of reading."""
        for number, passage in enumerate(self.passages, start=1):
            for position in range(len(passage.sentences)):
                yield Label(number, position + 1), passage.sentence(position)

    def exists(self, label: Label) -> bool:
        """Whether the label names a sentence. 0 and negative numbers name none."""
        if not 1 <= label.passage <= len(self.passages):
            return False
        return 1 <= label.sentence <= len(self.passages[label.passage - 1].sentences)

    def locate(self, label: Label) -> tuple[Passage, Span]:
        """The passage and the absolute span of a label. Raises KeyError when there is no such sentence."""
        if not self.exists(label):
            raise KeyError(str(label))
        passage = self.passages[label.passage - 1]
        return passage, passage.sentences[label.sentence - 1]


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A statement as an answerer wrote it, before it is checked.

    ``labels`` exist in the evidence; ``unknown`` are labels, as written, that do not. ``answer`` marks the
    few words that answer a factoid question, as absolute offsets in the first label's article, or None.
    """

    text: str
    labels: tuple[Label, ...]
    unknown: tuple[str, ...] = ()
    answer: Span | None = None

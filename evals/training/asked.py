"""What the reader is trained and measured on: the questions of SQuAD files, each with what was retrieved for it."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from qa.answer.analysis import Analysis, analyse
from qa.answer.features import measure
from qa.answer.questions import read_question
from qa.library import Library, Prepared
from qa.retrieve import Retriever
from qa.settings import load_settings
from qa.text import sentences
from qa.values import Article, Evidence, Passage, Span

Table = npt.NDArray[np.float64]
TOP_K = 8
TEST_PARTS = 5  # one in five titles is for testing
MOST_FOR_REFUSAL = 2000  # questions of a file, about, that are asked of each half


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; ``gold`` are the spans of its answers in the passage's article, none when it has no answer there."""

    title: str
    article_id: str
    text: str
    gold: tuple[Span, ...]

    @property
    def tested(self) -> bool:
        """Whether its title is one of the fifth that is never trained on."""
        return part_of(self.title, TEST_PARTS) == 0


@dataclass(frozen=True, slots=True)
class SquadFile:
    """A file's passages, an article each, and its questions, answerable and not."""

    name: str
    language: str
    passages: tuple[Passage, ...]
    answerable: tuple[Asked, ...]
    unanswerable: tuple[Asked, ...]

    def answers_to(self, asked: Asked) -> tuple[str, ...]:
        """The words that answer a question."""
        text = next(each.text for each in self.passages if each.article_id == asked.article_id)
        return tuple(text[span.start : span.end] for span in asked.gold)


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the sentences retrieved for it. ``right[i]`` is 1 when sentence i holds the answer.

    ``tested`` ones are never trained on; ``answers`` are the words that answer, each as it stands in its article.
    """

    file: str
    tested: bool
    asked: Asked
    answers: tuple[str, ...]
    evidence: Evidence
    places: tuple[tuple[int, int], ...]
    features: Table
    right: Table

    def sentence(self, candidate: int) -> Analysis:
        """A candidate sentence, taken apart."""
        number, at = self.places[candidate]
        passage = self.evidence.passages[number]
        return analyse(passage.sentence(at), passage.language)


def part_of(title: str, parts: int) -> int:
    """Which of ``parts`` a title falls into, by a hash, the same everywhere."""
    return int(hashlib.sha256(title.encode()).hexdigest(), 16) % parts


def read_squad(path: Path) -> SquadFile:
    """Read a SQuAD file; its language is the part of the name before ``.json``."""
    language = path.stem.rpartition(".")[2]
    passages: list[Passage] = []
    asked: list[Asked] = []
    for number, entry in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
        for position, paragraph in enumerate(entry["paragraphs"]):
            text, id = paragraph["context"], f"{number}-{position}"
            title = (entry.get("title") or "").replace("_", " ")
            spans = tuple(sentences(text))
            passages.append(Passage(id, id, 0, 0, len(text), text, spans, title=title or None, language=language))
            for qa in paragraph["qas"]:
                answers = [] if qa.get("is_impossible") else qa["answers"]
                gold = tuple(Span(a["answer_start"], a["answer_start"] + len(a["text"])) for a in answers)
                asked.append(Asked(title or id, id, qa["question"], gold))
    return SquadFile(
        path.name,
        language,
        tuple(passages),
        tuple(each for each in asked if each.gold),
        tuple(each for each in asked if not each.gold),
    )


def examples(
    file: SquadFile, passages: Sequence[Passage], asked: Iterable[Asked], *, unseen: bool
) -> Iterator[Example]:
    """Every question asked of a library that holds just ``passages``; ``unseen`` files are tested as a whole."""
    with tempfile.TemporaryDirectory() as home:
        settings = load_settings(home=home, llm="extractive")
        with Library.open(settings) as library:
            library.add([Prepared(_article(passage), (passage,)) for passage in passages])
            retriever = Retriever(library, settings)
            for each in asked:
                found = tuple(retriever.retrieve(each.text, top_k=TOP_K))
                yield example(file, each, Evidence(each.text, file.language, found), unseen=unseen)


def example(file: SquadFile, asked: Asked, evidence: Evidence, *, unseen: bool) -> Example:
    """A question measured against its evidence."""
    candidates = measure(read_question(asked.text, file.language), evidence)
    right = [_is_right(asked, evidence.passages[passage], at) for passage, at in candidates.places]
    return Example(
        file=file.name,
        tested=unseen or asked.tested,
        asked=asked,
        answers=file.answers_to(asked),
        evidence=evidence,
        places=candidates.places,
        features=candidates.features,
        right=np.array(right, dtype=float),
    )


def half_of(file: SquadFile, half: int) -> list[Passage]:
    """The passages of the titles in one of two halves, by a hash."""
    titles = {each.article_id: each.title for each in (*file.answerable, *file.unanswerable)}
    return [each for each in file.passages if in_half(titles.get(each.article_id, each.id), half)]


def in_half(title: str, half: int) -> bool:
    """Whether a title is in that half."""
    return part_of(f"half {title}", 2) == half


def _article(passage: Passage) -> Article:
    return Article(passage.article_id, passage.text, title=passage.title, language=passage.language)


def _is_right(asked: Asked, passage: Passage, position: int) -> bool:
    start, end = passage.sentences[position]
    return passage.article_id == asked.article_id and any(s < end and start < e for s, e in asked.gold)

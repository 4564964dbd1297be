"""SQuAD 1.1 and 2.0 files: every passage an article of the library, every question a case.

Rajpurkar et al. 2016 and 2018. Offsets are code points. ``half`` leaves the passages of half the titles out of the
library: their questions are then unanswerable for want of an article (tagged ``left-out``), as questions are that a
reader asks of a collection that knows nothing of them. ``fifth`` asks only about the titles that the reader's trainer
keeps out of training. Both are split by a hash of the title, as in :mod:`evals.training.asked`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ValidationError

from evals.datasets.fill import fill_with
from evals.datasets.own import explain
from evals.datasets.values import Case, Dataset, Expected
from evals.errors import DatasetError
from evals.training.asked import TEST_PARTS, part_of
from qa.text import detect_language
from qa.values import Article


class _Answer(BaseModel):
    text: str
    answer_start: int


class _Question(BaseModel):
    id: str | int
    question: str
    answers: list[_Answer] = []
    is_impossible: bool = False


class _Paragraph(BaseModel):
    context: str
    qas: list[_Question]


class _Entry(BaseModel):
    title: str | None = None
    paragraphs: list[_Paragraph]


class _File(BaseModel):
    data: list[_Entry]


@dataclass(frozen=True, slots=True)
class _Page:
    """A passage as an article, its questions, and the key that its title is split by."""

    key: str
    article: Article
    questions: tuple[_Question, ...]


def squad(path: Path, *, half: bool = False, fifth: bool = False) -> Dataset:
    """The cases of a file. Raises DatasetError when it is not in the format, or an answer is not where it says."""
    data = _read(path)
    language = _language(path, data)
    pages = list(_pages(path, data, language))
    kept = {page.article.id for page in pages if not half or part_of(f"half {page.key}", 2) == 0}
    cases = tuple(
        _case(page.article, question, left_out=page.article.id not in kept)
        for page in pages
        if not fifth or part_of(page.key, TEST_PARTS) == 0
        for question in page.questions
    )
    content = sha256(path.read_bytes()).hexdigest() + f" half={half}"
    name = path.name.removesuffix(".json") + ("-half" if half else "") + ("-fifth" if fifth else "")
    return Dataset(name, cases, content, fill_with([page.article for page in pages if page.article.id in kept]))


def _read(path: Path) -> _File:
    try:
        return _File.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DatasetError(f"{path} cannot be read as SQuAD: {error}.", hint="Give a JSON file of SQuAD.") from error
    except ValidationError as error:
        told = explain(error)
        raise DatasetError(f"{path} is not in the format of SQuAD: {told[:300]}.") from error


def _language(path: Path, data: _File) -> str:
    """The part of the name before ``.json`` (NAME.fa.json), else that of the first passage."""
    named = path.name.split(".")[-2] if path.name.count(".") > 1 else ""
    first: Iterator[str] = (each.context for entry in data.data for each in entry.paragraphs)
    return named if named in ("fa", "ar", "en") else detect_language(next(first, ""))


def _pages(path: Path, data: _File, language: str) -> Iterator[_Page]:
    seen: Counter[str] = Counter()
    for number, entry in enumerate(data.data):
        title = (entry.title or "").replace("_", " ")
        for position, paragraph in enumerate(entry.paragraphs):
            article = Article(f"{number}-{position}", paragraph.context, title=title or None, language=language)
            questions = []
            for question in paragraph.qas:
                _expect_in_place(path, paragraph.context, question)
                seen[name := str(question.id)] += 1
                unique = name if seen[name] == 1 else f"{name}~{seen[name]}"
                questions.append(question.model_copy(update={"id": unique}))
            yield _Page(title or article.id, article, tuple(questions))


def _expect_in_place(path: Path, context: str, question: _Question) -> None:
    for answer in question.answers:
        if context[answer.answer_start : answer.answer_start + len(answer.text)] != answer.text:
            raise DatasetError(
                f"{path}: question {question.id}: the answer {answer.text!r} does not stand at {answer.answer_start}.",
                hint="Offsets must count code points.",
            )


def _case(article: Article, question: _Question, *, left_out: bool) -> Case:
    answered = bool(question.answers) and not question.is_impossible
    tag = "impossible" if not answered else "left-out" if left_out else "answerable"
    spans = {(each.answer_start, each.text): None for each in question.answers if each.text}
    expected = [Expected(article=article.id, quote=text, answers=(text,), start=start) for start, text in spans]
    return Case(
        id=str(question.id),
        language=article.language,
        tags=(tag,),
        question=question.question,
        answerable=tag == "answerable",
        expected=tuple(expected) if tag == "answerable" else (),
    )

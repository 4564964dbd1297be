"""Folders in the layout of BEIR (Thakur et al. 2021): ``corpus.jsonl``, ``queries.jsonl``, ``qrels/*.tsv``.

Documents become the library and queries are searched for, not answered: what is judged is which documents are found.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field, ValidationError

from evals.datasets.fill import fill_with
from evals.datasets.own import explain
from evals.datasets.values import Case, Dataset, Expected
from evals.errors import DatasetError
from qa.text import detect_language
from qa.values import Article

SPLITS = ("test", "dev", "train")


class _Document(BaseModel):
    id: str = Field(alias="_id", min_length=1)
    title: str | None = None
    text: str


class _Query(BaseModel):
    id: str = Field(alias="_id", min_length=1)
    text: str


_Line = TypeVar("_Line", bound=BaseModel)


def beir(folder: Path) -> Dataset:
    """The queries that have a relevant document, by ``qrels/test.tsv`` or, without one, dev or train.

    Raises DatasetError, which names the file and line.
    """
    qrels = next((file for split in SPLITS if (file := folder / "qrels" / f"{split}.tsv").is_file()), None)
    if qrels is None:
        raise DatasetError(f"{folder} has no qrels/test.tsv.", hint="Give a folder in the layout of BEIR.")
    documents = {each.id: each for each in _lines(folder / "corpus.jsonl", _Document)}
    judged = _judged(qrels)
    cases = tuple(
        _case(query, judged[query.id], documents, qrels)
        for query in _lines(folder / "queries.jsonl", _Query)
        if any(judged.get(query.id, {}).values())
    )
    if not cases:
        raise DatasetError(f"{folder}: no query of queries.jsonl has a relevant document in {qrels.name}.")
    articles = [_article(each) for each in documents.values() if each.text.strip() or each.title]
    content = sha256((folder / "corpus.jsonl").read_bytes()).hexdigest()
    return Dataset(folder.resolve().name, cases, content, fill_with(articles), searches=True)


def _article(document: _Document) -> Article:
    text = document.text if document.text.strip() else document.title or ""
    return Article(document.id, text, title=document.title or None, language=detect_language(text))


def _case(query: _Query, judged: dict[str, int], documents: dict[str, _Document], qrels: Path) -> Case:
    missing = next((id for id in judged if id not in documents), None)
    if missing is not None:
        raise DatasetError(f"{qrels}: query {query.id} names the document {missing!r}, which corpus.jsonl lacks.")
    expected = tuple(
        Expected(article=id, quote=_article(documents[id]).text, answers=("-",), start=0, grade=grade)
        for id, grade in judged.items()
        if grade > 0
    )
    language = detect_language(query.text)
    return Case(
        id=query.id, language=language, tags=("query",), question=query.text, answerable=True, expected=expected
    )


def _judged(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if number == 1 and row[-1:] == ["score"]:
                continue
            try:
                query, document, grade = row
                judged[query][document] = int(grade)
            except ValueError as error:
                raise DatasetError(f"{path}:{number}: not query, document, score: {error}.") from error
    return judged


def _lines(path: Path, kind: type[_Line]) -> Iterator[_Line]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _parsed(f"{path}:{number}", line, kind)
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path} cannot be read: {error}.", hint="Give a folder in the layout of BEIR.") from error


def _parsed(place: str, line: str, kind: type[_Line]) -> _Line:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        raise DatasetError(f"{place}: {explain(error)}.") from error

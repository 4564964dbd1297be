"""Questions to measure with: public ones with the passage to be found, as typed in a hurry, and some of any library."""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qa.errors import SanadError
from qa.library import Library, Prepared
from qa.sanad import Sanad
from qa.text import sentences
from qa.values import Article, Passage, Span

WINDOW = 4  # sentences
BATCH = 500
SEED = 1
FIRST_WORDS = 9  # of a passage that make a question


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the article (each passage is one here) that is to be found."""

    group: str
    language: str
    text: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Articles and the questions to find them by."""

    articles: tuple[Article, ...]
    questions: tuple[Question, ...]


def read_squad(folder: Path, most: int | None = None) -> Asked:
    """The passages, as articles, and the answerable questions of all files; at most ``most`` of a file.

    Files are in SQuAD 2.0 format and named ``NAME.LANGUAGE.json``. Raises SanadError when there is none.
    """
    articles: list[Article] = []
    questions: list[Question] = []
    for path in sorted(folder.glob("*.*.json")):
        language = path.name.split(".")[-2]
        asked: list[Question] = []
        for paragraph in _paragraphs(json.loads(path.read_text(encoding="utf-8"))):
            id = f"{path.stem}-{len(articles)}"
            articles.append(Article(id=id, text=paragraph["context"], language=language))
            answerable = (qa for qa in paragraph["qas"] if not qa.get("is_impossible"))
            asked += [Question(path.stem, language, qa["question"], id) for qa in answerable]
        questions += asked if most is None or len(asked) <= most else random.Random(SEED).sample(asked, most)
    if not questions:
        raise SanadError(f"{folder} holds no questions.", hint="Give a folder of SQuAD files, NAME.LANGUAGE.json each.")
    return Asked(tuple(articles), tuple(questions))


def read_parallel(path: Path, most: int | None = None) -> Asked:
    """Windows of four sentences in each language as articles; each sentence asks for the others' windows.

    The table is tab-separated with the columns document, en, fa, ar. A question's group is ``en → fa``.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    documents: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        documents[row["document"]].append(row)
    languages = [name for name in rows[0] if name != "document"]
    articles: list[Article] = []
    questions: dict[str, list[Question]] = defaultdict(list)
    for lines in documents.values():
        for start in range(0, len(lines), WINDOW):
            window = lines[start : start + WINDOW]
            number = len(articles)
            for to in languages:
                id = f"window-{number}-{to}"
                articles.append(Article(id=id, text=" ".join(line[to] for line in window), language=to))
                for line, asking in ((line, asking) for line in window for asking in languages if asking != to):
                    group = f"{asking} → {to}"
                    questions[group].append(Question(group, asking, line[asking], id))
    some = [
        each if most is None else random.Random(SEED).sample(each, min(most, len(each))) for each in questions.values()
    ]
    return Asked(tuple(articles), tuple(question for each in some for question in each))


def first_words(sanad: Sanad, count: int) -> list[str]:
    """The first words of passages spread over the library, as questions; fewer where it has fewer articles."""
    articles = sanad.articles()
    step = max(1, len(articles) // (2 * count))
    found: list[str] = []
    for article in articles[::step]:
        (first, *_) = sanad.library.passages_of(article.id)
        found.append(f"{' '.join(first.sentence(0).split()[:FIRST_WORDS]).rstrip('.')}?")
        if len(found) == count:
            break
    return found


def fill(library: Library, articles: Iterable[Article]) -> None:
    """Add articles, each as one passage."""
    batch: list[Prepared] = []
    for article in articles:
        spans = tuple(sentences(article.text)) or (Span(0, len(article.text)),)
        whole = Passage("", article.id, 0, 0, len(article.text), article.text, spans)
        batch.append(Prepared(article, (whole,), facts=()))
        if len(batch) == BATCH:
            library.add(batch)
            batch = []
    library.add(batch)


_ARABIC_LETTERS = str.maketrans("یک", "يك")
_ARABIC_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹0123456789", "٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩")
TYPED: Mapping[str, Callable[[str], str]] = {
    "clean": lambda text: text,
    "Arabic letters": lambda text: text.translate(_ARABIC_LETTERS),
    "space for half-space": lambda text: text.replace("\u200c", " "),
    "no half-space": lambda text: text.replace("\u200c", ""),
    "Arabic digits": lambda text: text.translate(_ARABIC_DIGITS),
    "all three": lambda text: text.replace("\u200c", "").translate(_ARABIC_LETTERS).translate(_ARABIC_DIGITS),
}


def as_typed(questions: Sequence[Question], count: int) -> dict[str, list[Question]]:
    """So many Persian questions in each way of typing; all that have a half-space or a digit first."""
    persian = [each for each in questions if each.language == "fa"]
    random.Random(SEED).shuffle(persian)
    persian.sort(key=lambda each: not ("\u200c" in each.text or any(sign.isdecimal() for sign in each.text)))
    return {name: [replace(each, text=typed(each.text)) for each in persian[:count]] for name, typed in TYPED.items()}


def _paragraphs(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for document in data["data"]:
        yield from document["paragraphs"]

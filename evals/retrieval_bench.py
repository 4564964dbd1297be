"""How well, and how fast, passages are found: each channel alone, and all of them fused.

    python -m evals.retrieval_bench FOLDER [--parallel FILE] [--questions N]

``FOLDER`` holds question-answering data in SQuAD 2.0 format, named ``NAME.LANGUAGE.json``. All passages of all files
go into one library; a question that its passage answers has that passage to find. ``--parallel`` names a table of
the same sentences in several languages (columns document, en, fa, ar), cut into windows of four sentences: a
sentence in one language has the window in another language to find, in that language's windows alone.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.library import Library, Prepared
from qa.library.terms import CHANNELS, Channel
from qa.retrieve import Retriever
from qa.retrieve.weights import OTHER_LANGUAGE, SAME_LANGUAGE
from qa.settings import Settings, load_settings
from qa.text import sentences
from qa.values import Article, Passage, Span

DEPTH = 10
WINDOW = 4  # sentences
BATCH = 500
SEED = 1

Ranker = Callable[[str, str], Sequence[str]]
"""(question, its language) -> article ids, best first."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the article (each passage is one here) that is to be found."""

    group: str
    language: str
    text: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Row:
    """What one ranker did on one group of questions. Shares are in [0, 1], times in milliseconds."""

    group: str
    ranker: str
    questions: int
    hit1: float
    hit5: float
    mrr10: float
    p50_ms: float
    p95_ms: float


def read_squad(folder: Path, most: int | None = None) -> tuple[list[Article], list[Question]]:
    """The passages, as articles, and the answerable questions of all files; at most ``most`` of a file."""
    articles: list[Article] = []
    questions: list[Question] = []
    for path in sorted(folder.glob("*.json")):
        language = path.name.split(".")[-2]
        asked: list[Question] = []
        for paragraph in _paragraphs(json.loads(path.read_text(encoding="utf-8"))):
            id = f"{path.stem}-{len(articles)}"
            articles.append(Article(id=id, text=paragraph["context"], language=language))
            answerable = (qa for qa in paragraph["qas"] if not qa.get("is_impossible"))
            asked += [Question(path.stem, language, qa["question"], id) for qa in answerable]
        questions += asked if most is None or len(asked) <= most else random.Random(SEED).sample(asked, most)
    return articles, questions


def read_parallel(path: Path) -> tuple[list[Article], list[Question]]:
    """Windows of every language as articles, and each sentence as a question for each other language's window."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    documents: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        documents[row["document"]].append(row)
    languages = [name for name in rows[0] if name != "document"]
    articles: list[Article] = []
    questions: list[Question] = []
    for lines in documents.values():
        for start in range(0, len(lines), WINDOW):
            window = lines[start : start + WINDOW]
            number = len(articles)
            for to in languages:
                text = " ".join(line[to] for line in window)
                articles.append(Article(id=f"window-{number}-{to}", text=text, language=to))
                questions += [
                    Question(f"{language} → {to}", language, line[language], f"window-{number}-{to}")
                    for line in window
                    for language in languages
                    if language != to
                ]
    return articles, questions


def fill(library: Library, articles: Iterable[Article]) -> None:
    """Add articles, each as one passage."""
    batch: list[Prepared] = []
    for article in articles:
        spans = tuple(sentences(article.text)) or (Span(0, len(article.text)),)
        whole = Passage("", article.id, 0, 0, len(article.text), article.text, spans)
        batch.append(Prepared(article, (whole,)))
        if len(batch) == BATCH:
            library.add(batch)
            batch = []
    library.add(batch)


def rankers(library: Library, settings: Settings) -> dict[str, Ranker]:
    """Each channel alone, all lexical channels, vectors alone, and the retriever as it is used."""
    channels = [channel for channel in CHANNELS if channel != "title"]
    alone = {str(channel): _lexical(library, {key: {channel: 1.0} for key in SAME_LANGUAGE}) for channel in channels}
    retriever = Retriever(library, settings)
    return alone | {
        "lexical": _lexical(library, SAME_LANGUAGE),
        "vectors": _vectors(library),
        "fused": lambda text, language: [hit.article_id for hit in retriever.retrieve(text, top_k=DEPTH)],
    }


def measure(questions: Sequence[Question], ranker: Ranker, name: str) -> Iterator[Row]:
    """One row for each group of questions."""
    groups: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        groups[question.group].append(question)
    for group, asked in groups.items():
        ranks: list[int | None] = []
        times: list[float] = []
        for question in asked:
            started = time.perf_counter()
            found = list(ranker(question.text, question.language))[:DEPTH]
            times.append(1000 * (time.perf_counter() - started))
            ranks.append(found.index(question.wanted) + 1 if question.wanted in found else None)
        yield _row(group, name, ranks, times)


def across(articles: Sequence[Article], questions: Sequence[Question], library: Library) -> Iterator[Row]:
    """Questions in one language over the windows in another, by the concepts that the retriever uses there."""
    targets = {article.id: article.language for article in articles}
    for to in sorted(set(targets.values())):

        def rank(text: str, language: str, shelf: str = to) -> list[str]:
            hits = library.lexical.search(text, language=language, shelf=shelf, k=DEPTH, weights=OTHER_LANGUAGE)
            return [hit.article_id for hit in library.passages([hit.id for hit in hits])]

        yield from measure([question for question in questions if targets[question.wanted] == to], rank, "concepts")


def table(rows: Iterable[Row]) -> str:
    """The rows as text, columns in line."""
    lines = [
        f"{'questions':24} {'ranker':10} {'n':>5} {'hit@1':>6} {'hit@5':>6} {'MRR@10':>6} {'p50 ms':>7} {'p95 ms':>7}"
    ]
    lines += [
        f"{row.group:24} {row.ranker:10} {row.questions:5} {100 * row.hit1:6.1f} {100 * row.hit5:6.1f} "
        f"{100 * row.mrr10:6.1f} {row.p50_ms:7.2f} {row.p95_ms:7.2f}"
        for row in rows
    ]
    return "\n".join(lines)


def run(folder: Path, parallel: Path | None, most: int | None) -> Iterator[Row]:
    """All rows, in libraries of their own that are gone afterwards."""
    with tempfile.TemporaryDirectory() as home, _library(Path(home)) as (library, settings):
        articles, questions = read_squad(folder, most)
        fill(library, articles)
        for name, ranker in rankers(library, settings).items():
            yield from measure(questions, ranker, name)
    if parallel is not None:
        with tempfile.TemporaryDirectory() as home, _library(Path(home)) as (library, settings):
            articles, questions = read_parallel(parallel)
            fill(library, articles)
            yield from across(articles, questions, library)
            mixed = dict(rankers(library, settings))
            yield from measure(questions, mixed["vectors"], "vectors*")
            yield from measure(questions, mixed["fused"], "fused*")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure retrieval on question-answering data.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--parallel", type=Path, help="the same sentences in several languages, tab-separated")
    parser.add_argument("--questions", type=int, help="at most so many questions of a file, drawn with a fixed seed")
    arguments = parser.parse_args()
    sys.stdout.write(table(run(arguments.folder, arguments.parallel, arguments.questions)) + "\n")
    if arguments.parallel:
        sys.stdout.write("* in one library of all languages, where the question's own language has the window too\n")


def _library(home: Path) -> Any:
    from contextlib import contextmanager

    @contextmanager
    def opened() -> Iterator[tuple[Library, Settings]]:
        settings = load_settings(home=home / "library", embeddings="embedded", chroma_documents=False)
        with Library.open(settings) as library:
            yield library, settings

    return opened()


def _lexical(library: Library, weights: Mapping[str, Mapping[Channel, float]]) -> Ranker:
    def rank(text: str, language: str) -> list[str]:
        hits = library.lexical.search(text, language=language, k=DEPTH, weights=weights[language])
        return [passage.article_id for passage in library.passages([hit.id for hit in hits])]

    return rank


def _vectors(library: Library) -> Ranker:
    def rank(text: str, language: str) -> list[str]:
        hits = library.vectors.query(library.embedder.embed_query(text), DEPTH)
        return [passage.article_id for passage in library.passages([hit.id for hit in hits])]

    return rank


def _row(group: str, ranker: str, ranks: Sequence[int | None], times: Sequence[float]) -> Row:
    total = len(ranks)
    found = [rank for rank in ranks if rank is not None]
    return Row(
        group,
        ranker,
        total,
        hit1=sum(rank == 1 for rank in found) / total,
        hit5=sum(rank <= 5 for rank in found) / total,
        mrr10=sum(1 / rank for rank in found) / total,
        p50_ms=statistics.median(times),
        p95_ms=sorted(times)[min(total - 1, int(0.95 * total))],
    )


def _paragraphs(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for document in data["data"]:
        yield from document["paragraphs"]


if __name__ == "__main__":
    main()

"""What the library's tests run in processes of their own, some of which are killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.library import Library, Prepared
from qa.retrieve import Retriever
from qa.settings import Settings, load_settings
from qa.text import sentences
from qa.values import Article, Filters, Passage, Span

PORTS = ("Rüdern", "بندر شمالی", "الميناء القديم")


def settings_of(home: Path | str, **overrides: Any) -> Settings:
    """Settings for a library in ``home``, whatever the environment says."""
    return load_settings(home=home, **overrides)


def prepared(number: int, version: int = 1, sentence_count: int = 4) -> Prepared:
    """A small article that differs from all others, with a passage for every two sentences."""
    language = ("en", "fa", "ar")[number % 3]
    lines = {
        "en": f"Ferry {number} left {PORTS[0]} at dawn, trip {{}}.",
        "fa": f"کشتی {number} از {PORTS[1]} راه افتاد، سفر {{}}.",
        "ar": f"غادرت السفينة {number} {PORTS[2]} فجرًا، الرحلة {{}}.",
    }
    text = "\n".join(lines[language].format(version * 100 + trip) for trip in range(sentence_count))
    article = Article(
        id=f"ferry-{number}",
        text=text,
        title=f"Ferry {number}",
        source=("Harbour Post", "روزنامه بندر", "صحيفة الميناء")[number % 3],
        published=f"2025-{1 + number % 12:02}-{1 + number % 28:02}",
        language=language,
    )
    spans = sentences(text)
    return Prepared(article, tuple(_passage(text, spans[first : first + 2]) for first in range(0, len(spans), 2)))


def _passage(text: str, spans: Sequence[Span]) -> Passage:
    start, end = spans[0].start, spans[-1].end
    return Passage("", "", 0, start, end, text[start:end], tuple(spans))


def dump(home: Path | str) -> dict[str, Any]:
    """All that a library holds, in all its stores, without times and without the names that differ between two."""
    with Library.open(settings_of(home)) as library:
        articles = [library.article(header.id) for header in library.articles(Filters())]
        passages = [passage for article in articles for passage in library.passages_of(article.id)]
        ids = sorted(library.vectors.ids())
        vectors = library.vectors.embeddings(ids)
        return {
            "articles": {article.id: (article.revision, article.text, article.title) for article in articles},
            "passages": {passage.id: (passage.text, passage.sentences) for passage in passages},
            "vectors": {id: vectors[id].tobytes() for id in ids},
            "documents": library.vectors.documents(ids),
            "lexical": sorted(library.lexical.ids()),
            "pending": library.status().pending,
        }


class KillAt:
    """Kills its own process, as the operating system would, when the ``number``-th step (from 1) is done."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, step: str) -> None:
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)


def work(library: Library, job: str) -> None:
    """Do one change."""
    if job == "add":
        library.add([prepared(number) for number in range(6)])
    elif job == "update":
        library.add([prepared(number, version=2, sentence_count=2 + number % 5) for number in range(6)])
    elif job == "remove":
        library.remove([f"ferry-{number}" for number in range(3)])
    else:
        library.rebuild()


def change(home: str, job: str, kill_at: int) -> None:
    """Do one change, and be killed at one of its steps; with a step that is never reached, to the end."""
    with Library.open(settings_of(home), on_step=KillAt(kill_at)) as library:
        work(library, job)


def add_many(home: str, count: int, at_once: int, sentence_count: int = 4) -> None:
    """Add articles in small batches."""
    add_range(home, 0, count, at_once, sentence_count)


def add_range(home: str, first: int, end: int, at_once: int, sentence_count: int = 4) -> None:
    """Add the articles with numbers in ``[first, end)`` in small batches."""
    with Library.open(settings_of(home)) as library:
        for start in range(first, end, at_once):
            numbers = range(start, min(start + at_once, end))
            library.add([prepared(number, sentence_count=sentence_count) for number in numbers])


def update_remove_rebuild(home: str) -> None:
    """Change much of what is there."""
    with Library.open(settings_of(home)) as library:
        library.add([prepared(number, version=2) for number in range(0, 200)])
        library.remove([f"ferry-{number}" for number in range(0, 400, 2)])
        library.rebuild()


@dataclass(frozen=True)
class Report:
    """What a searching process has seen."""

    searches: int
    articles_found: int
    wrong: tuple[str, ...]


def search_until(home: str, stop: str, reports: Any) -> None:
    """Search over and over until the file ``stop`` is there; report all that was wrong."""
    wrong: list[str] = []
    found: set[str] = set()
    searches = 0
    with Library.open(settings_of(home)) as library:
        retriever = Retriever(library, settings_of(home))
        while not Path(stop).exists():
            wanted = prepared(searches * 37 % 700).passages[1]
            hits = library.vectors.query(library.embedder.embed_query(wanted.text), 10)
            passages = library.passages([hit.id for hit in hits]) + retriever.retrieve(wanted.text, top_k=10)
            wrong += [problem for passage in passages for problem in _problems(library, passage)]
            found |= {passage.article_id for passage in passages}
            searches += 1
            time.sleep(0.02)
    reports.put(Report(searches, len(found), tuple(wrong)))


def _problems(library: Library, passage: Passage) -> list[str]:
    """What is wrong with a passage that was found. Its article may have been removed since, but only whole."""
    number = int(passage.article_id.removeprefix("ferry-"))
    version = 1 if "@1#" in passage.id else 2
    whole = prepared(number, version).article.text  # of which neighbours may have been joined
    if passage.text != whole[passage.start : passage.end] or not passage.sentences:
        return [f"{passage.id} has another text"]
    there = library.passages([f"{passage.article_id}@{version}#{ordinal}" for ordinal in range(2)])
    return [f"{passage.id} is of half an article"] if len(there) == 1 else []

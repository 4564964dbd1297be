"""How well passages are found: each channel alone, all of them, the whole retriever, and the stock retrievers.

All passages of all files go into one library; a question has the passage that answers it to find among those of its
language (the stock retrievers, which know no languages, among all: the words of others seldom meet). Across languages
a sentence has the window in another language to find, among that language's windows, and among all windows at once,
where its own language has the window too.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from evals.bench.questions import Asked, Question, as_typed, fill
from evals.bench.result import SANAD, STOCK, Measurement
from evals.bench.stock_search import Stock, fill_stock
from qa.library import Library
from qa.library.terms import CHANNELS, Channel
from qa.retrieve import Retriever
from qa.retrieve.weights import SAME_LANGUAGE
from qa.settings import Settings, load_settings
from qa.values import Filters

DEPTH = 10
TYPED_QUESTIONS = 200

Ranker = Callable[[Question], Sequence[str]]
"""Question -> ids of articles, best first."""


def same_language(asked: Asked) -> Iterator[Measurement]:
    """Hit@1 and hit@5 by file for every channel and system, and hit@1 of Persian questions as they are typed."""
    with _library(asked) as (library, settings), tempfile.TemporaryDirectory() as folder:
        fill_stock(Path(folder) / "stock", library)
        stock = Stock(Path(folder) / "stock", top_k=DEPTH)
        for name, ranker in {**_sanad(library, settings), **_stock(stock)}.items():
            yield from _measured(asked.questions, ranker, name)
        fused = _fused(library, settings)
        for typed, questions in as_typed(asked.questions, TYPED_QUESTIONS).items():
            if questions:
                yield Measurement(f"hit@1, Persian typed: {typed}", SANAD, "%", (_hits(questions, fused, 1),))


def across_languages(asked: Asked) -> Iterator[Measurement]:
    """Hit@5 from each language to each other, by what is searched."""
    targets = {article.id: article.language for article in asked.articles}
    with _library(asked) as (library, settings):
        retriever = Retriever(library, settings)

        def one(question: Question) -> list[str]:
            limits = Filters(language=targets[question.wanted])
            return [hit.article_id for hit in retriever.retrieve(question.text, top_k=DEPTH, filters=limits)]

        groups: dict[str, list[Question]] = defaultdict(list)
        for question in asked.questions:
            groups[question.group].append(question)
        for group, questions in groups.items():
            for name, ranker in (("one language", one), ("all languages", _fused(library, settings))):
                yield Measurement(f"hit@5, {group}, {name}", SANAD, "%", (_hits(questions, ranker, 5),))


def _sanad(library: Library, settings: Settings) -> dict[str, Ranker]:
    channels = [channel for channel in CHANNELS if channel != "title"]
    alone = {f"{SANAD}, {name} alone": _lexical(library, {name: 1.0}) for name in channels}
    without = {f"{SANAD}, lexical without {name}": _lexical(library, {}, leaving_out=name) for name in channels}
    return {
        **alone,
        **without,
        f"{SANAD}, vectors alone": _vectors(library),
        f"{SANAD}, lexical": _lexical(library, {}),
        f"{SANAD} without vectors": _fused(library, settings, vector_share=0.0),
        SANAD: _fused(library, settings),
    }


def _stock(stock: Stock) -> dict[str, Ranker]:
    named = {f"{STOCK}, BM25": stock.bm25, f"{STOCK}, vectors": stock.vectors, STOCK: stock.fusion}
    return {
        name: lambda question, retriever=retriever: [  # type: ignore[misc]
            str(hit.node.metadata["article_id"]) for hit in retriever.retrieve(question.text)
        ]
        for name, retriever in named.items()
    }


def _lexical(library: Library, weights: Mapping[Channel, float], leaving_out: Channel | None = None) -> Ranker:
    def rank(question: Question) -> list[str]:
        used = weights or {
            name: value for name, value in SAME_LANGUAGE[question.language].items() if name != leaving_out
        }
        hits = library.lexical.search(question.text, language=question.language, k=DEPTH, weights=used)
        return [passage.article_id for passage in library.passages([hit.id for hit in hits])]

    return rank


def _vectors(library: Library) -> Ranker:
    def rank(question: Question) -> list[str]:
        hits = library.vectors.query(library.embedder.embed_query(question.text), DEPTH)
        return [passage.article_id for passage in library.passages([hit.id for hit in hits])]

    return rank


def _fused(library: Library, settings: Settings, vector_share: float | None = None) -> Ranker:
    retriever = Retriever(library, settings, vector_share=vector_share)
    return lambda question: [hit.article_id for hit in retriever.retrieve(question.text, top_k=DEPTH)]


def _measured(questions: Sequence[Question], ranker: Ranker, name: str) -> Iterator[Measurement]:
    groups: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        groups[question.group].append(question)
    for group, asked in groups.items():
        ranks = [_rank(question, ranker) for question in asked]
        for depth in (1, 5):
            share = 100 * sum(rank <= depth for rank in ranks) / len(ranks)
            yield Measurement(f"hit@{depth}, {group}", name, "%", (share,))


def _hits(questions: Sequence[Question], ranker: Ranker, depth: int) -> float:
    return 100 * sum(_rank(question, ranker) <= depth for question in questions) / len(questions)


def _rank(question: Question, ranker: Ranker) -> int:
    found = list(ranker(question))[:DEPTH]
    return found.index(question.wanted) + 1 if question.wanted in found else DEPTH + 1


@contextmanager
def _library(asked: Asked) -> Iterator[tuple[Library, Settings]]:
    with tempfile.TemporaryDirectory() as home:
        settings = load_settings(home=home, embeddings="embedded", chroma_documents=False)
        with Library.open(settings) as library:
            fill(library, asked.articles)
            yield library, settings

"""``sanad bench retrieval``: how well, how fast and in how much memory passages are found, beside stock LlamaIndex.

Speed is measured on invented articles (:mod:`evals.bench.articles`) in libraries that grow, each system in a process of
its own, in turn. A search of the stock fusion retriever has no filters. How well passages are found is measured on
folders of public questions that are given (``folder``: SQuAD files; ``parallel``: one text in several languages).
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from evals.bench.passages import grow
from evals.bench.process import run
from evals.bench.quality import across_languages, same_language
from evals.bench.questions import read_parallel, read_squad
from evals.bench.result import SANAD, STOCK, Measurement, Progress, Result
from evals.bench.searching import STOCK_FOLDER, asked, questions
from evals.bench.stock_search import fill_stock
from qa.library import Library
from qa.library.embedders import Vectors
from qa.library.vectors import HNSW, PAGE
from qa.settings import load_settings

SEARCHES = 150
SIZES = (1_000, 10_000, 100_000)
NEAREST = (10, 50)
_MB = 1e6
_NOTE = (
    "stock: LlamaIndex's QueryFusionRetriever over its Chroma vectors and BM25, its defaults, computed by bm25s as its "
    "BM25Retriever calls it; both systems have the vectors of Sanad's embedded embedder."
)


def measure(
    *,
    folder: Path | None = None,
    parallel: Path | None = None,
    sizes: Sequence[int] = SIZES,
    questions: int | None = None,
    searches: int = SEARCHES,
    progress: Progress | None = None,
) -> Result:
    """Everything that is asked for: speed at each of ``sizes`` passages, quality where data are given.

    ``questions`` is how many are asked of a file at most, ``searches`` how many of each kind are timed. Raises
    SanadError when bm25s is missing or a folder holds no questions.
    """
    found: list[Measurement] = []
    parts = len(sizes) + (folder is not None) + (parallel is not None)
    for measurements in _parts(folder, parallel, sizes, questions, searches):
        found += measurements
        parts_done = len({each.size for each in found if each.size is not None})
        if progress:
            progress(min(parts, parts_done + 1), parts)
    return Result("retrieval", tuple(found), (_NOTE,))


def _parts(
    folder: Path | None, parallel: Path | None, sizes: Sequence[int], questions: int | None, searches: int
) -> Iterator[list[Measurement]]:
    if folder is not None:
        yield list(same_language(read_squad(folder, questions)))
    if parallel is not None:
        yield list(across_languages(read_parallel(parallel, questions)))
    with tempfile.TemporaryDirectory() as home:
        for size in sorted(sizes):
            yield list(_speed(Path(home), size, searches))


def _speed(home: Path, size: int, searches: int) -> Iterator[Measurement]:
    """Both systems over the same passages; ``home`` keeps Sanad's library for the next size."""
    settings = load_settings(home=home, embeddings="embedded", chroma_documents=False)
    with tempfile.TemporaryDirectory() as stock:
        with Library.open(settings) as library:
            grow(library, size)
            passages = library.status().passages
            fill_stock(Path(stock) / STOCK_FOLDER, library)
            yield from _recall(library, passages, searches)
        for system, place in ((SANAD, str(home)), (STOCK, stock)):
            given, out = Path(stock) / "asked.json", Path(stock) / "times.json"
            given.write_text(json.dumps(asked(searches)), encoding="utf-8")
            ran = run([sys.executable, "-m", "evals.bench.searching", system, place, str(given), str(out)])
            for name, times in json.loads(out.read_text(encoding="utf-8")).items():
                yield Measurement(f"{name}, p50", system, "ms", (float(np.percentile(times, 50)),), passages)
                yield Measurement(f"{name}, p95", system, "ms", (float(np.percentile(times, 95)),), passages)
            yield Measurement("memory of the process that searches", system, "MB", (ran.peak_bytes / _MB,), passages)


def _rows(library: Library, ids: Sequence[str]) -> Vectors:
    known = library.vectors.embeddings(ids)
    return np.stack([known[id] for id in ids])


def _recall(library: Library, size: int, searches: int) -> Iterator[Measurement]:
    """Share of the nearest passages, by exact search, that Chroma's graph finds."""
    vectors = [vector for text in questions(searches) if (vector := library.embedder.embed_query(text)).any()]
    ids = sorted(library.vectors.ids())
    rows = np.concatenate([_rows(library, ids[start : start + PAGE]) for start in range(0, len(ids), PAGE)])
    shares: dict[int, list[float]] = {count: [] for count in NEAREST}
    for vector in vectors:
        exact = np.argsort(-(rows @ vector), kind="stable")
        for count in NEAREST:
            worst = float(rows[exact[min(count, len(ids)) - 1]] @ vector)
            hits = library.vectors.query(vector, count)
            shares[count].append(sum(hit.score >= worst - 1e-5 for hit in hits) / min(count, len(ids)))
    for count, found in shares.items():
        name = f"recall@{count} of the graph, ef_search {HNSW['ef_search']}"
        yield Measurement(name, SANAD, "", (float(np.mean(found)),), size)

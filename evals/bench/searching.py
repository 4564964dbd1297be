"""One process that searches: how long each search takes. Its memory is measured by who starts it.

python -m evals.bench.searching SYSTEM HOME ASKED OUT

SYSTEM is sanad or stock, ASKED a JSON file (the questions, and an outlet to limit searches to), OUT another (kind of
search to milliseconds, one for each question after the first few).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from evals.bench.articles import generate
from qa.values import Filters

WARM_UP = 15
WORDS = 8
DEPTH = 8
STOCK_FOLDER = "stock"
UNFILTERED = "search"


def questions(count: int) -> list[str]:
    """Runs of eight words of the first articles, in all three languages in turn."""
    dice = np.random.default_rng(7)
    found = []
    for article in generate(count):
        words = article.text.split()
        start = int(dice.integers(len(words) - WORDS))
        found.append(" ".join(words[start : start + WORDS]))
    return found


def asked(count: int) -> dict[str, Any]:
    """What ASKED holds: made by whoever starts the process, so that its memory is that of searching alone."""
    return {"questions": questions(count + WARM_UP), "source": next(generate(1)).source}


def limits(source: str) -> dict[str, Filters]:
    """The filters, by the name of the search: of one in a hundred articles, one in twelve, a third, nearly all."""
    week = date(2025, 3, 3)
    return {
        UNFILTERED: Filters(),
        "search, one week": Filters(since=week, until=week + timedelta(days=6)),
        "search, one outlet": Filters(source=source),
        "search, one language": Filters(language="fa"),
        "search, nearly all dates": Filters(since=date(2024, 1, 20)),
        "search, week and language": Filters(since=week, until=week + timedelta(days=6), language="ar"),
    }


def _sanad(home: Path, source: str) -> Iterator[tuple[str, Callable[[str], object]]]:
    from qa.library import Library
    from qa.memory import keep_memory_together
    from qa.retrieve import Retriever
    from qa.settings import load_settings

    keep_memory_together()  # as `sanad serve` and `sanad chat` do
    settings = load_settings(home=home, embeddings="embedded", chroma_documents=False)
    with Library.open(settings) as library:
        retriever = Retriever(library, settings)
        for name, filters in limits(source).items():
            yield name, lambda text, filters=filters: retriever.find(text, filters=filters, top_k=DEPTH)  # type: ignore[misc]


def _stock(home: Path, source: str) -> Iterator[tuple[str, Callable[[str], object]]]:
    from evals.bench.stock_search import Stock

    stock = Stock(home / STOCK_FOLDER, top_k=DEPTH)
    for name, retriever in (
        (UNFILTERED, stock.fusion),
        ("search, BM25 alone", stock.bm25),
        ("search, vectors alone", stock.vectors),
    ):
        yield name, retriever.retrieve


def _timed(search: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    taken = []
    for text in asked:
        begin = time.perf_counter()
        search(text)
        taken.append(1000 * (time.perf_counter() - begin))
    return taken[WARM_UP:]


def main() -> None:
    """Search, and write down how long it took."""
    system, home, given, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])
    told = json.loads(given.read_text(encoding="utf-8"))
    searches: Any = {"sanad": _sanad, "stock": _stock}[system](home, told["source"])
    out.write_text(json.dumps({name: _timed(search, told["questions"]) for name, search in searches}), encoding="utf-8")


if __name__ == "__main__":
    main()

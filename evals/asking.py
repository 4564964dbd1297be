"""Asks every case, several at once, and writes down what comes of each before the next."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from evals.datasets.values import Case, Progress
from evals.records import Log, Record
from qa.sanad import Sanad
from qa.values import Filters, Retrieved

SEARCH_DEPTH = 10
_PASSAGES_PER_ARTICLE = 5  # searched for each article wanted, since several passages may be of one


def ask_all(
    sanad: Sanad, cases: Sequence[Case], log: Log, *, workers: int, searches: bool, progress: Progress | None = None
) -> None:
    """Ask the cases that are not in the log yet. A case that fails is recorded as failed; nothing is left out.

    Threads: with an LLM the time goes in waiting for it; without one, half of it is in code that lets go of Python's
    lock (tantivy, Chroma, numpy): 60 questions of ARCD took 7.8, 4.0 and 4.3 s with 1, 2 and 4 threads on two cores.
    """
    left = [case for case in cases if case.id not in log.done]
    done = len(cases) - len(left)
    if progress:
        progress(done, len(cases))
    if left:  # no case's time is that of loading what all need
        sanad.engine.warm_up()
        sanad.search(left[0].question)
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(_record, sanad, case, searches) for case in left]
        try:
            for number, future in enumerate(as_completed(futures), start=1):
                log.add(future.result())
                if progress:
                    progress(done + number, len(cases))
        finally:
            pool.shutdown(cancel_futures=True)


def _record(sanad: Sanad, case: Case, searches: bool) -> Record:
    try:
        return search(sanad, case) if searches else ask(sanad, case)
    except Exception as error:  # noqa: BLE001  whatever a case fails with is its result, and counts as a failure
        return Record(case.id, None, (), f"{type(error).__name__}: {error}")


def ask(sanad: Sanad, case: Case) -> Record:
    """The answer to the last question of a case, its earlier turns asked first."""
    filters = case.filters.to_filters()
    if not case.turns:
        answer = sanad.ask(case.question, filters=filters)
    else:
        conversation = sanad.conversation()
        for turn in case.turns:
            conversation.ask(turn, filters=filters)
        answer = conversation.ask(case.question, filters=filters)
    return Record(case.id, answer, answer.retrieved)


def search(sanad: Sanad, case: Case) -> Record:
    """The articles found for a case, best first, each by its best passage."""
    best: dict[str, Retrieved] = {}
    for passage in sanad.search(case.question, filters=Filters(), top_k=SEARCH_DEPTH * _PASSAGES_PER_ARTICLE):
        if passage.article_id not in best:
            whole = Retrieved(passage.article_id, passage.start, passage.end, passage.score)
            best[passage.article_id] = whole
    return Record(case.id, None, tuple(best.values())[:SEARCH_DEPTH])

"""A run: a library is filled, every case asked and scored, the suites tried; a Report comes out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from shutil import rmtree
from typing import Any

from evals.asking import ask_all
from evals.datasets.values import Case, Dataset, Progress
from evals.fingerprint import Configuration, configuration
from evals.gold import Shelf, locate_all
from evals.judges.checker import CheckerJudge
from evals.judges.values import Judge
from evals.records import Log, Record
from evals.scorers import ALL, SEARCH, Gold, Sample
from evals.suites.mutations import mutation_suite
from evals.suites.poison import poison_suite
from evals.suites.values import Suite
from evals.summary import Bin, Group, Scored, calibration, summarise
from qa.answer.judging import Checker
from qa.check import check
from qa.sanad import Sanad
from qa.settings import Settings
from qa.values import Article, Retrieved, Span

RECORDS = "records.jsonl"
REPORT = "report.json"
_LIBRARY = "library"


@dataclass(frozen=True, slots=True)
class Components:
    """What is measured, each at its seam: how Sanad is put together, and the checker that the suites try."""

    make: Callable[[Settings], Sanad] = Sanad.from_settings
    checker: Checker = check


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run is made. ``home`` is the library, filled only if it is empty; None makes one for this run in ``out``,
    gone when it is done.

    ``limit`` asks so many cases only, drawn with ``seed``; ``suites`` tries the checker and a lying LLM too.
    """

    out: Path
    home: Path | None = None
    workers: int = 2
    seed: int = 1
    limit: int | None = None
    suites: bool = False
    judge: Judge = field(default_factory=CheckerJudge)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a run found out; :mod:`evals.report` writes it down."""

    dataset: Dataset
    configuration: Configuration
    about: dict[str, Any]
    groups: tuple[Group, ...]
    bins: tuple[Bin, ...]
    suites: tuple[Suite, ...]
    scored: tuple[Scored, ...]
    headers: dict[str, Article]
    passages: dict[tuple[str, int, int], str]

    def metrics(self) -> dict[str, float]:
        """All figures that a gate may hold: ``right``, ``fa.right``, ``mutations.caught``, … ."""
        found: dict[str, float] = {}
        for group in self.groups:
            kind, _, name = group.name.partition(":")
            if kind in ("all", "language"):
                prefix = f"{name}." if name else ""
                found |= {f"{prefix}{key}": value for key, value in group.metrics.items() if value is not None}
        for suite in self.suites:
            found |= suite.metrics()
        return found


def evaluate(
    dataset: Dataset,
    settings: Settings,
    plan: Plan,
    components: Components | None = None,
    progress: Callable[[str], Progress] | None = None,
) -> Report:
    """Run to the end, going on where an earlier run of the same configuration in ``plan.out`` was cut off.

    ``progress`` is told the name of each part and gives who is told how far it is. Raises DatasetError when the
    library lacks what a case expects, and what opening and filling a library raise.
    """
    components = components or Components()
    told: Callable[[str], Progress] = progress or (lambda name: lambda done, total: None)
    begin = time.perf_counter()
    plan.out.mkdir(parents=True, exist_ok=True)
    settings = settings.model_copy(update={"home": plan.home or plan.out / _LIBRARY})
    cases = _chosen(dataset.cases, plan)
    with components.make(settings) as sanad:
        if dataset.fill and (plan.home is None or sanad.library.is_empty()):
            dataset.fill(sanad.library, told("Reading"))
        config = _configuration(dataset, sanad, settings, plan)
        shelf = Shelf(sanad.library)
        gold = locate_all(cases, shelf)
        records = _answered(sanad, dataset, cases, plan, config, told("Asking"))
        scored = _score(cases, gold, records, shelf, dataset, plan, told("Judging"))
        suites = _suites(dataset, sanad, settings, plan, components) if plan.suites else ()
        report = Report(
            dataset=dataset,
            configuration=config,
            about=_about(sanad, plan, records, time.perf_counter() - begin),
            groups=tuple(summarise(scored)),
            bins=tuple(calibration(scored)),
            suites=suites,
            scored=scored,
            headers=_headers(scored, shelf),
            passages=_passages(scored, shelf),
        )
    if plan.home is None:
        rmtree(settings.home, ignore_errors=True)
    return report


def _chosen(cases: Sequence[Case], plan: Plan) -> Sequence[Case]:
    if plan.limit is None or plan.limit >= len(cases):
        return cases
    drawn = {case.id for case in Random(plan.seed).sample(list(cases), plan.limit)}
    return [case for case in cases if case.id in drawn]


def _configuration(dataset: Dataset, sanad: Sanad, settings: Settings, plan: Plan) -> Configuration:
    content = dataset.content if plan.home is None else f"{plan.home.resolve()} revision {sanad.library.revision}"
    return configuration(
        settings,
        dataset=dataset.name,
        digest=dataset.digest,
        embedder=sanad.library.embedder.identity,
        library=content,
    )


def _answered(
    sanad: Sanad, dataset: Dataset, cases: Sequence[Case], plan: Plan, config: Configuration, progress: Progress
) -> dict[str, Record]:
    """The record of every case. Those of a run that came to its end are not taken again."""
    path = plan.out / RECORDS
    if (plan.out / REPORT).exists():
        path.unlink(missing_ok=True)
        (plan.out / REPORT).unlink()
    log = Log(path, config.hash)
    ask_all(sanad, cases, log, workers=plan.workers, searches=dataset.searches, progress=progress)
    return dict(log.done)


def _score(
    cases: Sequence[Case],
    gold: dict[str, tuple[Gold, ...]],
    records: dict[str, Record],
    shelf: Shelf,
    dataset: Dataset,
    plan: Plan,
    progress: Progress,
) -> tuple[Scored, ...]:
    scorers = SEARCH if dataset.searches else ALL

    def score(case: Case) -> Scored:
        record = records[case.id]
        sample = Sample(case, gold[case.id], record.answer, record.error, record.ranked, shelf.text_of, plan.judge)
        scores = [score for scorer in scorers for score in scorer(sample)]
        return Scored(sample, {score.name: score for score in scores})

    found = []
    with ThreadPoolExecutor(plan.workers) as pool:  # an LLM judge is waited for
        for number, scored in enumerate(pool.map(score, cases), start=1):
            found.append(scored)
            progress(number, len(cases))
    return tuple(found)


def _suites(
    dataset: Dataset, sanad: Sanad, settings: Settings, plan: Plan, components: Components
) -> tuple[Suite, ...]:
    poison = poison_suite(components.make, settings, dataset.cases, seed=plan.seed)
    mutated = mutation_suite(sanad.library, components.checker, seed=plan.seed)
    return (mutated, poison) if poison else (mutated,)


def _about(sanad: Sanad, plan: Plan, records: dict[str, Record], seconds: float) -> dict[str, Any]:
    """What a reader of the report must know beside the configuration."""
    status = sanad.status()
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "seed": plan.seed,
        "workers": plan.workers,
        "judge": plan.judge.name,
        "articles": status.articles,
        "passages": status.passages,
        "revision": status.revision,
        "model": next((each.answer.model for each in records.values() if each.answer and each.answer.model), None),
    }


def _headers(scored: Sequence[Scored], shelf: Shelf) -> dict[str, Article]:
    named = {place.article_id for each in scored for place in each.sample.ranked}
    named |= {gold.article_id for each in scored for gold in each.sample.gold}
    return {id: shelf.header(id) for id in sorted(named)}


def _passages(scored: Sequence[Scored], shelf: Shelf) -> dict[tuple[str, int, int], str]:
    """The text of every passage that was retrieved, once."""
    found: dict[tuple[str, int, int], str] = {}
    for each in scored:
        for place in each.sample.ranked:
            found.setdefault(_key(place), shelf.text_of(place.article_id)[slice(*Span(place.start, place.end))])
    return found


def _key(place: Retrieved) -> tuple[str, int, int]:
    return place.article_id, place.start, place.end

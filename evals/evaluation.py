"""One ``sanad eval`` from its options to its exit code; :mod:`qa.cli.evaluation` parses and prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from evals import gate
from evals.datasets.beir import beir
from evals.datasets.own import corpus_cases, own_cases
from evals.datasets.squad import squad
from evals.datasets.values import Dataset, Progress
from evals.errors import RunError
from evals.judges.agreement import agreement_line, agreement_table, measure_agreement, read_inferences, read_pairs
from evals.judges.checker import CheckerJudge
from evals.judges.llm import CACHE, LLMJudge, expect_llm
from evals.judges.values import Judge
from evals.report.document import document
from evals.report.table import table
from evals.report.write import PAGE, write, write_json
from evals.run import REPORT, Components, Plan, Report, evaluate
from qa.settings import Settings

BELOW_FLOOR = 4
REPORTS = Path("reports")


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for. At most one of ``cases``, ``squad`` and ``beir``; none is the cases over ``corpus/``."""

    cases: Path | None = None
    squad: Path | None = None
    beir: Path | None = None
    nli: Path | None = None
    half: bool = False
    fifth: bool = False
    home: Path | None = None
    out: Path | None = None
    baseline: Path | None = None
    judge: Literal["checker", "llm"] = "checker"
    judge_cache: Path = CACHE
    workers: int = 2
    seed: int = 1
    limit: int | None = None
    raise_baseline: bool = False
    allow_regression: bool = False
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the report as plain values, the same as text, where it lies, and the exit code."""

    document: dict[str, Any]
    text: str
    folder: Path
    exit_code: int


def run(
    options: Options,
    settings: Settings,
    components: Components | None = None,
    progress: Callable[[str], Progress] | None = None,
) -> Outcome:
    """Evaluate, write the report, and hold it against its floors.

    Raises DatasetError for cases that cannot be read, RunError for a baseline that would sink or options that
    contradict each other, and what a run raises.
    """
    _expect_consistent(options)
    judge = _judge(options, settings, components)
    told = progress or (lambda name: lambda done, total: None)
    if options.nli:
        return _judge_pairs(options.nli, judge, told("Judging pairs"), options)
    agreement = measure_agreement(judge, read_pairs(), told("Judging pairs"))
    dataset = choose(options)
    folder = options.out or REPORTS / dataset.name
    shipped = options.cases is None and options.squad is None and options.beir is None
    plan = Plan(
        out=folder,
        home=_home(options, settings),
        workers=options.workers,
        seed=options.seed,
        limit=options.limit,
        suites=shipped and options.limit is None,
        judge=judge,
    )
    report = evaluate(dataset, settings, plan, components, progress)
    path = options.baseline or _baseline(options, shipped)
    raised = _raise(path, report, options) if options.raise_baseline and path else []
    verdict = _verdict(path, report, options, settings)
    written = document(report, judge={**agreement.to_dict(), **_bill(judge)}, verdict=verdict)
    write(folder, report, written)
    lines = [
        table(report, verdict),
        *_why_no_gate(path, options, settings),
        *raised,
        agreement_line(agreement),
        *_bill_lines(judge),
        f"report: {folder / PAGE}",
    ]
    failed = verdict is not None and not verdict.passed
    return Outcome(written, "\n".join(lines), folder, BELOW_FLOOR if failed else 0)


def _judge(options: Options, settings: Settings, components: Components | None) -> Judge:
    if options.judge == "llm":
        return LLMJudge(expect_llm(settings), options.judge_cache)
    return CheckerJudge((components or Components()).checker)


def _judge_pairs(path: Path, judge: Judge, progress: Progress, options: Options) -> Outcome:
    """The judge on labelled pairs alone; nothing is asked of a library."""
    found = measure_agreement(judge, read_inferences(path), progress)
    folder = options.out or REPORTS / path.name.removesuffix(".jsonl")
    folder.mkdir(parents=True, exist_ok=True)
    written = {**found.to_dict(), **_bill(judge)}
    write_json(folder / REPORT, written)
    return Outcome(written, "\n".join([agreement_table(found), *_bill_lines(judge)]), folder, 0)


def _bill(judge: Judge) -> dict[str, Any]:
    return {"bill": asdict(judge.bill)} if isinstance(judge, LLMJudge) else {}


def _bill_lines(judge: Judge) -> list[str]:
    if not isinstance(judge, LLMJudge):
        return []
    bill, usage = judge.bill, judge.bill.usage
    tokens = f"{usage.prompt_tokens} tokens in, {usage.completion_tokens} out"
    priced = "no price is set" if usage.cost is None else f"{usage.cost:.4f} US dollars"
    cost = priced if bill.asked else "nothing was spent"
    return [f"judge: {bill.asked} questions asked, {bill.cached} remembered; {tokens}; {cost}"]


def choose(options: Options) -> Dataset:
    """The set of cases that the options name."""
    if options.squad:
        return squad(options.squad, half=options.half, fifth=options.fifth)
    if options.beir:
        return beir(options.beir)
    return own_cases(options.cases) if options.cases else corpus_cases()


def _expect_consistent(options: Options) -> None:
    if sum(each is not None for each in (options.cases, options.squad, options.beir, options.nli)) > 1:
        raise RunError("--cases, --squad, --beir and --nli exclude each other.", hint="Run them one after another.")
    if (options.half or options.fifth) and not options.squad:
        raise RunError("--half and --fifth split a SQuAD file.", hint="Give one with --squad.")
    if options.raise_baseline and options.limit is not None:
        raise RunError("A part of the cases is no baseline.", hint="Leave --limit out.")
    if (options.allow_regression or options.margin) and not options.raise_baseline:
        raise RunError("--allow-regression and --margin go with --raise-baseline.")


def _home(options: Options, settings: Settings) -> Path | None:
    """Own cases are asked of one's own library; others of one that is made for them, unless a home is given."""
    return options.home or (settings.home if options.cases else None)


def _baseline(options: Options, shipped: bool) -> Path | None:
    """Where the floors of these cases stand: beside them. Public sets have none unless a file is named."""
    if options.cases:
        return options.cases / "baseline.json"
    return gate.BASELINE if shipped else None


def _raise(path: Path, report: Report, options: Options) -> list[str]:
    changed = gate.raise_baseline(
        path,
        report.dataset.name,
        report.dataset.digest,
        report.metrics(),
        margin=options.margin,
        allow_regression=options.allow_regression,
    )
    return [f"{path}:", *(f"  {line}" for line in changed or ["nothing to raise"])]


def _is_default(settings: Settings) -> bool:
    """Whether what runs is what floors are measured on: no LLM, the embedded embedder."""
    return settings.answerer == "extractive" and settings.embeddings == "embedded"


def _why_no_gate(path: Path | None, options: Options, settings: Settings) -> list[str]:
    if path is None or not path.exists() or (_is_default(settings) and options.limit is None):
        return []
    return [f"gate: not held; {path} is for all cases, answered by the embedded default"]


def _verdict(path: Path | None, report: Report, options: Options, settings: Settings) -> gate.Verdict | None:
    """What the gate says; None where there is none, or where what runs is not what the floors were measured on."""
    baseline = gate.read_baseline(path) if path and _is_default(settings) and options.limit is None else None
    if baseline is None:
        return None
    return gate.judge(baseline, report.dataset.name, report.dataset.digest, report.metrics())

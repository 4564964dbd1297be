"""``sanad eval``: proof, before each release, that answers are grounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from evals.datasets.values import Progress

Home = Annotated[Path | None, typer.Option("--home", metavar="DIR", help="Library to ask (default: one made for it).")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Cases = Annotated[Path | None, typer.Option("--cases", metavar="DIR", help="Folder of your own cases.")]
Squad = Annotated[Path | None, typer.Option("--squad", metavar="FILE", help="SQuAD 1.1 or 2.0.")]
Beir = Annotated[Path | None, typer.Option("--beir", metavar="DIR", help="Folder in the layout of BEIR.")]
Nli = Annotated[Path | None, typer.Option("--nli", metavar="FILE", help="Labelled pairs, for the judge alone.")]
Judge = Annotated[Literal["checker", "llm"], typer.Option("--judge", help="Who says what quotes support.")]
Half = Annotated[bool, typer.Option("--half", help="Leave out the passages of half the titles.")]
Fifth = Annotated[bool, typer.Option("--fifth", help="Ask only about the titles kept out of training.")]
Compare = Annotated[
    tuple[Path, Path] | None, typer.Option("--compare", metavar="A.json B.json", help="Compare two reports.")
]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder of the report (default: reports/NAME).")]
Floors = Annotated[Path | None, typer.Option("--baseline", metavar="FILE", help="Floors to hold the figures against.")]
Workers = Annotated[int, typer.Option("--workers", metavar="N", min=1, help="Questions asked at once.")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="Of all that is drawn by chance.")]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="Ask so many cases only.")]
Raise = Annotated[bool, typer.Option("--raise-baseline", help="Make the figures the new floors.")]
Margin = Annotated[float, typer.Option("--margin", metavar="X", min=0, max=1, help="Set floors so far below.")]
Sink = Annotated[bool, typer.Option("--allow-regression", help="Let floors sink, with --raise-baseline.")]


def evaluate(
    home: Home = None,
    json: Json = False,
    cases: Cases = None,
    squad: Squad = None,
    beir: Beir = None,
    nli: Nli = None,
    judge: Judge = "checker",
    half: Half = False,
    fifth: Fifth = False,
    compare: Compare = None,
    out: Out = None,
    baseline: Floors = None,
    workers: Workers = 2,
    seed: Seed = 1,
    limit: Limit = None,
    raise_baseline: Raise = False,
    allow_regression: Sink = False,
    margin: Margin = 0.0,
) -> None:
    """Ask cases, score the answers, write a report. Exit code 4: a figure is below its floor."""
    if compare is not None:
        _compare(*compare, seed=seed, as_json=json)
        return
    from evals.evaluation import Options, run
    from qa.cli.terminal import print_eval
    from qa.settings import load_settings

    options = Options(
        cases=cases,
        squad=squad,
        beir=beir,
        nli=nli,
        judge=judge,
        half=half,
        fifth=fifth,
        home=home,
        out=out,
        baseline=baseline,
        workers=workers,
        seed=seed,
        limit=limit,
        raise_baseline=raise_baseline,
        allow_regression=allow_regression,
        margin=margin,
    )
    with _progress() as parts:
        outcome = run(options, load_settings(home=home), progress=parts)
    print_eval(outcome.document, outcome.text, as_json=json)
    if outcome.exit_code:
        raise typer.Exit(outcome.exit_code)


def _compare(before: Path, after: Path, *, seed: int, as_json: bool) -> None:
    from evals.compare import compare, comparison_table
    from qa.cli.terminal import print_eval

    found = compare(before, after, seed=seed)
    print_eval(found.to_dict(), comparison_table(found), as_json=as_json)


@contextmanager
def _progress() -> Iterator[Callable[[str], Progress]]:
    """Gives each part of a run a bar of its own, one after another."""
    from contextlib import ExitStack

    from qa.cli.terminal import progress

    with ExitStack() as bars:

        def begin(name: str) -> Progress:
            bars.close()
            return bars.enter_context(progress(name))

        yield begin

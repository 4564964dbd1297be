"""``sanad bench``: speed and memory beside a stock LlamaIndex + Chroma pipeline. One command a bench."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from evals.bench.result import Result

bench = typer.Typer(
    help="Measure speed and memory, side by side with a stock LlamaIndex + Chroma pipeline.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Plot = Annotated[Path | None, typer.Option("--plot", metavar="FILE.svg", help="Write a plot.")]
Runs = Annotated[int, typer.Option("--runs", metavar="N", min=1, help="Runs of each; the median counts.")]


@bench.command()
def ingest(
    sizes: Annotated[str, typer.Option("--sizes", metavar="N,N…", help="Invented passages, about.")] = "12000",
    bulk: Annotated[Path | None, typer.Option("--bulk", metavar="FILE", help="JSON Lines to read instead.")] = None,
    stock: Annotated[bool, typer.Option("--stock/--no-stock", help="Measure the stock pipeline beside.")] = True,
    json: Json = False,
    plot: Plot = None,
) -> None:
    """How fast articles go in, and in how much memory."""
    from evals.bench.ingest import measure
    from qa.cli.terminal import progress

    with progress("Reading") as advance:
        result = measure(sizes=_numbers(sizes), bulk=bulk, stock=stock, progress=advance)
    _show(result, as_json=json, plot=plot)


@bench.command()
def startup(runs: Runs = 7, json: Json = False, plot: Plot = None) -> None:
    """Seconds from a cold start to a first answer."""
    from evals.bench.startup import measure
    from qa.cli.terminal import progress

    with progress("Starting") as advance:
        result = measure(runs=runs, progress=advance)
    _show(result, as_json=json, plot=plot)


@bench.command()
def memory(runs: Runs = 3, json: Json = False, plot: Plot = None) -> None:
    """Peak memory of an ingest, a question and the page."""
    from evals.bench.memory import measure
    from qa.cli.terminal import progress

    with progress("Running") as advance:
        result = measure(runs=runs, progress=advance)
    _show(result, as_json=json, plot=plot)


@bench.command()
def retrieval(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="SQuAD files, NAME.LANGUAGE.json: how well, too.")
    ] = None,
    parallel: Annotated[
        Path | None, typer.Option("--parallel", metavar="FILE.tsv", help="One text in several languages.")
    ] = None,
    sizes: Annotated[str, typer.Option("--sizes", metavar="N,N", help="Passages; 0 for none.")] = "1000,10000,100000",
    questions: Annotated[
        int | None, typer.Option("--questions", metavar="N", min=1, help="At most, of a file.")
    ] = None,
    searches: Annotated[int, typer.Option("--searches", metavar="N", min=1, help="Searches of each kind.")] = 150,
    json: Json = False,
    plot: Plot = None,
) -> None:
    """How well and how fast passages are found, and in how much memory."""
    from evals.bench.retrieval import measure
    from qa.cli.terminal import progress

    chosen = [int(size) for size in sizes.split(",") if size.strip().isdigit() and int(size)]
    with progress("Searching") as advance:
        result = measure(
            folder=folder,
            parallel=parallel,
            sizes=chosen,
            questions=questions,
            searches=searches,
            progress=advance,
        )
    _show(result, as_json=json, plot=plot)


@bench.command()
def answer(
    runs: Runs = 30,
    passages: Annotated[int, typer.Option("--passages", metavar="N", min=100, help="Invented passages.")] = 12_000,
    home: Annotated[Path | None, typer.Option("--home", metavar="DIR", help="A library to ask instead.")] = None,
    json: Json = False,
    plot: Plot = None,
) -> None:
    """Time to an LLM's first word, and prompt tokens."""
    from evals.bench.answer import measure
    from qa.cli.terminal import progress

    with progress("Asking") as advance:
        result = measure(runs=runs, passages=passages, home=home, progress=advance)
    _show(result, as_json=json, plot=plot)


@bench.command()
def page(
    articles: Annotated[int, typer.Option("--articles", metavar="N", min=10, help="Invented articles.")] = 10_000,
    home: Annotated[Path | None, typer.Option("--home", metavar="DIR", help="A library to ask instead.")] = None,
    readers: Annotated[int, typer.Option("--readers", metavar="N", min=1, help="Readers at once.")] = 20,
    seconds: Annotated[float, typer.Option("--seconds", metavar="N", min=1, help="How long they ask.")] = 120,
    pause: Annotated[
        float, typer.Option("--pause", metavar="SECONDS", min=0, help="Between an answer and the next question.")
    ] = 2.0,
    json: Json = False,
    plot: Plot = None,
) -> None:
    """The chat page under many readers: time to the first words, memory."""
    from evals.bench.page import measure
    from qa.cli.terminal import progress

    with progress("Reading") as advance:
        result = measure(articles=articles, home=home, readers=readers, seconds=seconds, pause=pause, progress=advance)
    _show(result, as_json=json, plot=plot)


def _numbers(written: str) -> list[int]:
    try:
        return [int(each) for each in written.replace("_", "").split(",")]
    except ValueError:
        raise typer.BadParameter(f"{written!r} is not a list of numbers like 1000,12000") from None


def _show(result: Result, *, as_json: bool, plot: Path | None) -> None:
    from evals.bench.plot import plot as drawn
    from qa.cli.terminal import print_bench

    if plot is not None:
        plot.parent.mkdir(parents=True, exist_ok=True)
        plot.write_text(drawn(result), encoding="utf-8")
    print_bench(result, as_json=as_json)

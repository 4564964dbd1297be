"""How fast, and in how much memory, articles go in: Sanad beside a stock LlamaIndex pipeline, on the same articles.

    python -m evals.bench.ingest [--articles 4000] [--sizes 1000,4000] [--bulk FILE] [--no-stock] [--json]

Each side reads the same bulk file of invented articles (:mod:`evals.bench.articles`) into a new folder, in a process
of its own: into the stock pipeline (:mod:`evals.bench.stock`), into Sanad, and into Sanad without documents in Chroma
(``SANAD_CHROMA_DOCUMENTS=off``, as for large archives); then all of it again, unchanged. Seconds are from the first
line read to the last byte saved, imports left out on both sides. Memory is the peak of the resident set sizes of all
processes of a side together.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

from evals.bench.articles import write_articles
from evals.bench.processes import measure

Side = Literal["stock", "sanad", "sanad without documents"]
SIDES: tuple[Side, ...] = ("stock", "sanad", "sanad without documents")


@dataclass(frozen=True, slots=True)
class Measured:
    """One side at one size. ``peak_mb`` as in :class:`evals.bench.processes.Run`."""

    side: Side
    articles: int
    passages: int
    megabytes: float
    seconds: float
    cpu_seconds: float
    peak_mb: float | None
    again_seconds: float
    again_peak_mb: float | None

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds


def bench_ingest(bulk: Path, sides: tuple[Side, ...] = SIDES) -> list[Measured]:
    """Measure each side on one bulk file, one after the other."""
    return [_measured(side, bulk) for side in sides]


def _measured(side: Side, bulk: Path) -> Measured:
    with tempfile.TemporaryDirectory(prefix="sanad-bench-") as folder:
        arguments = ["-m", "evals.bench.ingest", "--one", side, "--bulk", str(bulk), "--folder", folder]
        first, again = measure(arguments), measure(arguments)
    said, said_again = json.loads(first.output), json.loads(again.output)
    return Measured(
        side=side,
        articles=said["articles"],
        passages=said["passages"],
        megabytes=bulk.stat().st_size / 1e6,
        seconds=said["seconds"],
        cpu_seconds=first.cpu_seconds,
        peak_mb=first.peak_mb,
        again_seconds=said_again["seconds"],
        again_peak_mb=again.peak_mb,
    )


def run_side(side: Side, bulk: Path, folder: Path) -> dict[str, Any]:
    """Bring a bulk file into one side's library in ``folder``, in this process."""
    if side == "stock":
        from evals.bench.stock import ingest_stock

        return asdict(ingest_stock(bulk, folder))
    return _ingest_sanad(bulk, folder, documents=side == "sanad")


def _ingest_sanad(bulk: Path, folder: Path, *, documents: bool) -> dict[str, Any]:
    from ingest import ingest
    from qa.library import Library
    from qa.settings import load_settings

    settings = load_settings(home=folder, chroma_documents=documents, embeddings="embedded")
    report = ingest([bulk], settings=settings)
    if report.failed:
        raise SystemExit(f"{len(report.failed)} articles failed: {report.failed[0]}")
    with Library.open(settings) as library:
        status = library.status()
    return {"articles": status.articles, "passages": status.passages, "seconds": report.seconds}


def print_table(measured: list[Measured]) -> None:
    """The table, with each side's ratios to stock at the same size."""
    table = Table(title="Ingest")
    for column in ("side", "articles", "passages", "s", "CPU s", "articles/s", "× stock", "MB", "again s", "× stock"):
        table.add_column(column, justify="left" if column == "side" else "right")
    stock = {one.articles: one for one in measured if one.side == "stock"}
    for one in measured:
        beside = stock.get(one.articles)
        table.add_row(
            one.side,
            f"{one.articles:,}",
            f"{one.passages:,}",
            f"{one.seconds:.1f}",
            f"{one.cpu_seconds:.1f}",
            f"{one.rate:.0f}",
            f"{beside.seconds / one.seconds:.2f}" if beside else "",
            f"{one.peak_mb:.0f}" if one.peak_mb else "",
            f"{one.again_seconds:.2f}",
            f"{beside.again_seconds / one.again_seconds:.1f}" if beside else "",
        )
    Console(width=120).print(table)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=4000)
    parser.add_argument("--sizes", help="several numbers of articles, as 1000,4000")
    parser.add_argument("--bulk", type=Path, help="a JSON Lines file to read instead of invented articles")
    parser.add_argument("--no-stock", action="store_true", help="measure Sanad alone")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", choices=SIDES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        sys.stdout.write(json.dumps(run_side(given.one, given.bulk, given.folder)))
        return
    sides = SIDES[1:] if given.no_stock else SIDES
    sizes = [int(size) for size in given.sizes.split(",")] if given.sizes else [given.articles]
    measured = bench_ingest(given.bulk, sides) if given.bulk else _over_sizes(sizes, sides)
    if given.json:
        sys.stdout.write(json.dumps([asdict(one) for one in measured], indent=2) + "\n")
    else:
        print_table(measured)


def _over_sizes(sizes: list[int], sides: tuple[Side, ...]) -> list[Measured]:
    measured: list[Measured] = []
    with tempfile.TemporaryDirectory(prefix="sanad-bench-") as folder:
        for size in sizes:
            bulk = Path(folder) / f"{size}.jsonl"
            write_articles(bulk, size)
            measured += bench_ingest(bulk, sides)
    return measured


if __name__ == "__main__":
    main()

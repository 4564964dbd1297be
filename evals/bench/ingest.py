"""How fast, and in how much memory, articles go in: Sanad beside a stock LlamaIndex pipeline, on the same articles.

    sanad bench ingest [--sizes 1000,12000] [--bulk FILE] [--no-stock]

Each side reads the same bulk file of invented articles (:mod:`evals.bench.articles`) into a new folder, in a process
of its own: into the stock pipeline (:mod:`evals.bench.stock`), into Sanad, and into Sanad without documents in Chroma
(``SANAD_CHROMA_DOCUMENTS=off``, as for large archives); then all of it again, unchanged. Seconds are from the first
line read to the last byte saved, imports left out on both sides. Memory is the peak of the resident set sizes of all
processes of a side together.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from evals.bench.articles import PASSAGES_PER_ARTICLE, write_articles
from evals.bench.result import Measurement, Progress, Result
from evals.bench.watched import measure as run_watched

Side = Literal["stock", "sanad", "sanad without documents"]
SIDES: tuple[Side, ...] = ("stock", "sanad", "sanad without documents")
NOTE = "Passages are about three an article; seconds leave out what importing takes, on both sides."


@dataclass(frozen=True, slots=True)
class Measured:
    """One side at one size. ``peak_mb`` as in :class:`evals.bench.watched.Run`."""

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


def measure(
    *, sizes: Sequence[int] = (12_000,), bulk: Path | None = None, stock: bool = True, progress: Progress | None = None
) -> Result:
    """Every side at every size (passages, about), or on one bulk file."""
    sides = SIDES if stock else SIDES[1:]
    measured = bench_ingest(bulk, sides) if bulk else _over_sizes(sizes, sides, progress)
    return Result("ingest", tuple(each for one in measured for each in _measurements(one)), (NOTE,))


def _measurements(one: Measured) -> Iterator[Measurement]:
    size = one.articles * PASSAGES_PER_ARTICLE
    yield Measurement("ingest", one.side, "s", (one.seconds,), size)
    yield Measurement("ingest, processor time", one.side, "s", (one.cpu_seconds,), size)
    yield Measurement("articles a second", one.side, "", (one.rate,), size)
    if one.peak_mb is not None:
        yield Measurement("peak memory", one.side, "MB", (one.peak_mb,), size)
    yield Measurement("again, unchanged", one.side, "s", (one.again_seconds,), size)


def bench_ingest(bulk: Path, sides: tuple[Side, ...] = SIDES) -> list[Measured]:
    """Measure each side on one bulk file, one after the other."""
    return [_measured(side, bulk) for side in sides]


def _measured(side: Side, bulk: Path) -> Measured:
    with tempfile.TemporaryDirectory(prefix="sanad-bench-") as folder:
        arguments = ["-m", "evals.bench.ingest", str(SIDES.index(side)), str(bulk), folder]
        first, again = run_watched(arguments), run_watched(arguments)
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


def _over_sizes(sizes: Sequence[int], sides: tuple[Side, ...], progress: Progress | None) -> list[Measured]:
    measured: list[Measured] = []
    with tempfile.TemporaryDirectory(prefix="sanad-bench-") as folder:
        for number, size in enumerate(sizes, start=1):
            bulk = Path(folder) / f"{size}.jsonl"
            write_articles(bulk, max(1, size // PASSAGES_PER_ARTICLE))
            measured += bench_ingest(bulk, sides)
            bulk.unlink()
            if progress:
                progress(number, len(sizes))
    return measured


def main() -> None:
    """One side in this process; what :func:`measure` starts."""
    side, bulk, folder = sys.argv[1:]
    sys.stdout.write(json.dumps(run_side(SIDES[int(side)], Path(bulk), Path(folder))))


if __name__ == "__main__":
    main()

"""The most memory that a process holds: an ingest, a cold question, and the page with one answer given.

Peak resident memory as the system reports it at a process's end, beside the stock LlamaIndex + Chroma script of
:mod:`evals.bench.startup`, which embeds with MockEmbedding and so loads no model.
"""

from __future__ import annotations

import json
import sys
import tempfile
import urllib.request
from pathlib import Path

from evals.bench.process import SANAD_COMMAND, run, serving
from evals.bench.result import SANAD, STOCK, Measurement, Progress, Result
from evals.bench.startup import NOTE, STOCK_ASK, STOCK_INGEST
from qa.resources import CORPUS, starter_questions

_MB = 1e6


def measure(*, runs: int = 3, progress: Progress | None = None) -> Result:
    """Peak resident memory in MB, ``runs`` times each, over the sample articles."""
    question = starter_questions()[0]
    names = (("ingest", SANAD), ("ingest", STOCK), ("cold question", SANAD), ("cold question", STOCK), ("page", SANAD))
    peaks: list[list[float]] = [[] for _ in names]
    for turn in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            home, stock = str(Path(folder, "sanad")), str(Path(folder, "stock"))
            bytes_held = (
                run([*SANAD_COMMAND, "ingest", str(CORPUS), "--home", home]).peak_bytes,
                run([sys.executable, "-c", STOCK_INGEST, stock, question, str(CORPUS)]).peak_bytes,
                run([*SANAD_COMMAND, "ask", question, "--home", home]).peak_bytes,
                run([sys.executable, "-c", STOCK_ASK, stock, question]).peak_bytes,
                _page(home, question),
            )
        for peak, held in zip(peaks, bytes_held, strict=True):
            peak.append(held / _MB)
        if progress:
            progress(turn + 1, runs)
    measurements = [
        Measurement(name, system, "MB", tuple(peak)) for (name, system), peak in zip(names, peaks, strict=True)
    ]
    return Result("memory", tuple(measurements), (NOTE,))


def _page(home: str, question: str) -> int:
    """Peak bytes of ``sanad serve`` that has answered one question and is then interrupted."""
    with serving(home) as (server, address):
        body = json.dumps({"question": question}).encode()
        asked = urllib.request.Request(f"{address}api/ask", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(asked, timeout=120) as answer:
            answer.read()
    assert server.ran is not None
    return server.ran.peak_bytes

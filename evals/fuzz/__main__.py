"""``python -m evals.fuzz [--minutes 10] [--seed N] [--files 40] [--keep DIR]``. Exit code 1: something was found."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from evals.fuzz.rounds import Finding, fuzz


def main() -> int:
    """Fuzz for a while; say of each round what it found, and of findings where their files are."""
    parser = argparse.ArgumentParser(prog="python -m evals.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--files", type=int, default=40, help="damaged files a round")
    parser.add_argument("--keep", type=Path, help="where the files of findings go")
    chosen = parser.parse_args()
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="sanad-fuzz-"))
    end = time.monotonic() + 60 * chosen.minutes
    found: list[Finding] = []

    def told(number: int, findings: list[Finding]) -> None:
        found.extend(findings)
        for finding in findings:
            sys.stdout.write(f"seed {chosen.seed + number}: {finding.what}\n  {' '.join(map(str, finding.files))}\n")
        sys.stdout.flush()

    rounds = fuzz(folder, enough=lambda _: time.monotonic() >= end, seed=chosen.seed, files=chosen.files, told=told)
    sys.stdout.write(f"{rounds} rounds of {chosen.files} files from seed {chosen.seed}: {len(found)} findings\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

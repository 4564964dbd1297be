"""Reads the same sources again and again, for as long as it is let."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.fetch import Fetcher
from ingest.intake import Intake, Settled
from ingest.report import Failure, IngestReport
from ingest.run import open_intake, read_into
from ingest.stdin import STDIN
from qa.errors import LibraryBusyError, SourceError
from qa.library import Library
from qa.library.library import WAIT_SECONDS
from qa.settings import Settings


def watch(
    sources: Sequence[str | Path],
    *,
    settings: Settings,
    every: float = 60.0,
    fetcher: Fetcher | None = None,
    discover_feeds: bool = False,
    prune: bool = False,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[IngestReport]:
    """Read the sources, once each ``every`` seconds; gives the report of each round, with what failed in it first.

    A round stores articles whole or not at all, and one that is broken off by an exception leaves no half change. A
    file is read again when its size or its time has changed, a page when its feed says something new of it. While
    another process writes to the library, the round is put off. Raises SourceError for standard input.
    """
    if STDIN in map(str, sources):
        raise SourceError("Standard input cannot be watched.", hint="Name folders, files or addresses.")
    settled, told = Settled(), set[Failure]()
    with fetcher or Fetcher() as client:
        while True:
            try:
                with (
                    Library.open(settings, wait=min(every, WAIT_SECONDS)) as library,
                    open_intake(sources, settings, library, client, discover=discover_feeds, settled=settled) as intake,
                ):
                    report = read_into(library, settings, intake, prune=prune)
                    settled = _settled(intake, report, settled)
            except LibraryBusyError as error:
                report = IngestReport(failed=(Failure(str(settings.home), str(error)),))
            except KeyboardInterrupt:
                Library.open(settings).close()  # puts right what was half done
                raise
            yield _without(report, told)
            told = set(report.failed)
            pause(every)


def _settled(intake: Intake, report: IngestReport, before: Settled) -> Settled:
    """Files wait until they change; so do pages of which no article could be read, but not those that did not come."""
    failed = {failure.source for failure in report.failed} - set(intake.failed)
    pages = {url: mark for url, mark in intake.web.marks.items() if url in failed}
    return Settled(intake.stamps, {**before.pages, **pages})


def _without(report: IngestReport, told: set[Failure]) -> IngestReport:
    """A report without the failures that were told in the round before."""
    return replace(report, failed=tuple(failure for failure in report.failed if failure not in told))

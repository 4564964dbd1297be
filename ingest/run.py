"""The ingest run: sources in; a library that holds their articles, and a report, out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from ingest.analysis import analyse
from ingest.fetch import Fetcher
from ingest.intake import Intake, Settled
from ingest.pruning import prune as remove_departed
from ingest.readers import read
from ingest.records import Record
from ingest.report import Failure, IngestReport, Progress
from qa.errors import SourceError
from qa.library import Library, Prepared
from qa.settings import Settings, load_settings

BATCH = 256
BATCH_BYTES = 8_000_000
"""Articles, and bytes of them, that are read, prepared and stored together: no more than that is held in memory,
and no more than that has to be done again after a kill."""


def ingest(
    sources: Sequence[str | Path],
    *,
    home: str | Path | None = None,
    settings: Settings | None = None,
    library: Library | None = None,
    progress: Progress | None = None,
    fetcher: Fetcher | None = None,
    discover_feeds: bool = False,
    prune: bool = False,
) -> IngestReport:
    """Bring files, folders, web addresses and standard input (``-``) into the library.

    What is unchanged there costs a look, no more. An address is that of a page, a feed or a sitemap; with
    ``discover_feeds``, that of a page stands for the feeds which it names. ``fetcher`` says what may be fetched, how
    much and how often. With ``prune``, articles that have left these sources go, see pruning.py. ``home`` and
    ``settings`` say which library, unless an open ``library`` is given (which stays open). What cannot be read is
    listed in the report with its reason and stops nothing. Raises LibraryError when the library cannot be written.
    """
    settings = settings or load_settings(home=home)
    with (
        nullcontext(library) if library else Library.open(settings) as opened,
        fetcher or Fetcher() as client,
        open_intake(sources, settings, opened, client, discover=discover_feeds) as intake,
    ):
        return read_into(opened, settings, intake, prune=prune, progress=progress)


def open_intake(
    sources: Sequence[str | Path],
    settings: Settings,
    library: Library,
    fetcher: Fetcher,
    *,
    discover: bool = False,
    settled: Settled | None = None,
) -> Intake:
    """All that a run into this library reads; ``settled`` is left out."""
    return Intake(
        sources,
        shape=f"passage_tokens={settings.passage_tokens}",
        home=settings.home,
        known=library.fingerprints,
        fetcher=fetcher,
        discover=discover,
        settled=settled,
    )


def read_into(
    library: Library, settings: Settings, intake: Intake, *, prune: bool = False, progress: Progress | None = None
) -> IngestReport:
    """One run over an intake; see :func:`ingest`."""
    started = time.perf_counter()
    report = _Run(library, settings, progress).over(intake)
    if prune:
        pruned = remove_departed(intake, library)
        report = replace(
            report,
            removed=len(pruned.departed),
            departed=pruned.departed,
            failed=(*report.failed, *pruned.kept),
        )
    return replace(report, seconds=time.perf_counter() - started)


class _Run:
    def __init__(self, library: Library, settings: Settings, progress: Progress | None) -> None:
        self._library = library
        self._budget = settings.passage_tokens
        self._progress = progress
        self._counts: Counter[str] = Counter()
        self._failures: list[Failure] = []
        self._origins: dict[str, str] = {}
        self._stored: set[str] = set()
        self._done = 0
        self._intake: Intake | None = None

    def over(self, intake: Intake) -> IngestReport:
        self._intake = intake
        for batch in _batches(self._accepted(intake.items())):
            self._store(batch)
        return IngestReport(
            added=self._counts["added"],
            updated=self._counts["updated"],
            unchanged=self._counts["unchanged"],
            articles=len(self._stored),
            skipped=intake.skipped,
            failed=tuple(self._failures),
        )

    def _accepted(self, items: Iterable[Record | Failure]) -> Iterator[Record]:
        """The records; failures, and ids that another source of this run has too, are noted and left out."""
        for item in items:
            if isinstance(item, Record) and item.superseded and item.id not in self._origins:
                yield item
            elif isinstance(item, Record) and not item.superseded:
                first = self._origins.setdefault(item.id, item.origin)
                if first == item.origin:
                    yield item
                    continue
                item = Failure(item.origin, f"has the id {item.id!r}, which {first} has too")
            if isinstance(item, Failure):
                self._failures.append(item)
                self._advance()

    def _store(self, records: Sequence[Record]) -> None:
        """Prepare and store what the library does not have as it is.

        A version that its own file replaces goes in only where the library has none of that article yet, so that
        its history is kept and a second run finds nothing to do.
        """
        known = self._library.fingerprints([record.id for record in records])
        first: dict[str, Prepared] = {}
        second: dict[str, Prepared] = {}
        for record in records:
            if known.get(record.id) == record.fingerprint:
                self._counts["unchanged"] += 1
                self._stored.add(record.id)
            elif not (record.superseded and record.id in known) and (ready := self._prepare(record)):
                known[record.id] = record.fingerprint
                (second if record.id in first else first)[record.id] = ready
            self._advance()
        self._add(first.values())
        self._add(second.values())

    def _add(self, prepared: Collection[Prepared]) -> None:
        if prepared:
            outcomes = self._library.add(list(prepared))
            self._counts.update(outcome.action for outcome in outcomes)
            self._stored.update(outcome.article_id for outcome in outcomes)

    def _advance(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, max(self._intake.total if self._intake else 0, self._done))

    def _prepare(self, record: Record) -> Prepared | None:
        try:
            return analyse(record, read(record), budget=self._budget)
        except SourceError as error:
            self._failures.append(Failure(record.origin, str(error)))
            return None


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    size = 0
    for record in records:
        batch.append(record)
        size += len(record.data)
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch

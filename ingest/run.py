"""The ingest run: sources in; a library that holds their articles, and a report, out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from ingest.fetch import Fetcher
from ingest.intake import Intake, Settled
from ingest.preparing import Preparing, is_fragile, limit, size
from ingest.pruning import prune as remove_departed
from ingest.records import Record
from ingest.report import Failure, IngestReport, Progress
from qa.library import Library, Prepared
from qa.memory import keep_memory_together
from qa.settings import Settings, load_settings
from qa.workers import Lost, Workers

BATCH = 320
BATCH_BYTES = 16_000_000
BATCH_SECONDS = 15.0
"""Articles, and bytes of them, that are stored together, and how long the first of them waits for others of a slow
source: no more is held in memory, or has to be done again after a kill. Each batch costs Chroma and tantivy a
commit: 4,000 articles in batches of 256 take tantivy twice the time that they take it in one."""

LOOKED_UP = 256
LOOKED_UP_SECONDS = 5.0
"""Records whose fingerprints are asked of the library at once, and how long the first waits for others."""


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
        self._settings = settings
        self._progress = progress
        self._counts: Counter[str] = Counter()
        self._failures: list[Failure] = []
        self._doubts: list[str] = []
        self._origins: dict[str, str] = {}
        self._under_way: dict[str, str] = {}
        self._stored: set[str] = set()
        self._batch = _Batch()
        self._done = 0
        self._intake: Intake | None = None

    def over(self, intake: Intake) -> IngestReport:
        self._intake = intake
        keep_memory_together()
        prepare = Preparing(self._settings.passage_tokens, embedded=self._settings.embeddings == "embedded")
        with Workers(prepare, count=self._settings.workers, size=size, limit=limit, alone=is_fragile) as workers:
            for record, made in workers.map(self._changed(self._accepted(intake.items()))):
                self._take(record, made)
            self._store()
        return IngestReport(
            added=self._counts["added"],
            updated=self._counts["updated"],
            unchanged=self._counts["unchanged"],
            articles=len(self._stored),
            skipped=intake.skipped,
            failed=tuple(self._failures),
            doubts=tuple(self._doubts),
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
                self._fail(item)

    def _changed(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records that the library does not have as they are.

        A version that its own file replaces goes in only where the library has none of that article yet, so that
        its history is kept and a second run finds nothing to do.
        """
        for some in _portions(records):
            known = self._library.fingerprints([record.id for record in some])
            for record in some:
                before = self._under_way.get(record.id) or known.get(record.id)
                if before == record.fingerprint:
                    self._counts["unchanged"] += 1
                    self._stored.add(record.id)
                    self._advance()
                elif record.superseded and before:
                    self._advance()
                else:
                    self._under_way[record.id] = record.fingerprint
                    yield record

    def _take(self, record: Record, made: Prepared | Failure | Lost) -> None:
        """Put what was made of a record into the batch, and store the batch when it is full or has waited enough."""
        if isinstance(made, Lost):
            made = Failure(record.origin, made.reason)
        if isinstance(made, Failure):
            self._fail(made)
            return
        self._doubts.extend(made.doubts)
        self._batch.put(made, size(record))
        if self._batch.is_due():
            self._store()
        self._advance()

    def _store(self) -> None:
        batch, self._batch = self._batch, _Batch()
        for articles in (batch.first, batch.second):
            if articles:
                outcomes = self._library.add(list(articles.values()))
                self._counts.update(outcome.action for outcome in outcomes)
                self._stored.update(outcome.article_id for outcome in outcomes)
            for id in articles:
                self._under_way.pop(id, None)

    def _fail(self, failure: Failure) -> None:
        self._failures.append(failure)
        self._advance()

    def _advance(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, max(self._intake.total if self._intake else 0, self._done))


class _Batch:
    """Articles that are stored together; ``second`` are later versions of some of the ``first``."""

    def __init__(self) -> None:
        self.first: dict[str, Prepared] = {}
        self.second: dict[str, Prepared] = {}
        self._bytes = 0
        self._began = time.monotonic()

    def put(self, prepared: Prepared, bytes: int) -> None:
        if not self.first:
            self._began = time.monotonic()
        id = prepared.article.id
        (self.second if id in self.first else self.first)[id] = prepared
        self._bytes += bytes

    def is_due(self) -> bool:
        count = len(self.first) + len(self.second)
        return count >= BATCH or self._bytes >= BATCH_BYTES or time.monotonic() - self._began > BATCH_SECONDS


def _portions(records: Iterable[Record]) -> Iterator[list[Record]]:
    """The records in lists of ``LOOKED_UP``; shorter ones where the source is slow."""
    some: list[Record] = []
    due = time.monotonic() + LOOKED_UP_SECONDS
    for record in records:
        some.append(record)
        if len(some) >= LOOKED_UP or time.monotonic() > due:
            yield some
            some, due = [], time.monotonic() + LOOKED_UP_SECONDS
    if some:
        yield some

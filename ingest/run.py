"""The ingest run: sources in; a library that holds their articles, and a report, out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from ingest.analysis import analyse
from ingest.containers import Survey, open_source, survey
from ingest.readers import read
from ingest.records import Record
from ingest.report import Failure, IngestReport, Progress
from ingest.sources import Source, find_sources
from qa.errors import SourceError
from qa.library import Library, Prepared
from qa.settings import Settings, load_settings

BATCH = 256
"""Articles that are read, prepared and stored together; bounds memory and what a killed run has to do again."""


def ingest(
    sources: Sequence[str | Path],
    *,
    home: str | Path | None = None,
    settings: Settings | None = None,
    library: Library | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Bring files and folders into the library; what is unchanged there costs a look, no more.

    ``home`` and ``settings`` say which library, unless an open ``library`` is given (which stays open). What
    cannot be read is listed in the report with its reason and stops nothing. Raises LibraryError when the
    library cannot be written.
    """
    settings = settings or load_settings(home=home)
    if library is not None:
        return _Run(library, settings, progress).over(sources)
    with Library.open(settings) as opened:
        return _Run(opened, settings, progress).over(sources)


class _Run:
    def __init__(self, library: Library, settings: Settings, progress: Progress | None) -> None:
        self._library = library
        self._budget = settings.passage_tokens
        self._progress = progress
        self._counts: Counter[str] = Counter()
        self._failures: list[Failure] = []
        self._origins: dict[str, str] = {}
        self._stored: set[str] = set()

    def over(self, sources: Sequence[str | Path]) -> IngestReport:
        started = time.perf_counter()
        found = find_sources(sources)
        self._failures.extend(found.failures)
        surveys = [survey(source) for source in found.sources]
        total = sum(looked.records for looked in surveys)
        items = self._items(found.sources, surveys)
        done = 0
        while batch := list(islice(items, BATCH)):
            self._store(list(self._accepted(batch)))
            done += len(batch)
            if self._progress:
                self._progress(done, max(total, done))
        return IngestReport(
            added=self._counts["added"],
            updated=self._counts["updated"],
            unchanged=self._counts["unchanged"],
            articles=len(self._stored),
            skipped=found.skipped,
            failed=tuple(self._failures),
            seconds=time.perf_counter() - started,
        )

    def _items(self, sources: Sequence[Source], surveys: Sequence[Survey]) -> Iterator[Record | Failure]:
        shape = f"passage_tokens={self._budget}"
        for source, looked in zip(sources, surveys, strict=True):
            yield from open_source(source, shape=shape, superseded=looked.superseded)

    def _accepted(self, batch: Sequence[Record | Failure]) -> Iterator[Record]:
        """The records of a batch; failures, and ids that another source of this run has too, are noted and left out."""
        for item in batch:
            if isinstance(item, Failure):
                self._failures.append(item)
            elif item.superseded:
                if item.id not in self._origins:
                    yield item
            elif (first := self._origins.setdefault(item.id, item.origin)) != item.origin:
                self._failures.append(Failure(item.origin, f"has the id {item.id!r}, which {first} has too"))
            else:
                yield item

    def _store(self, records: Sequence[Record]) -> None:
        """Prepare and store what the library does not have as it is.

        A version that its own file replaces goes in only where the library has none of that article yet, so that
        its history is kept and a second run finds nothing to do.
        """
        known = self._library.fingerprints([record.id for record in records])
        prepared: dict[str, Prepared] = {}
        for record in records:
            if record.id in prepared:
                self._add(prepared)
            if known.get(record.id) == record.fingerprint:
                self._counts["unchanged"] += 1
                self._stored.add(record.id)
            elif not (record.superseded and record.id in known) and (ready := self._prepare(record)):
                prepared[record.id] = ready
                known[record.id] = record.fingerprint
        self._add(prepared)

    def _add(self, prepared: dict[str, Prepared]) -> None:
        """Store what is prepared and forget it."""
        if prepared:
            outcomes = self._library.add(list(prepared.values()))
            self._counts.update(outcome.action for outcome in outcomes)
            self._stored.update(outcome.article_id for outcome in outcomes)
            prepared.clear()

    def _prepare(self, record: Record) -> Prepared | None:
        try:
            return analyse(record, read(record), budget=self._budget)
        except SourceError as error:
            self._failures.append(Failure(record.origin, str(error)))
            return None

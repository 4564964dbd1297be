"""The ingest run: sources in; a library that holds their articles, and a report, out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from ingest.analysis import analyse
from ingest.containers import count_records, open_source
from ingest.readers import read
from ingest.records import Record
from ingest.report import Failure, IngestReport, Progress
from ingest.sources import find_sources
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

    def over(self, sources: Sequence[str | Path]) -> IngestReport:
        started = time.perf_counter()
        found = find_sources(sources)
        self._failures.extend(found.failures)
        total = sum(count_records(source) for source in found.sources) if self._progress else 0
        shape = f"passage_tokens={self._budget}"
        items = (item for source in found.sources for item in open_source(source, shape=shape))
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
            articles=sum(self._counts.values()),
            skipped=found.skipped,
            failed=tuple(self._failures),
            seconds=time.perf_counter() - started,
        )

    def _accepted(self, batch: Sequence[Record | Failure]) -> Iterator[Record]:
        """The records of a batch; failures, and ids that came before in this run, are noted and left out."""
        for item in batch:
            if isinstance(item, Failure):
                self._failures.append(item)
            elif (first := self._origins.setdefault(item.id, item.origin)) != item.origin:
                self._failures.append(Failure(item.origin, f"has the id {item.id!r}, which {first} has too"))
            else:
                yield item

    def _store(self, records: Sequence[Record]) -> None:
        """Prepare and store what the library does not have as it is."""
        known = self._library.fingerprints([record.id for record in records])
        changed = [record for record in records if known.get(record.id) != record.fingerprint]
        self._counts["unchanged"] += len(records) - len(changed)
        prepared = list(self._prepared(changed))
        if prepared:
            self._counts.update(outcome.action for outcome in self._library.add(prepared))

    def _prepared(self, records: Sequence[Record]) -> Iterator[Prepared]:
        for record in records:
            try:
                yield analyse(record, read(record), budget=self._budget)
            except SourceError as error:
                self._failures.append(Failure(record.origin, str(error)))

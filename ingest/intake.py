"""Everything that one run reads, whatever it comes from: files and folders, standard input, web addresses."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from ingest.containers import open_source, survey
from ingest.fetch import Fetcher
from ingest.fetch.visits import Visits
from ingest.records import Record
from ingest.report import Failure
from ingest.sources import Found, Source, find_sources, sources_in
from ingest.stdin import STDIN, spool
from ingest.web import Web

VISITS = "fetched.sqlite3"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")


@dataclass(frozen=True)
class Settled:
    """What needs no second look in the next round of a watch: files by their origin, with their stamp, and pages that
    failed by their address, with what their listing said of them."""

    files: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)


class Intake:
    """The records of one run. Use it in a ``with`` block.

    ``shape`` names the settings that articles are made under, ``known`` gives the fingerprints that the library
    holds of article ids, and ``home`` is the library's folder, where it is noted what was fetched when. ``settled``
    is left out. When all is read, ``seen`` are the ids of the records, ``failed`` the sources of the failures, and
    ``stamps`` the files' sizes and times of change.
    """

    def __init__(
        self,
        sources: Sequence[str | Path],
        *,
        shape: str,
        home: Path,
        known: Callable[[Sequence[str]], Mapping[str, str]],
        fetcher: Fetcher,
        discover: bool = False,
        settled: Settled | None = None,
    ) -> None:
        before = settled or Settled()
        self.addresses = list(dict.fromkeys(str(source) for source in sources if is_address(source)))
        self._reads_stdin = STDIN in map(str, sources)
        self._shape = shape
        self._fetcher = fetcher
        self.visits = Visits(home / VISITS)
        self._before = before.files
        self.stamps: dict[str, tuple[int, int]] = {}
        self.seen: set[str] = set()
        self.failed: list[str] = []
        self._spool = tempfile.TemporaryDirectory(prefix="sanad-")
        self.web = Web(
            fetcher, self.visits, known, shape=shape, bulk=self._fetched_bulk, discover=discover, settled=before.pages
        )
        self.paths = [Path(source) for source in sources if str(source) != STDIN and not is_address(source)]
        self.found = find_sources(self.paths)
        self.skipped = self.found.skipped
        self._records = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.visits.close()
        self._spool.cleanup()

    @property
    def total(self) -> int:
        """How many records there are; an estimate that grows as archives, feeds and sitemaps are opened."""
        return self._records + self.web.listed

    def items(self, stdin: IO[bytes] | None = None) -> Iterator[Record | Failure]:
        """The records, one at a time, and a Failure for each part of a source that is none."""
        for item in self._all(stdin):
            if isinstance(item, Record):
                self.seen.add(item.id)
            else:
                self.failed.append(item.source)
            yield item

    def _all(self, stdin: IO[bytes] | None) -> Iterator[Record | Failure]:
        yield from self._opened(self.found)
        if self._reads_stdin:
            yield from self._standard_input(stdin or sys.stdin.buffer)
        self._records += len(self.addresses)
        for address in self.addresses:
            yield from self.web.records(address)

    def _opened(self, found: Found) -> Iterator[Record | Failure]:
        yield from found.failures
        sources = [source for source in found.sources if not self.is_settled(self._stamped(source).origin)]
        surveys = [survey(source) for source in sources]
        self._records += sum(looked.records for looked in surveys)
        for source, looked in zip(sources, surveys, strict=True):
            yield from open_source(source, shape=self._shape, superseded=looked.superseded)

    def is_settled(self, origin: str) -> bool:
        """Whether a file was left out because it is as it was when it was last read."""
        return origin in self._before and self._before[origin] == self.stamps.get(origin)

    def _stamped(self, source: Source) -> Source:
        """The source, its stamp noted before it is read."""
        with suppress(OSError):
            self.stamps[source.origin] = source.stamp()
        return source

    def _standard_input(self, stdin: IO[bytes]) -> Iterator[Record | Failure]:
        file = self._file()
        yield from self._opened(sources_in(file, spool(stdin, file), STDIN))

    def _fetched_bulk(self, data: bytes, format: str, url: str) -> Iterable[Record | Failure]:
        file = self._file()
        Path(file).write_bytes(data)
        found = sources_in(file, format, url)
        self.skipped += found.skipped
        yield from self._opened(found)

    def _file(self) -> str:
        """A new file to spool to; all go when the run ends."""
        with tempfile.NamedTemporaryFile(dir=self._spool.name, delete=False) as file:
            return file.name


def is_address(source: str | Path) -> bool:
    """Whether a source is a web address and no path."""
    return isinstance(source, str) and bool(_ADDRESS.match(source))

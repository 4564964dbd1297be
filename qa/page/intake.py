"""Articles that a reader gives to the library: files that were dropped on the page, an address that was pasted.

What reads them is given from outside (see :data:`Add`): the page itself knows nothing of how articles are read. One
intake runs at a time, in a thread of its own; who comes meanwhile is told to wait.
"""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, Literal, Protocol

from qa.errors import SanadError

MOST_FILES: Final = 100
MOST_BYTES: Final = 64_000_000  # of all files that are dropped at once
LONGEST_NAME: Final = 100
_ADDRESS: Final = re.compile(r"https?://[^\s\x00-\x20\x7f]{3,2000}", re.IGNORECASE)
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:\"|?*]")


class Failed(Protocol):
    """One thing that could not be read."""

    @property
    def source(self) -> str:
        """Its name."""

    @property
    def reason(self) -> str:
        """Why not."""


class Report(Protocol):
    """What came of an intake: how many articles are new, changed, as they were, and what could not be read."""

    @property
    def added(self) -> int: ...
    @property
    def updated(self) -> int: ...
    @property
    def unchanged(self) -> int: ...
    @property
    def failed(self) -> Sequence[Failed]: ...


Add = Callable[[Sequence[str | Path], Callable[[int, int], None]], Report]
"""Reads files and addresses into the library, telling (done, total) as it goes. Raises SanadError."""


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read, by the name that the reader knows it by, and why not."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Job:
    """An intake as it stands: ``done`` of ``total`` articles, then what came of it.

    ``trouble`` says why it failed as a whole.
    """

    state: Literal["running", "done", "failed"] = "running"
    done: int = 0
    total: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    unread: tuple[Unread, ...] = ()
    trouble: str | None = None


class Intake:
    """Runs intakes, one at a time. Safe for several threads. ``folder`` holds files only while they are read."""

    def __init__(self, add: Add, folder: Path) -> None:
        self._add = add
        self._folder = folder
        self._lock = threading.Lock()
        self._job: Job | None = None
        shutil.rmtree(folder, ignore_errors=True)  # what a killed process left

    def now(self) -> Job | None:
        """The intake that runs, or the last one; None before the first."""
        return self._job

    def busy(self) -> bool:
        """Whether an intake runs."""
        return self._job is not None and self._job.state == "running"

    def store(self, name: str, content: BinaryIO) -> Path:
        """Keep a file until it is read. The same content under the same name gets the same place, so the same id."""
        digest = blake2b(digest_size=8)
        while portion := content.read(1 << 20):
            digest.update(portion)
        content.seek(0)
        place = self._folder / digest.hexdigest() / safe_name(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            shutil.copyfileobj(content, file)
        return place

    def start(self, sources: Sequence[str | Path]) -> bool:
        """Begin to read; False when another intake runs."""
        with self._lock:
            if self.busy():
                return False
            self._job = Job(total=len(sources))
        threading.Thread(target=self._run, args=(list(sources),), name="intake", daemon=True).start()
        return True

    def _run(self, sources: list[str | Path]) -> None:
        job = Job()
        try:
            report = self._add(sources, self._advance)
            unread = tuple(Unread(self._shown(each.source), each.reason) for each in report.failed)
            job = Job("done", 1, 1, report.added, report.updated, report.unchanged, unread)
        except SanadError as error:
            job = Job("failed", trouble=str(error))
        except Exception as error:
            job = Job("failed", trouble=type(error).__name__)
            raise
        finally:
            for source in sources:
                if isinstance(source, Path):
                    shutil.rmtree(source.parent, ignore_errors=True)
            self._job = job

    def _shown(self, source: str) -> str:
        """A source without the folder that it was kept in."""
        inside = str(self._folder)
        return source.partition(inside)[2].lstrip("/\\").partition("/")[2] or source if inside in source else source

    def _advance(self, done: int, total: int) -> None:
        if self._job is not None:
            self._job = replace(self._job, done=done, total=total)


def address(written: str) -> str | None:
    """A web address as written, or None when it is none: no file of this machine can be asked for by it."""
    cleaned = written.strip()
    return cleaned if _ADDRESS.fullmatch(cleaned) else None


def safe_name(name: str) -> str:
    """A file's name without folders and without what file systems or readers could trip over; its ending is kept."""
    last = PurePosixPath(name.replace("\\", "/")).name
    cleaned = _UNFIT.sub("_", last).strip(" .") or "file"
    ending = PurePosixPath(cleaned).suffix[:12]
    return cleaned if len(cleaned) <= LONGEST_NAME else cleaned[: LONGEST_NAME - len(ending)] + ending

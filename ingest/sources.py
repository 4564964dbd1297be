"""Finds what there is to read: files, and folders with all that lies below them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.readers import FORMATS
from ingest.report import Failure

ABOUT_FOLDER = frozenset({"readme", "license", "licence", "copying", "changelog", "contributing"})
"""Names, without their ending, of files that tell of the folder they lie in and are no articles of it."""

JUNK_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx", "__pycache__", "node_modules"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. ``origin`` is its absolute path, ``format`` a key of FORMATS, ``size`` is in bytes."""

    origin: str
    format: str
    size: int

    def read_bytes(self) -> bytes:
        """The whole file. Raises OSError."""
        return Path(self.origin).read_bytes()


@dataclass(frozen=True, slots=True)
class Found:
    """All sources in a stable order, what could not be looked at, and how many files have no readable format."""

    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]
    skipped: int


def find_sources(paths: Sequence[str | Path]) -> Found:
    """Every readable file named by ``paths``, sorted within each, each real file once.

    Folders are searched to any depth. Hidden files, what systems leave behind, READMEs and the like are passed
    over. Links are followed, and loops of links are walked once. A path that is not there is a Failure.
    """
    finder = _Finder()
    for path in paths:
        finder.add(Path(path))
    return Found(tuple(finder.sources), tuple(finder.failures), finder.skipped)


class _Finder:
    def __init__(self) -> None:
        self.sources: list[Source] = []
        self.failures: list[Failure] = []
        self.skipped = 0
        self._seen: set[str] = set()

    def add(self, path: Path) -> None:
        if not path.exists():
            missing = "is a link to nothing" if path.is_symlink() else "does not exist"
            self._fail(path, f"{missing}; name a file or a folder")
        elif path.is_dir():
            self._add_folder(path)
        elif _format(path) is None:
            known = " ".join(sorted(FORMATS))
            self._fail(path, f"has a format that cannot be read; readable are {known}")
        else:
            self._add_file(path)

    def _add_folder(self, folder: Path) -> None:
        for path in self._walk(folder):
            if _format(path) is None or path.stem.lower() in ABOUT_FOLDER:
                self.skipped += 1
            else:
                self._add_file(path)

    def _walk(self, folder: Path) -> Iterator[Path]:
        """Files below ``folder``, depth first, sorted by name; a folder reached twice is walked once."""
        real = os.path.realpath(folder)
        if real in self._seen:
            return
        self._seen.add(real)
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            self._fail(folder, f"cannot be listed: {error.strerror or error}")
            return
        for entry in entries:
            if entry.name.startswith(".") or entry.name.lower() in JUNK_NAMES:
                continue
            if entry.is_dir():
                yield from self._walk(entry)
            elif entry.is_file():
                yield entry
            elif entry.is_symlink():
                self._fail(entry, "is a link to nothing")

    def _add_file(self, path: Path) -> None:
        real = os.path.realpath(path)
        if real in self._seen:
            return
        self._seen.add(real)
        if not path.is_file():
            self._fail(path, "is not a plain file")
            return
        self.sources.append(Source(real, _format(path) or "", path.stat().st_size))

    def _fail(self, path: Path, reason: str) -> None:
        self.failures.append(Failure(str(path), reason))


def _format(path: Path) -> str | None:
    suffix = path.suffix.lower()
    return suffix if suffix in FORMATS else None

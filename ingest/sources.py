"""Finds what there is to read: files, folders with all that lies below them, and what zip archives hold."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.readers import FORMATS
from ingest.report import Failure
from ingest.zips import ZIP_DAMAGE

ABOUT_FOLDER = frozenset({"readme", "license", "licence", "copying", "changelog", "contributing"})
"""Names, without their ending, of files that tell of the folder they lie in and are no articles of it."""

JUNK_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx", "__pycache__", "node_modules"})
ARCHIVE = ".zip"
MAX_MEMBERS = 200_000
MAX_EXPANSION = 200
"""A member that grows more than this, and is large, is a bomb; text shrinks to a tenth at most."""

MAX_UNPACKED = 4_000_000_000
"""Bytes of all members together, in an archive that would grow more than MAX_EXPANSION."""

_LARGE = 10_000_000
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. ``format`` is one of FORMATS, ``size`` in bytes.

    ``origin`` is its absolute path; of a file inside an archive it is ``archive!member``. ``file`` is where its bytes
    lie when that is not its origin: those of an address or of standard input are spooled first.
    """

    origin: str
    format: str
    size: int
    archive: str | None = None
    member: str = ""
    file: str | None = None

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return PurePosixPath(self.member).name if self.archive else Path(self.origin).name

    def stamp(self) -> tuple[int, int]:
        """The size and the time of the last change (nanoseconds) of the file, or of the archive that it is in."""
        found = os.stat(self.archive or self.file or self.origin)
        return found.st_size, found.st_mtime_ns

    def open(self) -> IO[bytes]:
        """The file, opened for reading. Raises OSError, or one of ZIP_DAMAGE for a damaged archive."""
        if self.archive is None:
            return open(self.file or self.origin, "rb")
        with zipfile.ZipFile(self.archive) as archive:
            return archive.open(self.member)


@dataclass(frozen=True, slots=True)
class Found:
    """All sources in a stable order, what could not be looked at, and how many files have no readable format."""

    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]
    skipped: int


def find_sources(paths: Sequence[str | Path]) -> Found:
    """Every readable file named by ``paths``, sorted within each, each real file once.

    Folders are searched to any depth. Hidden files, what systems leave behind, READMEs and the like are passed
    over. Links are followed, and loops of links are walked once. A zip archive is a folder too, but none inside
    it is opened. A path that is not there is a Failure.
    """
    finder = _Finder()
    for path in paths:
        finder.add(Path(path))
    return Found(tuple(finder.sources), tuple(finder.failures), finder.skipped)


def sources_in(file: str, format: str, origin: str) -> Found:
    """The sources in a spooled file that came from ``origin``."""
    finder = _Finder()
    if format == ARCHIVE:
        finder.add_archive(file, origin)
    else:
        finder.sources.append(Source(origin, format, os.path.getsize(file), file=file))
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
        elif _format(path.name) is None and path.suffix.lower() != ARCHIVE:
            known = " ".join(sorted({*FORMATS, ARCHIVE}))
            self._fail(path, f"has a format that cannot be read; readable are {known}")
        else:
            self._add_file(path)

    def _add_folder(self, folder: Path) -> None:
        for path in self._walk(folder):
            if path.suffix.lower() == ARCHIVE or _is_article(path.name):
                self._add_file(path)
            else:
                self.skipped += 1

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
            if _is_junk(entry.name):
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
        elif path.suffix.lower() == ARCHIVE:
            self.add_archive(real, real)
        else:
            self.sources.append(Source(real, _format(path.name) or "", path.stat().st_size))

    def add_archive(self, path: str, origin: str) -> None:
        """Find what the archive at ``path`` holds; ``origin`` names it."""
        try:
            with zipfile.ZipFile(path) as archive:
                members = sorted(archive.infolist(), key=lambda member: member.filename)
        except ZIP_DAMAGE as error:
            self._fail(origin, f"is no readable zip archive: {error}")
            return
        if len(members) > MAX_MEMBERS:
            self._fail(origin, f"holds more than {MAX_MEMBERS:,} files")
            return
        total = sum(member.file_size for member in members)
        if total > MAX_UNPACKED and total > MAX_EXPANSION * os.path.getsize(path):
            self._fail(origin, f"would grow to {total / 1_000_000_000:.0f} GB when unpacked; it is not read")
            return
        for member in members:
            self._add_member(path, member, origin)

    def _add_member(self, path: str, member: zipfile.ZipInfo, origin: str) -> None:
        name = member.filename
        if member.is_dir() or any(_is_junk(part) for part in PurePosixPath(name).parts):
            return
        if not _is_article(PurePosixPath(name).name):
            self.skipped += 1
        elif member.flag_bits & _ENCRYPTED:
            self._fail(f"{origin}!{name}", "is encrypted")
        elif member.file_size > _LARGE and member.file_size > MAX_EXPANSION * max(member.compress_size, 1):
            self._fail(f"{origin}!{name}", "would grow enormously when unpacked; it is not read")
        else:
            self.sources.append(Source(f"{origin}!{name}", _format(name) or "", member.file_size, path, name))

    def _fail(self, path: Path | str, reason: str) -> None:
        self.failures.append(Failure(str(path), reason))


def _format(name: str) -> str | None:
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix in FORMATS else None


def _is_article(name: str) -> bool:
    return _format(name) is not None and PurePosixPath(name).stem.lower() not in ABOUT_FOLDER


def _is_junk(name: str) -> bool:
    return name.startswith(".") or name.lower() in JUNK_NAMES

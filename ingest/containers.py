"""Opens a source into records: a file of one article into one, a bulk file into one for each of its articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from ingest.decoding import decode, is_legacy
from ingest.identity import fingerprint, given_id, id_of_content, id_of_file, id_of_url
from ingest.readers.csv import read_rows
from ingest.readers.json_lines import ArticleLine, parse_line
from ingest.readers.markdown import front_matter
from ingest.records import Record
from ingest.report import Failure
from ingest.sources import Source
from ingest.stdin import STDIN
from ingest.zips import ZIP_DAMAGE
from qa.errors import SourceError

MAX_BYTES = 50_000_000
MAX_LINE_BYTES = 20_000_000
_ROW_BYTES = 2000
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Survey:
    """A look over a source: about how many records it has, and which of its lines (from 1) a later line replaces."""

    records: int = 1
    superseded: frozenset[int] = frozenset()


def survey(source: Source) -> Survey:
    """Look over a source without making articles of it. What cannot be read is left for open_source to report."""
    if source.format == ".csv":
        return Survey(source.size // _ROW_BYTES + 1)
    if source.format != ".jsonl":
        return Survey()
    last: dict[str, int] = {}
    superseded = set()
    number = 0
    with suppress(SourceError, *ZIP_DAMAGE):
        for number, line in enumerate(_lines(source), start=1):
            if (name := _peek_id(line)) is not None:
                if name in last:
                    superseded.add(last[name])
                last[name] = number
    return Survey(max(number, 1), frozenset(superseded))


def open_source(source: Source, *, shape: str, superseded: frozenset[int] = frozenset()) -> Iterator[Record | Failure]:
    """The records of a source, one at a time, and a Failure for each part of it that is none.

    ``shape`` names the settings that articles are made under; it goes into every fingerprint.
    """
    try:
        if source.format == ".jsonl":
            yield from _open_json_lines(source, shape, superseded)
        elif source.format == ".csv":
            yield from _open_table(source, shape)
        else:
            yield _open_file(source, shape)
    except SourceError as error:
        yield Failure(source.origin, str(error))
    except ZIP_DAMAGE as error:
        yield Failure(source.origin, f"cannot be read: {getattr(error, 'strerror', None) or error}")


def _open_file(source: Source, shape: str) -> Record:
    data = _whole(source)
    piped = source.origin == STDIN  # where another article comes from each time
    identity = id_of_file(data.decode("latin-1"), "stdin") if piped else id_of_file(source.origin, source.name)
    if source.format == ".md" and (given := front_matter(decode(data)).fields.get("id")):
        identity = given_id(given)
    return Record(identity, source.origin, source.format, data, fingerprint(data, source.format, shape))


def _whole(source: Source) -> bytes:
    if source.size <= MAX_BYTES:
        with source.open() as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) <= MAX_BYTES:
            return data
    raise SourceError(f"is larger than {MAX_BYTES // 1_000_000} MB, too large to be read whole; split it")


def _open_table(source: Source, shape: str) -> Iterator[Record | Failure]:
    """A record a row, in the form of a JSON line, so that one reader does for both."""
    for number, row in enumerate(read_rows(decode(_whole(source))), start=2):
        origin = f"{source.origin}:{number}"
        try:
            line = json.dumps(row, ensure_ascii=False).encode("utf-8", errors="surrogatepass")
            yield Record(_line_id(parse_line(line)), origin, ".json", line, fingerprint(line, ".json", shape))
        except SourceError as error:
            yield Failure(origin, str(error))


def _open_json_lines(source: Source, shape: str, superseded: frozenset[int]) -> Iterator[Record | Failure]:
    number = 0
    for number, line in enumerate(_lines(source), start=1):
        if not line.strip():
            continue
        origin = f"{source.origin}:{number}"
        try:
            article = parse_line(line)
            mark = fingerprint(line, ".json", shape)
            yield Record(_line_id(article), origin, ".json", line, mark, number in superseded)
        except SourceError as error:
            yield Failure(origin, str(error))
    if not number:
        raise SourceError("is empty")


def _peek_id(line: bytes) -> str | None:
    """The id that a line gives its article, without a look at the rest."""
    if b'"id"' not in line:
        return None
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    name = values.get("id") if isinstance(values, dict) else None
    return str(name).strip() if isinstance(name, str | int) else None


def _line_id(article: ArticleLine) -> str:
    if article.id is not None:
        return given_id(article.id)
    if article.url and article.url.strip():
        return id_of_url(article.url.strip())
    return id_of_content(article.title, article.text)


def _lines(source: Source) -> Iterator[bytes]:
    """Lines in UTF-8. Only a file in another encoding is held in memory whole."""
    with source.open() as file:
        start = file.read(_SAMPLE)
        file.seek(0)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start[:4] or is_legacy(start):
            if source.size > MAX_BYTES:
                raise SourceError(f"is larger than {MAX_BYTES // 1_000_000} MB and not in UTF-8; save it as UTF-8")
            yield from decode(file.read()).encode("utf-8", errors="surrogatepass").split(b"\n")
            return
        first = True
        while line := file.readline(MAX_LINE_BYTES):
            if len(line) == MAX_LINE_BYTES:
                raise SourceError(f"has a line of more than {MAX_LINE_BYTES // 1_000_000} MB")
            yield line.removeprefix(b"\xef\xbb\xbf") if first else line
            first = False

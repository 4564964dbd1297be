"""Opens a source into records: a file of one article into one, a bulk file into one for each of its articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath

from ingest.decoding import decode
from ingest.identity import fingerprint, given_id, id_of_content, id_of_file, id_of_url
from ingest.readers.json_lines import ArticleLine, parse_line
from ingest.readers.markdown import front_matter
from ingest.records import Record
from ingest.report import Failure
from ingest.sources import Source
from qa.errors import SourceError

MAX_BYTES = 50_000_000
MAX_LINE_BYTES = 20_000_000


def open_source(source: Source, *, shape: str) -> Iterator[Record | Failure]:
    """The records of a source, one at a time, and a Failure for each part of it that is none.

    ``shape`` names the settings that articles are made under; it goes into every fingerprint.
    """
    opener = _BULK.get(source.format, _open_file)
    try:
        yield from opener(source, shape)
    except SourceError as error:
        yield Failure(source.origin, str(error))
    except OSError as error:
        yield Failure(source.origin, f"cannot be read: {error.strerror or error}")


def count_records(source: Source) -> int:
    """How many records a source will give, about; for the progress bar alone."""
    if source.format != ".jsonl":
        return 1
    try:
        with open(source.origin, "rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) or 1
    except OSError:
        return 1


def _open_file(source: Source, shape: str) -> Iterator[Record]:
    if source.size > MAX_BYTES:
        raise SourceError(f"is larger than {MAX_BYTES // 1_000_000} MB, too large for one article; split it")
    data = source.read_bytes()
    name = PurePath(source.origin).name
    identity = id_of_file(source.origin, name)
    if source.format == ".md" and (given := front_matter(decode(data)).fields.get("id")):
        identity = given_id(given)
    yield Record(identity, source.origin, source.format, data, fingerprint(data, source.format, shape))


def _open_json_lines(source: Source, shape: str) -> Iterator[Record | Failure]:
    number = 0
    for number, line in enumerate(_lines(source), start=1):
        if not line.strip():
            continue
        origin = f"{source.origin}:{number}"
        try:
            article = parse_line(line)
            yield Record(_line_id(article), origin, ".json", line, fingerprint(line, ".json", shape))
        except SourceError as error:
            yield Failure(origin, str(error))
    if not number:
        raise SourceError("is empty")


def _line_id(article: ArticleLine) -> str:
    if article.id is not None:
        return given_id(article.id)
    if article.url and article.url.strip():
        return id_of_url(article.url.strip())
    return id_of_content(article.title, article.text)


def _lines(source: Source) -> Iterator[bytes]:
    """Lines in UTF-8. Only a file in another encoding is held in memory whole."""
    with open(source.origin, "rb") as file:
        start = file.read(4)
        file.seek(0)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start:
            if source.size > MAX_BYTES:
                raise SourceError(
                    f"is larger than {MAX_BYTES // 1_000_000} MB and not in UTF-8", hint="Save it as UTF-8."
                )
            yield from decode(file.read()).encode("utf-8", errors="surrogatepass").split(b"\n")
            return
        first = True
        while line := file.readline(MAX_LINE_BYTES):
            if len(line) == MAX_LINE_BYTES:
                raise SourceError(f"has a line of more than {MAX_LINE_BYTES // 1_000_000} MB")
            yield line.removeprefix(b"\xef\xbb\xbf") if first else line
            first = False


_BULK: dict[str, Callable[[Source, str], Iterator[Record | Failure]]] = {".jsonl": _open_json_lines}

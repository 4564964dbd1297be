"""Books and documents that are zip archives of XML: Word (.docx) and EPUB (.epub)."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from ingest.readers.blocks import paragraphs
from ingest.records import Draft
from ingest.zips import ZIP_DAMAGE
from qa.errors import SourceError

MAX_UNPACKED = 200_000_000
MAX_PART = 40_000_000
"""Bytes of XML in one part; a book of a thousand pages has three million."""

MAX_TEXT = 20_000_000
_MARKUP = (".xml", ".xhtml", ".html", ".htm", ".opf", ".rels")
_TEMPLATE_AUTHOR = "python-docx"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"


def read_docx(data: bytes) -> Draft:
    """The paragraphs and tables of a Word document, in order. Raises SourceError."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    with _opened(data, "Word document"):
        try:
            document = docx.Document(BytesIO(data))
            text = "\n\n".join(_within(block for item in document.iter_inner_content() for block in _docx_text(item)))
            properties = document.core_properties
            title, author = properties.title or None, properties.author or None
        except (LxmlError, PackageNotFoundError, ValueError, AttributeError, IndexError, TypeError) as error:
            raise SourceError(f"is no readable Word document: {error}") from error
    if not text:
        raise SourceError("has no text")
    return Draft(text=text, title=title, author=None if author == _TEMPLATE_AUTHOR else author)


def read_epub(data: bytes) -> Draft:
    """The chapters of a book, in their order, as one text. Raises SourceError."""
    with _opened(data, "EPUB book") as archive:
        folder = _package_path(archive)
        package = _xml(archive, folder)
        items = {item.get("id"): item.get("href") for item in package.iter(f"{_OPF}item")}
        chapters = [items[ref] for item in package.iter(f"{_OPF}itemref") if (ref := item.get("idref")) in items]
        names = dict.fromkeys(posixpath.join(posixpath.dirname(folder), unquote(href or "")) for href in chapters)
        text = "\n\n".join(_within(block for name in names for block in paragraphs(_xml(archive, name))))
    if not text:
        raise SourceError("has no text")
    return Draft(
        text=text,
        title=_first(package, "title"),
        author=_first(package, "creator"),
        source=_first(package, "publisher"),
        language=_first(package, "language"),
    )


def _within(blocks: Iterable[str]) -> Iterator[str]:
    """The blocks. Raises SourceError when they are more than a document holds."""
    size = 0
    for block in blocks:
        size += len(block)
        if size > MAX_TEXT:
            raise SourceError(f"holds more than {MAX_TEXT // 1_000_000} million letters; split it")
        yield block


def _docx_text(item: Any) -> Iterator[str]:
    if hasattr(item, "rows"):
        for row in item.rows:
            cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
            if any(cells):
                yield " | ".join(cells).replace("\n", " ")
    elif item.text.strip():
        yield item.text.strip()


@contextmanager
def _opened(data: bytes, what: str) -> Iterator[zipfile.ZipFile]:
    """The archive. Raises SourceError when it is damaged, encrypted, or would unpack to too much."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise SourceError(f"is larger than {MAX_UNPACKED // 1_000_000} MB when unpacked")
            parts = [one for one in archive.infolist() if one.filename.lower().endswith(_MARKUP)]
            if any(one.file_size > MAX_PART for one in parts):
                raise SourceError(f"has a part of more than {MAX_PART // 1_000_000} MB; split it")
            yield archive
    except ZIP_DAMAGE as error:
        raise SourceError(f"is no readable {what}: {error}") from error


def _package_path(archive: zipfile.ZipFile) -> str:
    container = _xml(archive, "META-INF/container.xml")
    for element in container.iter():
        if isinstance(element.tag, str) and element.tag.endswith("rootfile") and element.get("full-path"):
            return str(element.get("full-path"))
    raise SourceError("is an EPUB book without a table of its parts")


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(archive.read(name), parser)
    except etree.LxmlError as error:
        raise SourceError(f"has a damaged part, {name}") from error
    if root is None:
        raise SourceError(f"has an empty part, {name}")
    body = next((element for element in root.iter() if str(element.tag).endswith("}body")), None)
    return root if body is None else body


def _first(package: Any, name: str) -> str | None:
    return next((element.text for element in package.iter(f"{_DC}{name}") if element.text), None)

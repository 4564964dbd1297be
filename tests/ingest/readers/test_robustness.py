"""Whatever a reader is given, it gives a draft or says why not; nothing else escapes, nothing hangs."""

import zipfile
from io import BytesIO

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from ingest.metadata import describe
from ingest.page import read_page
from ingest.readers import READERS
from qa.errors import SourceError

TEXT = "کتابخانه شناور هر هفته به بندر می‌آید.\r\nThe ferry sails at noon; قالت البلدية إن القطار يبدأ السبت!\n"


def word_document() -> bytes:
    document = docx.Document()
    document.add_paragraph(TEXT)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def book() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("META-INF/container.xml", "<c><rootfile full-path='b.opf'/></c>")
        packed.writestr(
            "b.opf",
            "<package xmlns='http://www.idpf.org/2007/opf'><item id='a' href='a.xhtml'/><itemref idref='a'/></package>",
        )
        packed.writestr("a.xhtml", f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{TEXT}</p></body></html>")
    return buffer.getvalue()


def blank_page() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


HTML = f"<html lang=fa><head><title>T</title></head><body><article><p>{TEXT * 3}</p><table><tr><td>1</table></article>"
SEEDS = {
    ".txt": TEXT.encode(),
    ".md": f"---\ntitle: T\n---\n# H\n\n{TEXT}![p](p.png)".encode(),
    ".html": HTML.encode(),
    ".mhtml": b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + HTML.encode(),
    ".json": b'{"text": "A. B.", "title": "T", "published": "2026-01-09"}',
    ".docx": word_document(),
    ".epub": book(),
    ".pdf": blank_page(),
}


@st.composite
def damaged(draw: st.DrawFn, seed: bytes) -> bytes:
    data = bytearray(seed)
    for _ in range(draw(st.integers(0, 12))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        data[at : at + draw(st.integers(0, 8))] = draw(st.binary(max_size=8))
    return bytes(data[: draw(st.integers(0, len(data)))]) if draw(st.booleans()) else bytes(data)


@pytest.mark.parametrize("suffix", sorted(SEEDS))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damaged_files_are_read_or_refused(suffix: str, data: st.DataObject) -> None:
    content = data.draw(st.one_of(damaged(SEEDS[suffix]), st.binary(max_size=300)))
    try:
        draft = READERS[suffix](content)
    except SourceError:
        return
    assert draft.text.strip()
    assert "\x00" not in draft.text
    page = read_page(draft.text, title=draft.title, clutter=draft.clutter)
    describe(draft, page)
    assert all(0 <= item.start < item.end <= len(draft.text) for item in page.clutter)

"""Word, EPUB, web archives, tables, PDF: small ones, made here."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter

from ingest import ingest
from ingest.readers.csv import read_rows
from ingest.readers.mhtml import read_mhtml
from ingest.readers.office import read_docx, read_epub
from ingest.readers.pdf import read_pdf
from qa.errors import SourceError

FERRY = (
    "The ferry of Port Ellery sails at noon on every day but Friday, and returns at dusk when the weather allows it."
)
PERSIAN = "کتابخانه شناور هر هفته به بندر می آید و کتاب را به مردم می دهد و از آن باز می گردد."


def archive(**members: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    return buffer.getvalue()


def pdf(*lines: str, glyphs: dict[str, int] | None = None) -> bytes:
    """A page with these lines, each drawn from the left. Without a glyph table, in Helvetica."""
    if glyphs is None:
        shown = [f"({line}) Tj" for line in lines]
        fonts = ["<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    else:
        shown = [f"<{''.join(f'{glyphs[one]:04x}' for one in line)}> Tj" for line in lines]
        fonts = font_objects(glyphs)
    content = "BT /F1 12 Tf 14 TL 50 780 Td " + " T* ".join(shown) + " ET"
    return with_index(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 1200 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>> stream\n{content}\nendstream",
        *fonts,
    )


def font_objects(glyphs: dict[str, int]) -> list[str]:
    """A font without outlines that says which letter each glyph is; its objects begin at number 5."""
    table = "\n".join(f"<{code:04x}> <{ord(one):04x}>" for one, code in glyphs.items())
    letters = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n1 begincodespacerange\n"
        f"<0000> <ffff>\nendcodespacerange\n{len(glyphs)} beginbfchar\n{table}\nendbfchar\nendcmap end end"
    )
    return [
        "<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/F/DW 500"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        f"<</Length {len(letters)}>> stream\n{letters}\nendstream",
    ]


def with_index(*objects: str) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj {body} endobj\n".encode("latin-1")
    index = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{index}"
    return data + f"{table}trailer <</Size {size}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF".encode()


def test_word_paragraphs_and_tables_in_order() -> None:
    document = docx.Document()
    document.core_properties.title = "The ferry"
    document.core_properties.author = "Ann Other"
    document.add_heading("Fares", 1)
    document.add_paragraph(FERRY)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "child", "2 marjans"
    document.add_paragraph(PERSIAN)
    buffer = BytesIO()
    document.save(buffer)
    draft = read_docx(buffer.getvalue())
    assert draft.text.split("\n\n") == ["Fares", FERRY, "child | 2 marjans", PERSIAN]
    assert (draft.title, draft.author) == ("The ferry", "Ann Other")


def test_epub_chapters_in_the_order_of_the_book() -> None:
    chapter = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>no</title></head><body><h1>{}</h1><p>{}</p></body></html>"
    draft = read_epub(
        archive(
            **{
                "META-INF/container.xml": "<c><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></c>",
                "OPS/book.opf": "<package xmlns='http://www.idpf.org/2007/opf'><metadata "
                "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>کتاب بندر</dc:title>"
                "<dc:creator>مهری نخلبان</dc:creator><dc:language>fa</dc:language></metadata>"
                "<manifest><item id='b' href='b%20b.xhtml'/><item id='a' href='a.xhtml'/></manifest>"
                "<spine><itemref idref='a'/><itemref idref='b'/></spine></package>",
                "OPS/b b.xhtml": chapter.format("دو", PERSIAN),
                "OPS/a.xhtml": chapter.format("یک", PERSIAN),
            }
        )
    )
    assert draft.text.split("\n\n") == ["یک", PERSIAN, "دو", PERSIAN]
    assert (draft.title, draft.author, draft.language) == ("کتاب بندر", "مهری نخلبان", "fa")


def test_a_web_archive_gives_its_page_and_address() -> None:
    html = "<html><body><article>" + f"<p>{PERSIAN}</p><p>{FERRY}</p>" + "</article></body></html>"
    message = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://post.example/ferry\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n'
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{html}\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    )
    draft = read_mhtml(message.encode())
    assert draft.text.split("\n\n") == [PERSIAN, FERRY]
    assert draft.url == "https://post.example/ferry"


def test_table_columns_have_several_names() -> None:
    rows = list(read_rows('Headline;Body;Date\nFerry;"It sails;\nit returns.";2026-01-09\n;Second;\n'))
    assert rows == [{"text": "It sails;\nit returns.", "title": "Ferry", "published": "2026-01-09"}, {"text": "Second"}]
    with pytest.raises(SourceError, match="no column named text"):
        list(read_rows("a,b\n1,2\n"))


def test_pdf_lines_become_paragraphs() -> None:
    text = read_pdf(pdf(FERRY[:56], FERRY[56:].strip() + " And so it is.", "Fares", "A child pays two.")).text
    assert text.split("\n\n")[0].startswith(FERRY)


def test_right_to_left_pdf_comes_out_in_logical_order() -> None:
    line = PERSIAN.replace("هفته", "(۱۴۰۴) هفته")
    glyphs = {one: code for code, one in enumerate(sorted(set(line)), start=1)}
    mirrored = line.translate(str.maketrans("()", ")("))
    seen = mirrored[::-1].replace("۴۰۴۱", "۱۴۰۴")
    assert read_pdf(pdf(seen, seen, glyphs=glyphs)).text.split("\n\n")[0].startswith(line)


def test_right_to_left_pdf_whose_order_is_lost_is_refused() -> None:
    line = "".join(sorted(PERSIAN.replace(" ", ""))) * 3
    glyphs = {one: code for code, one in enumerate(sorted(set(line)), start=1)}
    with pytest.raises(SourceError, match="order cannot be told"):
        read_pdf(pdf(line, glyphs=glyphs))


def blank_pdf(password: str | None = None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("read", "data", "reason"),
    [
        (read_pdf, b"%PDF-1.4 broken", "no readable PDF"),
        (read_pdf, b"", "no readable PDF"),
        (read_pdf, blank_pdf(), "only pictures"),
        (read_pdf, blank_pdf("secret"), "encrypted"),
        (read_docx, b"PK\x03\x04broken", "no readable Word"),
        (read_docx, archive(a="b"), "no readable Word"),
        (read_epub, archive(a="b"), "no readable EPUB"),
        (read_epub, b"", "no readable EPUB"),
        (read_mhtml, b"From: nobody\r\n\r\nText.", "without a page"),
    ],
)
def test_broken_documents_say_why(read: object, data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(data)  # type: ignore[operator]


def test_a_zip_archive_is_a_folder(tmp_path: Path) -> None:
    packed = tmp_path / "articles.zip"
    wire = json.dumps({"id": "wire-1", "text": "The clock has stopped."})
    members = {"a/ferry.txt": FERRY, "a/.hidden.txt": "no", "wire.jsonl": wire, "table.csv": f"id,text\nt1,{PERSIAN}\n"}
    packed.write_bytes(archive(**members, **{"photo.png": "x", "bomb.txt": "0" * 30_000_000, "empty.txt": ""}))
    report = ingest([packed, tmp_path / "broken.zip"], home=tmp_path / "home")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04")
    assert report.added == 3
    assert report.skipped == 1
    reasons = {failure.source.rpartition("!")[2].rpartition("/")[2]: failure.reason for failure in report.failed}
    assert set(reasons) == {"bomb.txt", "empty.txt", "broken.zip"}
    assert "enormously" in reasons["bomb.txt"]
    assert ingest([packed], home=tmp_path / "home").unchanged == 3
    assert "zip" in ingest([tmp_path / "broken.zip"], home=tmp_path / "home").failed[0].reason

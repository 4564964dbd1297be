"""Small sound files of every format, to be damaged; made here or taken from the sample articles."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

from qa.resources import CORPUS

PERSIAN = (
    "کتابخانه شناور سپیدخور از فردا در بندر است و کتاب‌ها را به مردم می‌دهد. این کار تا پایان سال در شهر می‌ماند.",
    "مدیر کتابخانه، مهری نخلبان، روز ۲۴ آبان ۱۴۰۴ گفت که بیش از سه هزار جلد کتاب در کشتی هست.",
)
ARABIC = (
    "قالت البلدية إن القطار الجديد يبدأ العمل في المدينة من يوم السبت، وإن التذكرة لا تزيد على عشرة دنانير.",
    "وَذَكَرَ المُديرُ أَنَّ الرِّحلَةَ تَستَغرِقُ ٢٥ دَقيقَةً في ٨ أكتوبر (تشرين الأول).",
)
ENGLISH = (
    "The ferry of Port Ellery sails at noon on every day but Friday, and returns at dusk when the weather allows it.",
    "Captain Mira Kestrel said on 16 November 2025 that the crossing takes 25 minutes, 3% less than before.",
)
STORIES = (PERSIAN, ARABIC, ENGLISH)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def seeds() -> dict[str, list[bytes]]:
    """By file name ending, some sound files. ``.rss`` and ``.xml`` (sitemaps) are for the web: they list page0.html."""
    pages = [_page(story) for story in STORIES]
    found: dict[str, list[bytes]] = {
        ".txt": ["\n\n".join(story).encode() for story in STORIES],
        ".md": [
            f"---\ntitle: T\ndate: ۷ اسفند ۱۴۰۴\n---\n# Head\n\n{story[0]}\n\n- a\n- b\n".encode() for story in STORIES
        ],
        ".html": pages,
        ".mhtml": [_saved(page) for page in pages],
        ".jsonl": [_lines()],
        ".csv": [b"id,title,text,date\n" + f'1,T,"{PERSIAN[0]}",2026-01-09\n2,T,"{ARABIC[0]}",\n'.encode()],
        ".docx": [_word(story) for story in STORIES],
        ".epub": [_book(story) for story in STORIES],
        ".pdf": [pdf_of(ENGLISH), pdf_of([line[::-1] for line in PERSIAN]), pdf_of([line[::-1] for line in ARABIC])],
        ".rss": [_rss(), _atom()],
        ".xml": [_sitemap("urlset", "url"), _sitemap("sitemapindex", "sitemap")],
    }
    for path in sorted(CORPUS.rglob("*")):
        if path.suffix in (".txt", ".md", ".html", ".jsonl") and path.stat().st_size < 40_000:
            found[path.suffix].append(path.read_bytes())
    found[".zip"] = [packed({f"{n}{suffix}": some[0] for n, (suffix, some) in enumerate(found.items())})]
    return found


def packed(members: dict[str, bytes]) -> bytes:
    """A zip archive."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def pdf_of(lines: list[str] | tuple[str, ...]) -> bytes:
    """A page with these lines, each drawn from the left, in a font without outlines that tells its letters."""
    glyphs = {one: code for code, one in enumerate(sorted(set("".join(lines))), start=1)}
    shown = " T* ".join(f"<{''.join(f'{glyphs[one]:04x}' for one in line)}> Tj" for line in lines)
    content = f"BT /F1 12 Tf 14 TL 50 780 Td {shown} ET"
    table = "\n".join(f"<{code:04x}> <{ord(one):04x}>" for one, code in glyphs.items())
    letters = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n1 begincodespacerange\n"
        f"<0000> <ffff>\nendcodespacerange\n{len(glyphs)} beginbfchar\n{table}\nendbfchar\nendcmap end end"
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 1200 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>> stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/F/DW 500"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        f"<</Length {len(letters)}>> stream\n{letters}\nendstream",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj {body} endobj\n".encode("latin-1")
    index = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{index}trailer <</Size {size}/Root 1 0 R>>"
    return data + f"{end}\nstartxref\n{len(data)}\n%%EOF".encode()


def _page(story: tuple[str, ...]) -> bytes:
    stated = json.dumps({"@type": "NewsArticle", "headline": story[0][:40], "datePublished": "2025-11-16T10:00:00Z"})
    return (
        f"<!DOCTYPE html><html lang=fa><head><meta charset=utf-8><title>{story[0][:40]} | Herald</title>"
        f"<link rel=canonical href=/a><script type='application/ld+json'>{stated}</script>"
        "<style>.off{display:none}</style></head><body><nav><a href=/>Home</a><a href=/x>World</a></nav><article>"
        f"<h1>{story[0][:40]}</h1><time datetime=2025-11-16>16</time>"
        + "".join(f"<p>{line}</p>" for line in story * 3)
        + "<table><tr><td>1<td>2</table><ul><li>a<li>b</ul></article><div class=off>no</div></body></html>"
    ).encode()


def _saved(page: bytes) -> bytes:
    head = (
        b"From: <Saved>\r\nSnapshot-Content-Location: https://post.example/a\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n'
        b"Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head + page + b"\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"


def _lines() -> bytes:
    lines = [
        {"id": f"{name}-{n}", "text": line, "title": line[:20], "published": "2026-01-09", "url": "https://a.example/1"}
        for name, story in zip("pae", STORIES, strict=True)
        for n, line in enumerate(story)
    ]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()


def _word(story: tuple[str, ...]) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in story)
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    kinds = "application/vnd.openxmlformats-"
    return packed(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
                f'ContentType="{kinds}package.relationships+xml"/><Override PartName="/word/document.xml" '
                f'ContentType="{kinds}officedocument.wordprocessingml.document.main+xml"/></Types>'
            ).encode(),
            "_rels/.rels": (
                f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}" '
                'Target="word/document.xml"/></Relationships>'
            ).encode(),
            "word/document.xml": (
                f'<w:document xmlns:w="{_WORD}"><w:body>{paragraphs}{table}</w:body></w:document>'
            ).encode(),
        }
    )


def _book(story: tuple[str, ...]) -> bytes:
    chapter = "".join(f"<p>{line}</p>" for line in story)
    return packed(
        {
            "META-INF/container.xml": b"<c><rootfiles><rootfile full-path='OPS/b.opf'/></rootfiles></c>",
            "OPS/b.opf": b"<package xmlns='http://www.idpf.org/2007/opf'><metadata xmlns:dc="
            b"'http://purl.org/dc/elements/1.1/'><dc:title>T</dc:title><dc:language>fa</dc:language></metadata>"
            b"<manifest><item id='a' href='a.xhtml'/></manifest><spine><itemref idref='a'/></spine></package>",
            "OPS/a.xhtml": f"<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>1</h1>{chapter}</body></html>".encode(),
        }
    )


def _rss() -> bytes:
    items = "".join(
        f"<item><title>{story[0][:30]}</title><link>page{n}.html</link><guid>g{n}</guid>"
        f"<description>{story[0]}</description><pubDate>Mon, 24 Nov 2025 10:00:00 +0330</pubDate></item>"
        for n, story in enumerate(STORIES)
    )
    whole = "".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in ENGLISH * 9)
    items += f"<item><title>Whole</title><guid>w</guid><content:encoded>{whole}</content:encoded></item>"
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Herald</title><language>fa</language>{items}</channel></rss>"
    ).encode()


def _atom() -> bytes:
    return (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title><entry><title>A</title><id>urn:1</id>'
        b'<link href="page1.html"/><updated>2025-11-24T10:00:00Z</updated><summary type="html">&lt;p&gt;In short'
        b"&lt;/p&gt;</summary></entry></feed>"
    )


def _sitemap(root: str, tag: str) -> bytes:
    inner = f"<{tag}><loc>HERE/page0.html</loc><lastmod>2025-11-24</lastmod></{tag}>"
    return (
        f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{root}>'
    ).encode()

"""Everything that is wrong with what people point at: each is named with its reason, and the rest goes in."""

from __future__ import annotations

import socket
import zipfile
from collections.abc import Callable
from io import BytesIO
from ipaddress import ip_network
from pathlib import Path

import pytest

from ingest import IngestReport, ingest
from ingest.fetch import Fetcher, Limits
from ingest.fetch.addresses import AddressPolicy
from qa.library import Library
from qa.settings import load_settings
from qa.workers import Lost, Workers
from tests.ingest.readers.test_documents import FERRY, archive, blank_pdf, pdf
from tests.ingest.site import article, serve

NESTED = "<html><body>" + "<div>" * 10_000 + f"<p>{FERRY * 3}</p>" + "</div>" * 10_000 + "</body></html>"
STORY = (FERRY, "Captain Mira Kestrel said that the crossing takes 25 minutes, and that no ticket has grown dearer.")


def zip_bomb() -> bytes:
    return archive(**{"bomb.txt": "0" * 30_000_000})


def crowd() -> bytes:
    """Many members, none of which is large by itself, as the archive's index has it."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(600):
            packed.writestr(f"{number}.txt", b"0")
            packed.filelist[-1].file_size = 9_000_000
    return buffer.getvalue()


def word_bomb() -> bytes:
    return archive(**{"word/document.xml": "<w:p/>" * 8_000_000})


def book_bomb() -> bytes:
    """A small chapter, listed many times."""
    return archive(
        **{
            "META-INF/container.xml": "<c><rootfile full-path='b.opf'/></c>",
            "b.opf": "<package xmlns='http://www.idpf.org/2007/opf'><item id='a' href='a.xhtml'/>"
            + "<itemref idref='a'/>" * 20_000
            + "</package>",
            "a.xhtml": f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{FERRY}</p></body></html>",
        }
    )


def entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 1000}">' for n in range(8))
    return archive(**{"META-INF/container.xml": f"<!DOCTYPE c [{entities}]><c><rootfile full-path='&e7;'/></c>"})


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "broken.pdf": (lambda: pdf(FERRY)[:200], "no readable PDF"),
    "encrypted.pdf": (lambda: blank_pdf("secret"), "is encrypted"),
    "picture.pdf": (blank_pdf, "OCR"),
    "bomb.zip!bomb.txt": (zip_bomb, "enormously"),
    "crowd.zip": (crowd, "when unpacked"),
    "bomb.docx": (word_bomb, "40 MB"),
    "bomb.epub": (entity_bomb, "without a table of its parts"),
    "nested.html": (NESTED.encode, "nested too deeply"),
    "attributes.html": (lambda: f"<div {'a=1 ' * 9000}>{FERRY}".encode(), "attributes"),
    "elements.html": (lambda: b"<p>a" * 60_000, "60,001 elements"),
    "nul.txt": (lambda: b"one \x00 two", "NUL"),
    "damaged.txt": (lambda: "سند ".encode() * 9 + b"\xd8", "breaks its UTF-8"),
    "empty.txt": (lambda: b" \n", "is empty"),
    "picture.txt": (lambda: b"\x89PNG\r\n\x1a\n", "PNG"),
    "wire.jsonl:2": (lambda: b'{"id": "w1", "text": "One."}\n{"id": "w2"\n{"id": "w3", "text": "3."}', "JSON"),
    "half.jsonl:1": (lambda: b'{"text": "half \\ud83d pair"}\n{"id": "h2", "text": "Two."}', "surrogate pair"),
    "deep.jsonl:1": (lambda: b'{"a":' * 100_000 + b'\n{"id": "d2", "text": "Two."}', "nested too deeply"),
    "table.csv": (lambda: b"a,b\n1,2\n", "no column named text"),
}
"""By the name that the summary gives: the file's bytes, and words of the reason."""


@pytest.mark.slow
def test_each_bad_file_is_named_with_its_reason_and_the_rest_goes_in(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, (make, _) in FILES.items():
        (folder / name.partition(":")[0].partition("!")[0]).write_bytes(make())
    with open(folder / "huge.txt", "wb") as huge:
        huge.truncate(200_000_000)
    (folder / "good.txt").write_text(FERRY, encoding="utf-8")
    (folder / "often.epub").write_bytes(book_bomb())
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    report = ingest([folder], home=tmp_path / "home")
    reasons = reasons_of(report, folder)
    expected = {name: words for name, (_, words) in FILES.items()} | {"huge.txt": "larger than 50 MB"}
    assert set(reasons) == set(expected)
    assert {name: reason for name, reason in reasons.items() if expected[name] not in reason} == {}
    assert all("\n" not in reason and len(reason) < 300 for reason in reasons.values())
    with Library.open(load_settings(home=tmp_path / "home")) as library:
        names = {Path(one.origin or "").name for one in library.articles()}
    assert names == {"good.txt", "often.epub", "wire.jsonl:1", "wire.jsonl:3", "half.jsonl:2", "deep.jsonl:2"}
    assert ingest([folder], home=tmp_path / "home").unchanged == report.added == 6


def reasons_of(report: IngestReport, folder: Path) -> dict[str, str]:
    return {failure.source.removeprefix(f"{folder.resolve()}/"): failure.reason for failure in report.failed}


def endless(connection: socket.socket) -> None:
    try:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            connection.sendall(b"<p>more" * 10_000)
    except OSError:
        return


def test_bad_addresses_are_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    with serve() as inside, serve("127.0.0.2") as site:
        secret = inside.add("/secret", article("Secret", *STORY))
        moved = site.add("/moved", status=302, headers={"Location": secret})
        stream = site.add("/endless", act=endless)
        site.add("/good", article("The ferry", *STORY, head="<script>document.title = 'no'</script>"))
        feed = site.add(
            "/rss",
            "<rss version='2.0'><channel><title>&lt;script&gt;alert(1)&lt;/script&gt;Herald</title>"
            "<item><title>&lt;script&gt;alert(1)&lt;/script&gt;The ferry</title><link>/good</link>"
            "<description>&lt;script&gt;alert(1)&lt;/script&gt;</description></item>"
            f"<item><title>Moved</title><link>{secret}</link></item>"
            "<item><title>Script</title><link>javascript:alert(1)</link></item></channel></rss>",
        )
        fetcher = Fetcher(
            policy=AddressPolicy((ip_network("127.0.0.2/32"),)), limits=Limits(delay=0, size=1_000_000, seconds=20)
        )
        report = ingest([moved, stream, feed], home=tmp_path / "home", fetcher=fetcher)
        assert inside.asked == []
    reasons = {failure.source: failure.reason for failure in report.failed}
    assert "127.0.0.1, which is a loopback address" in reasons[moved]
    assert "larger than 1 MB" in reasons[stream]
    assert "loopback" in reasons[secret]
    with Library.open(load_settings(home=tmp_path / "home")) as library:
        found = [library.article(one.id) for one in library.articles()]
    (ferry,) = [one for one in found if one.url == site.address + "/good"]
    assert STORY[1] in ferry.text
    assert not any("script" in f"{one.text}{one.title}{one.source}" or "alert" in one.text for one in found)


def hungry(item: int) -> int:
    """How many bytes it took."""
    return len(b"x" * item)


def test_a_process_that_reads_has_bounded_memory() -> None:
    with Workers(hungry, count=1, alone=lambda _: True) as workers:
        lost, kept = [made for _, made in workers.map([3_000_000_000, 10])]
    assert isinstance(lost, Lost)
    assert "MemoryError" in lost.reason
    assert kept == 10

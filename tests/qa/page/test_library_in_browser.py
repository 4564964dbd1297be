"""The library tab, as a reader sees it: the table, removing, adding, and what is not allowed."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from qa.cli.around_page import shelf_options
from qa.page.intake import MOST_BYTES, address, safe_name
from qa.sanad import Sanad
from tests.qa.page.conftest import ARTICLES

SCRIPT = {"x-sanad-page": "1"}
SOUGHT = {
    "fa": ("مكتبة زهران", "ar-library"),
    "ar": ("فانوس بان مهران", "fa-lantern"),
    "en": ("quay COURIER", "en-bakery"),
}


HOSTILE_NAME = "<img src=x onerror=window.hacked=1>\u202e gulls.txt"
NEWS = "The heron colony of Marram has ninety nests. A warden counts them every spring."
PAGE = f"<html lang=en><title>Marram herons</title><body><article><h1>Marram herons</h1><p>{NEWS * 4}</p></article>"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sanad]:
    """A library that may be changed: the usual articles, and sixty more."""
    from ingest import ingest

    folder = tmp_path_factory.mktemp("shelf")
    gulls: list[dict[str, Any]] = [
        {
            "id": f"gull-{number:02}",
            "title": f"Gull report {number:02}",
            "source": "Gull Gazette",
            "published": f"2024-01-{number % 28 + 1:02}",
            "text": f"Gull number {number} was ringed on the mole of Marram. It was released at noon.",
        }
        for number in range(60)
    ]
    source = folder / "articles.jsonl"
    source.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in [*ARTICLES, *gulls]), "utf-8")
    with Sanad.open(folder / "home", llm="extractive") as sanad:
        ingest([source], home=folder / "home", library=sanad.library)
        yield sanad


@pytest.fixture(scope="module")
def writable(library: Sanad, serve_page: Callable[..., Any]) -> Iterator[str]:
    """Its page, where articles may be added and removed."""
    with serve_page(library, **shelf_options(library, "write")) as found:
        yield found


@contextmanager
def web_page() -> Iterator[str]:
    """The address of a news page on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/herons.html"
            self.send_response(200 if found else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(PAGE.encode() if found else b"no")

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/herons.html"
    server.shutdown()
    server.server_close()


def opened(reader: Any, language: str = "en") -> Any:
    page = reader.open(language)
    page.click("[data-do=tab][data-view=library]")
    page.wait_for_selector("#sheet tbody tr")
    return page


def rows(page: Any, count: int) -> None:
    page.wait_for_function("n => document.querySelectorAll('#sheet tbody tr').length === n", arg=count)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("language", SOUGHT)
def test_the_table_is_searched_filtered_sorted_and_opened(
    writable: str, another_reader: Callable[..., Any], language: str, width: int
) -> None:
    with another_reader(writable, viewport={"width": width, "height": 844}) as reader:
        page = opened(reader, language)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator("#at-work dd").count() == 2
        sought, id = SOUGHT[language]
        page.fill(".shelf-controls [name=sought]", sought)
        rows(page, 1)
        assert page.locator("#sheet tbody tr").get_attribute("data-article") == id
        page.click("#sheet .title")
        page.wait_for_selector("#reader-body .article-text")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.className") == "title"
        page.fill(".shelf-controls [name=sought]", "")
        page.select_option(".shelf-controls [name=source]", "Gull Gazette")
        page.wait_for_selector("#sheet tbody tr:first-child[data-article=gull-27]")
        rows(page, 50)
        if width == 390:
            page.select_option(".shelf-controls [name=sort]", "title")
        else:
            page.click("#sheet th [data-column=title]")
            page.wait_for_selector("#sheet th[aria-sort=ascending] [data-column=title]:focus")
        page.wait_for_selector("#sheet tbody tr:first-child[data-article=gull-00]")
        page.click("#sheet [data-do=turn]:not([disabled])")
        rows(page, 10)
        page.select_option(".shelf-controls [name=language]", "fa")
        page.wait_for_selector("#sheet p.quiet")
        rows(page, 0)


@pytest.mark.browser
def test_closing_the_article_takes_no_focus_from_where_the_reader_went_on(writable: str, another_reader: Any) -> None:
    with another_reader(writable) as reader:
        page = opened(reader)
        page.locator("#sheet .title").first.click()
        page.wait_for_selector("#reader-body .article-text")
        went_on = """() => new Promise(done => {
            const [reader, field] = ["#reader", "[name=sought]"].map(each => document.querySelector(each));
            reader.addEventListener("close", () => setTimeout(() => done(document.activeElement === field)));
            reader.close();
            field.focus();
        })"""
        assert page.evaluate(went_on)


@pytest.mark.browser
def test_an_article_is_removed_once_the_reader_has_said_so(library: Sanad, writable: str, another_reader: Any) -> None:
    with another_reader(writable) as reader:
        page = opened(reader)
        page.fill(".shelf-controls [name=sought]", "herons at qorvash")
        rows(page, 1)
        page.click("#sheet [data-do=remove]")
        assert "<b onclick=window.hacked=7>Herons</b>" in page.locator("#asks p").inner_text()
        page.keyboard.press("Escape")
        assert any(each.id == "en-hostile" for each in library.articles())
        page.click("#sheet [data-do=remove]")
        page.click("#asks .confirm")
        rows(page, 0)
        assert not any(each.id == "en-hostile" for each in library.articles())
        assert page.evaluate("window.hacked") is None


@pytest.mark.browser
def test_files_are_added_with_a_summary_and_asked_about(library: Sanad, writable: str, another_reader: Any) -> None:
    with another_reader(writable) as reader:
        page = opened(reader)
        files = [
            {"name": HOSTILE_NAME, "mimeType": "text/plain", "buffer": NEWS.encode()},
            {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 nothing"},
        ]
        page.set_input_files("#files", files)
        page.wait_for_selector("#job [data-job=done]")
        summary = page.locator("#job").inner_text()
        assert "1 added" in summary
        assert "broken.pdf" in summary
        assert "uploads" not in summary
        assert not list((library.settings.home / "uploads").glob("*"))
        page.click("[data-do=tab][data-view=chat]")
        reader.ask("How many nests has the heron colony of Marram?")
        assert "ninety nests" in page.locator("#current .statement").first.inner_text()
        page.click("[data-do=tab][data-view=library]")
        page.set_input_files("#files", files[0])
        page.wait_for_selector("#job :text('1 unchanged')")
        assert page.evaluate("window.hacked") is None


@pytest.mark.browser
def test_files_may_be_dropped(writable: str, another_reader: Any) -> None:
    with another_reader(writable) as reader:
        page = opened(reader, "ar")
        dropped = """text => { const data = new DataTransfer(); data.items.add(new File([text], 'dropped.txt'));
            for (const kind of ['dragover', 'drop'])
                document.querySelector('.drop').dispatchEvent(
                    new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true })); }"""
        page.evaluate(dropped, "The terns of Marram came back in April. They nest on the shingle bank.")
        page.wait_for_selector("#job [data-job=done]")
        assert "1" in page.locator("#job").inner_text() or "١" in page.locator("#job").inner_text()
        page.fill(".shelf-controls [name=sought]", "dropped")
        rows(page, 1)


@pytest.mark.browser
def test_an_address_is_fetched_and_private_ones_are_not(
    library: Sanad, writable: str, serve_page: Callable[..., Any], another_reader: Any
) -> None:
    from ingest import ingest
    from ingest.fetch import Fetcher

    def add(sources: Any, progress: Any) -> Any:
        fetcher = Fetcher(allow_private=True)
        return ingest(sources, home=library.settings.home, library=library.library, progress=progress, fetcher=fetcher)

    with web_page() as news:
        with another_reader(writable) as reader:
            page = opened(reader)
            page.fill(".address input", news)
            page.keyboard.press("Enter")
            page.wait_for_selector("#job .trouble")
            assert "loopback" in page.locator("#job").inner_text()
        with serve_page(library, library="write", add=add) as allowed, another_reader(allowed) as reader:
            page = opened(reader, "fa")
            page.fill(".address input", news)
            page.keyboard.press("Enter")
            page.wait_for_selector("#job [data-job=done]")
            assert "۱" in page.locator("#job").inner_text()
            page.fill(".shelf-controls [name=sought]", "marram herons")
            rows(page, 1)


@pytest.mark.browser
def test_the_tab_is_hidden_unless_it_is_allowed(
    reading: Any, library_home: Path, serve_page: Callable[..., Any], another_reader: Callable[..., Any]
) -> None:
    page = reading.open("en", "library")
    assert page.locator(".tabs, .shelf").count() == 0
    assert page.locator(".composer").is_visible()
    with (
        Sanad.open(library_home, llm="extractive") as sanad,
        serve_page(sanad, **shelf_options(sanad, "read")) as address,
        another_reader(address) as reader,
    ):
        page = reader.open("fa", "library")
        page.wait_for_selector("#sheet tbody tr")
        assert page.locator("#sheet tbody tr").count() == len(ARTICLES)
        assert page.locator("[data-do=remove], .adding").count() == 0


READS = [("GET", "library"), ("GET", "library/at-work")]
WRITES = [
    ("DELETE", "library/article?id=fa-lantern"),
    ("POST", "library/address"),
    ("POST", "library/files"),
    ("GET", "library/job"),
]


@pytest.mark.parametrize(("access", "there"), [("hidden", []), ("read", READS), ("write", READS + WRITES)])
def test_what_is_not_allowed_is_not_there(
    tmp_path: Path, serve_page: Callable[..., Any], access: str, there: list[tuple[str, str]]
) -> None:
    with (
        Sanad.open(tmp_path / "home", llm="extractive") as sanad,
        serve_page(sanad, **shelf_options(sanad, access)) as address,
    ):
        for method, path in READS + WRITES:
            answer = httpx.request(method, f"{address}page/en/{path}", headers=SCRIPT)
            assert (answer.status_code != 404 or "no longer" in answer.text) == ((method, path) in there), path
            if (method, path) in there:
                assert httpx.request(method, f"{address}page/en/{path}").status_code == 403, path


def test_what_is_given_is_bounded_and_checked(writable: str) -> None:
    def post(path: str, **options: Any) -> httpx.Response:
        return httpx.post(f"{writable}page/en/library/{path}", headers=SCRIPT, **options)

    announced = HTTPConnection(urlsplit(writable).netloc)
    announced.putrequest("POST", "/page/en/library/files")
    for name, value in {**SCRIPT, "content-length": str(10 * MOST_BYTES)}.items():
        announced.putheader(name, value)
    announced.endheaders()
    assert announced.getresponse().status == 413
    announced.close()
    assert post("files", content=iter([b"x"])).status_code == 413  # in portions, of no known length
    assert post("files", files={"other": b"x"}).status_code == 400
    for wrong in ("/etc/hostname", "file:///etc/hostname", "ftp://x.example/", "javascript:alert(1)", "", "http://a b"):
        assert post("address", json={"address": wrong}).status_code == 400, wrong
    assert post("address", json={"address": "http://x.example/" + "a" * 3000}).status_code == 422
    for wrong in ("page=0", "page=x", "sort=nothing", "more=1"):
        assert httpx.get(f"{writable}page/en/library?{wrong}", headers=SCRIPT).status_code == 422
    assert httpx.get(f"{writable}page/en/library?page=999", headers=SCRIPT).status_code == 200


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\docs\\a.txt", "a.txt"),
        ("..", "file"),
        ("", "file"),
        (".hidden", "hidden"),
        ("a\x00\u202eb<c>.html", "a__b_c_.html"),
        ("خبر‌ها.txt", "خبر‌ها.txt"),
        ("x" * 300 + ".jsonl", "x" * 94 + ".jsonl"),
    ],
)
def test_a_files_name_cannot_leave_its_folder(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_an_address_is_one_of_the_web() -> None:
    assert address(" https://news.example/a?b=1 ") == "https://news.example/a?b=1"
    assert address("HTTP://news.example") is not None

"""A page over a small real library, on a real server, and a real Chromium to read it with."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from qa.sanad import Sanad

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
HOSTILE = (
    "The harbour master counted nineteen grey herons on the mole of Qorvash on Friday.\n"
    '<script>window.hacked = 1</script> <img src=x onerror="window.hacked = 2"> </p>'
    "</article><svg/onload=window.hacked=3>\n"
    "![a picture](http://pictures.example/heron.png) [a link](javascript:window.hacked=4) "
    "<style>body { display: none }</style> {{value}} ${window.hacked=5} `backticks`\n"
    "The ferryman \u202elaughed aloud\u202c and \u2066sailed\u2069 on."
)
ARTICLES: list[dict[str, Any]] = [
    {
        "id": "fa-lantern",
        "lang": "fa",
        "title": "فانوس‌بان تازهٔ برج مهران",
        "source": "روزنامهٔ کرانه",
        "published": "2025-11-16",
        "url": "https://karaneh.example/lantern",
        "text": "پریسا نیک‌روش فانوس‌بان تازهٔ برج مهران شد. او از بهار سال گذشته در بندر کار می‌کند.\n"
        "برج مهران ۴۲ متر بلندی دارد و شرکت Lumen Works آن را بازسازی کرده است. "
        "هزینهٔ بازسازی برج مهران هفت میلیون تومان بود. ساکنان بندر از این کار خشنودند. "
        "تماشای برج برای دانش‌آموزان رایگان است.",
    },
    {
        "id": "ar-library",
        "lang": "ar",
        "title": "مكتبة زهران تفتح أبوابها",
        "source": "صحيفة المرسى",
        "published": "2025-10-02",
        "text": "افتتحت مكتبة زهران أبوابها يوم الخميس بحضور سكان الحي. "
        "تضم مكتبة زهران ستة آلاف كتاب ومخطوطة. قالت مديرة المكتبة هالة البستاني إن الدخول مجاني.",
    },
    {
        "id": "en-bakery",
        "lang": "en",
        "title": "The Tidewater bakery moves",
        "source": "The Quay Courier",
        "published": "2025-09-21",
        "url": "javascript:window.hacked=6",
        "text": "The Tidewater bakery moves to Cooper Lane on 3 October. "
        "Its owner, Marta Velling, has baked there for twelve years. "
        "A loaf of the Tidewater bakery costs four crowns. " + "The lane is narrow and quiet in winter. " * 8,
    },
    {
        "id": "en-hostile",
        "lang": "en",
        "title": "<b onclick=window.hacked=7>Herons</b> at Qorvash",
        "source": "<i>The Mole</i>",
        "url": 'http://mole.example/"onmouseover="window.hacked=8',
        "text": HOSTILE,
    },
]


@dataclass
class Reading:
    """A browser page on a site, and every address it has asked for."""

    page: Page
    site: str
    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, language: str = "en", conversation: str = "") -> Page:
        """The page in a language, ready for a question."""
        self.page.goto("about:blank")  # another fragment alone would not load the page anew
        self.page.goto(f"{self.site}{language}/#{conversation}")
        self.page.wait_for_selector(".welcome, .exchange, #sheet p")
        return self.page

    def ask(self, question: str) -> Page:
        """Ask, and wait until the answer is whole."""
        before = self.page.evaluate("[...document.querySelectorAll('.exchange')].map(each => each.id)")
        self.page.fill(".composer textarea", question)
        self.page.keyboard.press("Enter")
        answered = """before => {
            const newest = document.querySelector('#current .exchange[data-state=done]');
            return newest && !before.includes(newest.id);
        }"""
        self.page.wait_for_function(answered, arg=before)
        return self.page


@pytest.fixture(scope="session")
def library_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library that holds the articles above."""
    from ingest import ingest

    folder = tmp_path_factory.mktemp("page")
    source = folder / "articles.jsonl"
    lines = (json.dumps(each, ensure_ascii=False) for each in ARTICLES)
    source.write_text("\n".join(lines), encoding="utf-8")
    report = ingest([source], home=folder / "home")
    assert not report.failed
    return folder / "home"


@contextmanager
def serving(sanad: Sanad, **options: Any) -> Iterator[str]:
    """The address of a page over ``sanad``; options go to ``mount_page``."""
    import uvicorn
    from fastapi import FastAPI

    from qa.page import mount_page
    from qa.page.server import address_of, listen

    app = FastAPI()
    mount_page(app, sanad, **options)
    with listen("127.0.0.1", 0) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield address_of(listening)
        server.should_exit = True
        thread.join(timeout=20)


@pytest.fixture(scope="session")
def site(library_home: Path) -> Iterator[str]:
    """The page with the extractive answerer."""
    with Sanad.open(library_home, llm="extractive") as sanad, serving(sanad) as address:
        yield address


@pytest.fixture
def reading(browser: Browser, site: str) -> Iterator[Reading]:
    """A fresh reader on the page. Whatever the test does, no other host may be asked and no script may fail."""
    with reader_on(browser, site) as reader:
        yield reader


@contextmanager
def reader_on(browser: Browser, site: str, **options: Any) -> Iterator[Reading]:
    """A fresh reader on a site."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "en", **options})
    context.set_default_timeout(40_000)
    reader = Reading(context.new_page(), site)
    context.on("request", lambda request: reader.asked.append(request.url))
    reader.page.on("pageerror", lambda error: reader.errors.append(str(error)))
    yield reader
    context.close()
    elsewhere = [
        each for each in reader.asked if not each.startswith("data:") and urlsplit(each).hostname not in LOOPBACK
    ]
    assert elsewhere == []
    assert reader.errors == []


@pytest.fixture(scope="module")
def another_reader(browser: Browser) -> Callable[..., Any]:
    """Make further readers: ``with another_reader(site, color_scheme="dark") as reader``."""
    return lambda site, **options: reader_on(browser, site, **options)


@pytest.fixture(scope="session")
def serve_page() -> Callable[..., Any]:
    """Serve another library or another answerer: ``with serve_page(sanad) as address``."""
    return serving

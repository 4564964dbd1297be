"""Pictures of the page: each view in each language, light and dark, on a phone and on a wide screen.

    python -m evals.screenshots --to DIR [--home DIR] [--only NAME]

Without ``--home`` the sample articles are read into a new library. The pictures are for people to look at; what they
show is held by the tests.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import ingest
from qa.cli.around_page import shelf_options
from qa.page.server import address_of, listen, page_app
from qa.resources import CORPUS, starter_questions
from qa.sanad import Sanad

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = {"phone": (390, 844), "wide": (1440, 900)}
UNANSWERABLE = "How many people live in Paris?"


def main() -> None:
    """Make the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--home", type=Path, help="a library to show instead of the sample articles")
    parser.add_argument("--only", default="", help="only pictures whose name has these letters")
    wanted = parser.parse_args()
    wanted.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = wanted.home or Path(folder)
        if wanted.home is None:
            ingest([CORPUS], home=home)
        with Sanad.open(home, llm="extractive") as sanad, serving(sanad) as address:
            take(address, wanted.to, wanted.only)


def take(address: str, folder: Path, only: str) -> None:
    """Take every picture of a site."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        found = own if own.is_file() else shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=str(found), args=["--no-sandbox"])
        for language in ("fa", "ar", "en"):
            for scheme in ("light", "dark"):
                for name, (width, height) in WIDTHS.items():
                    about = f"{language}-{scheme}-{name}"
                    if not any(only in f"{view}-{about}" for view in VIEWS):
                        continue
                    context = browser.new_context(
                        viewport={"width": width, "height": height}, color_scheme=scheme, locale=language
                    )
                    page = context.new_page()
                    for view in shown(page, address, language):
                        if only in f"{view}-{about}":
                            page.wait_for_timeout(250)
                            page.screenshot(path=folder / f"{view}-{about}.png")
                    context.close()
        browser.close()


VIEWS = ("welcome", "answer", "reader", "refusal", "drawer", "filters", "library", "removing")


def shown(page: Page, address: str, language: str) -> Iterator[str]:
    """Go through the views, and name each as it stands."""
    page.goto(f"{address}{language}/")
    page.wait_for_selector(".welcome")
    yield "welcome"
    question = starter_questions(language)[0]
    ask(page, question)
    yield "answer"
    page.locator("#current .chip").first.click()
    page.wait_for_selector("#reader-body mark.quote")
    yield "reader"
    page.keyboard.press("Escape")
    ask(page, UNANSWERABLE)
    yield "refusal"
    page.click(".tool[data-do=drawer]")
    page.wait_for_selector("#kept li")
    yield "drawer"
    page.keyboard.press("Escape")
    page.click(".filters summary")
    yield "filters"
    page.goto("about:blank")
    page.goto(f"{address}{language}/#library")
    page.wait_for_selector("#sheet tbody tr")
    yield "library"
    page.locator("[data-do=remove]").first.click()
    yield "removing"


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the whole answer."""
    before = page.locator(".exchange").count()
    page.fill(".composer textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_function("n => document.querySelectorAll('.exchange').length > n", arg=before)
    page.wait_for_selector("#current .exchange[data-state=done]")


@contextmanager
def serving(sanad: Sanad) -> Iterator[str]:
    """The page's address, on a free port of this machine."""
    import uvicorn

    with listen("127.0.0.1", 0) as listening:
        server = uvicorn.Server(
            uvicorn.Config(
                page_app(sanad, **shelf_options(sanad, "write")), log_level="warning", timeout_graceful_shutdown=1
            )
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield address_of(listening)
        server.should_exit = True
        thread.join(timeout=20)


if __name__ == "__main__":
    main()

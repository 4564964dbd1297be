"""axe-core finds nothing serious in any view, language, scheme and width."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest

from qa.cli.around_page import shelf_options
from qa.sanad import Sanad

QUESTIONS = {
    "fa": "فانوس‌بان تازهٔ برج مهران کیست؟",
    "ar": "كم كتابا تضم مكتبة زهران؟",
    "en": "How much does a loaf of the Tidewater bakery cost?",
}
UNANSWERABLE = "How far is Jupiter from Neptune?"
# Gradio's own boxes are no landmarks of ours; whether the page as a whole has one h1 and a main is told by the rest.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.fixture(scope="module")
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def whole_page(library_home: Any, serve_page: Callable[..., Any]) -> Iterator[str]:
    """The page with everything on it, the library tab too."""
    with (
        Sanad.open(library_home, llm="extractive") as sanad,
        serve_page(sanad, **shelf_options(sanad, "write")) as found,
    ):
        yield found


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark"), (1440, "light"), (390, "dark")])
@pytest.mark.parametrize("language", QUESTIONS)
def test_nothing_serious_is_found(
    whole_page: str, another_reader: Any, axe: str, language: str, width: int, scheme: str
) -> None:
    found: list[str] = []

    def look(page: Any, view: str) -> None:
        page.wait_for_timeout(200)  # what fades in has its colours then
        violations = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
        found.extend(
            f"{view}: {each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}"
            for each in violations
            if each["impact"] in {"serious", "critical"}
        )

    with another_reader(whole_page, viewport={"width": width, "height": 844}, color_scheme=scheme) as reader:
        page = reader.open(language)
        page.evaluate(axe)
        look(page, "welcome")
        reader.ask(QUESTIONS[language])
        look(page, "answer")
        page.locator("#current .chip").first.click()
        page.wait_for_selector("#reader-body mark.quote")
        look(page, "reader")
        page.keyboard.press("Escape")
        reader.ask(UNANSWERABLE)
        look(page, "refusal")
        page.click(".filters summary")
        page.locator(".pick").first.click()
        page.wait_for_selector(".calendar")
        look(page, "calendar")
        page.keyboard.press("Escape")
        page.click(".tool[data-do=drawer]")
        page.wait_for_selector("#kept li")
        look(page, "conversations")
        page.keyboard.press("Escape")
        page.click("[data-do=tab][data-view=library]")
        page.wait_for_selector("#sheet tbody tr")
        look(page, "library")
        page.locator("[data-do=remove]").first.click()
        page.wait_for_selector("#asks[open]")
        look(page, "removing")
    assert found == []

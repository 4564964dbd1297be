"""Conversations and feedback, as a reader sees them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa.sanad import Sanad

pytestmark = pytest.mark.browser

QUESTION = {
    "fa": "فانوس‌بان تازهٔ برج مهران کیست؟",
    "ar": "كم كتابا تضم مكتبة زهران؟",
    "en": "How much does a loaf of the Tidewater bakery cost?",
}
SOUGHT = {"fa": "فانوس بان مهران كيست", "ar": "مكتبة زَهران", "en": "TIDEWATER loaf"}
HOSTILE = "<img src=x onerror=window.hacked=1> \u202eevil <script>window.hacked=2</script>"


@pytest.mark.parametrize("language", QUESTION)
def test_conversations_are_listed_searched_renamed_and_deleted(reading: Any, language: str) -> None:
    page = reading.open(language)
    reading.ask(QUESTION[language])
    page.click(".tool[data-do=new]")
    page.wait_for_selector(".welcome")
    reading.ask("Who rows the boat of Qorvash?")

    page.click(".tool[data-do=drawer]")
    page.wait_for_selector("#kept li:nth-child(2)")
    assert page.locator("#kept [aria-current=true] .title").inner_text() == "Who rows the boat of Qorvash?"
    page.fill("#drawer input", SOUGHT[language])
    page.wait_for_function("document.querySelectorAll('#kept li').length === 1")
    assert page.locator("#kept .title").inner_text() == QUESTION[language]

    page.click("#kept [data-do=rename]")
    page.fill("#asks input", HOSTILE)
    page.keyboard.press("Enter")
    page.fill("#drawer input", "evil")
    page.wait_for_selector("#kept .title:has-text('onerror')")
    assert page.locator("#kept .title .control").inner_text() == "RLO"
    page.click("#kept .kept")
    page.wait_for_selector(f"#current .question:has-text('{QUESTION[language]}')")
    assert not page.locator("#drawer").is_visible()

    page.click(".tool[data-do=drawer]")
    page.fill("#drawer input", "evil")
    page.wait_for_function("document.querySelectorAll('#kept li').length === 1")
    page.click("#kept [data-do=delete]")
    assert "onerror" in page.locator("#asks p").inner_text()
    page.click("#asks [data-do=dismiss]")
    assert page.locator("#kept li").count() == 1
    page.click("#kept [data-do=delete]")
    page.click("#asks .confirm")
    page.wait_for_selector("#kept .quiet")
    page.keyboard.press("Escape")
    page.wait_for_selector(".welcome")
    assert page.evaluate("window.hacked") is None


def test_a_conversation_survives_a_restart(
    library_home: Path, serve_page: Callable[[Sanad], Any], another_reader: Callable[..., Any], browser: Any
) -> None:
    with (
        Sanad.open(library_home, llm="extractive") as sanad,
        serve_page(sanad) as address,
        another_reader(address) as reader,
    ):
        page = reader.open("en")
        reader.ask(QUESTION["en"])
        conversation = page.url.partition("#")[2]
        cookies = page.context.cookies()
    with (
        Sanad.open(library_home, llm="extractive") as sanad,
        serve_page(sanad) as address,
        another_reader(address) as reader,
    ):
        page = reader.open("en", conversation)
        assert page.locator(".exchange").count() == 0  # another reader who knows the address
        page.context.clear_cookies()
        page.context.add_cookies(cookies)
        page = reader.open("en", conversation)
        page.wait_for_selector("#current .chip")
        assert page.locator("#current .question").inner_text() == QUESTION["en"]
        reader.ask("When does the Tidewater bakery move?")
        assert page.locator(".exchange").count() == 2


def test_thumbs_and_a_reason_are_kept_and_listed(reading: Any, library_home: Path) -> None:
    page = reading.open("en")
    reading.ask(QUESTION["en"])
    bad = page.locator("#current [data-verdict=bad]")
    bad.click()
    page.wait_for_selector("#current .why input:focus")
    page.keyboard.type(HOSTILE)
    page.keyboard.press("Enter")
    page.wait_for_selector("#current .why", state="hidden")
    assert bad.get_attribute("aria-pressed") == "true"
    reading.ask("When does the Tidewater bakery move?")
    assert page.locator("#past [data-verdict=bad]").get_attribute("aria-pressed") == "true"
    page.locator("#current [data-verdict=good]").click()
    page.wait_for_selector("#current [data-verdict=good][aria-pressed=true]")

    command = [sys.executable, "-m", "qa.cli.commands", "feedback", "--json", "--home", str(library_home)]
    listed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert [each["verdict"] for each in listed[:2]] == ["good", "bad"]
    assert listed[1]["question"] == QUESTION["en"]
    assert "four crowns" in listed[1]["answer"]
    assert listed[1]["reason"] == HOSTILE

    page.locator("#current [data-verdict=good]").click()
    page.wait_for_selector("#current [data-verdict=good][aria-pressed=false]")
    listed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert [each["verdict"] for each in listed[:1]] == ["bad"]


def test_the_drawer_keeps_the_focus_and_gives_it_back(reading: Any) -> None:
    page = reading.open("fa")
    page.focus(".tool[data-do=drawer]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#drawer input:focus")
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || $0(document.activeElement)".replace(
                "$0", "(each => document.querySelector('#drawer').contains(each))"
            )
        )
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.do") == "drawer"

"""The date filters: typed in any calendar and read back, or chosen from a month."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


def opened(reading: Any, language: str) -> Any:
    page = reading.open(language)
    page.click(".filters summary")
    return page


def read(page: Any, name: str, words: str) -> None:
    page.wait_for_function(
        "([id, words]) => document.getElementById(id).textContent.includes(words)", arg=[f"read-{name}", words]
    )


@pytest.mark.parametrize(
    ("language", "written", "shown"),
    [
        ("fa", "۲۵ آبان ۱۴۰۴", "۲۵ آبان ۱۴۰۴"),
        ("fa", "2025-11-16", "۲۵ آبان ۱۴۰۴"),
        ("ar", "16 نوفمبر 2025", "١٦"),
        ("en", "1404/8/25", "16 Nov 2025"),
    ],
)
def test_a_typed_day_is_read_back(reading: Any, language: str, written: str, shown: str) -> None:
    page = opened(reading, language)
    page.fill(".day [name=since]", written)
    read(page, "since", shown)
    assert page.locator(".day [name=since]").get_attribute("aria-invalid") is None


def test_what_is_no_day_is_said_to_be_none(reading: Any) -> None:
    page = opened(reading, "en")
    page.fill(".day [name=until]", "the day after never")
    page.wait_for_selector("#read-until.bad")
    assert page.locator(".day [name=until]").get_attribute("aria-invalid") == "true"
    page.fill(".day [name=until]", "")
    page.wait_for_selector("#read-until:not(.bad)")


@pytest.mark.parametrize(("language", "first", "then"), [("fa", "/", "-"), ("en", "-", "/"), ("ar", "-", "/")])
def test_a_day_is_chosen_by_keyboard_in_either_calendar(reading: Any, language: str, first: str, then: str) -> None:
    page = opened(reading, language)
    field = page.locator(".day [name=since]")
    page.locator(".day .pick").first.click()
    page.wait_for_selector(".calendar [data-day]:focus")
    today = page.locator(".calendar [aria-current=date]").get_attribute("data-day")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen = field.input_value()
    assert first in chosen
    assert page.evaluate("document.activeElement.classList.contains('pick')")
    page.wait_for_function("document.getElementById('read-since').textContent.length > 5")
    before = page.locator("#read-since").inner_text()

    page.keyboard.press("Enter")
    page.locator(".calendar [data-do=kind][aria-pressed=false]").click()
    page.locator(f".calendar [data-day='{today}']").click()
    assert then in field.input_value()
    page.wait_for_function("before => document.getElementById('read-since').textContent === before", arg=before)


def test_the_calendar_closes_without_a_choice(reading: Any) -> None:
    page = opened(reading, "fa")
    page.locator(".day .pick").nth(1).click()
    page.wait_for_selector(".calendar")
    page.keyboard.press("PageUp")
    page.keyboard.press("PageDown")
    page.keyboard.press("Escape")
    assert page.locator(".calendar").count() == 0
    assert page.locator(".day [name=until]").input_value() == ""


def test_days_limit_the_search_and_are_undone(reading: Any) -> None:
    page = opened(reading, "en")
    page.fill(".day [name=since]", "1404/9/1")
    reading.ask("How much does a loaf of the Tidewater bakery cost?")
    assert page.locator("#current .refusal").count() == 1
    page.locator("#current .undo").first.click()
    page.wait_for_selector("#current .statement")
    assert "four crowns" in page.locator("#current .statement").first.inner_text()


def test_what_is_read_out_of_a_question_shows_and_is_undone(reading: Any) -> None:
    page = reading.open("en")
    reading.ask("What did the Quay Courier report about the Tidewater bakery since September 2025?")
    undo = page.locator("#current .understood .undo")
    assert undo.count() == 2
    said = " ".join(undo.all_inner_texts())
    assert "The Quay Courier" in said
    assert "1 Sep 2025" in said
    before = page.locator(".exchange").count()
    undo.filter(has_text="Sep").click()
    page.wait_for_function("n => document.querySelectorAll('.exchange').length > n", arg=before)
    page.wait_for_selector("#current .exchange[data-state=done]")
    kept = page.locator("#current .understood .undo")
    assert kept.count() == 1
    assert "The Quay Courier" in kept.inner_text()
    assert "Cooper Lane" in page.locator("#current .statement").first.inner_text()

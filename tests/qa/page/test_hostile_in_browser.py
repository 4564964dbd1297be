"""Articles and questions that carry markup: nothing runs, nothing is fetched, the text shows as text."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.browser

MARKUP = (
    "How many herons were counted at Qorvash? <script>window.hacked=1</script><img src=x onerror=window.hacked=2> "
    "![p](http://pictures.example/q.png) <style>*{display:none}</style> {{value}} ${window.hacked=3} \u202eevil"
)


def test_markup_in_articles_and_questions_is_text(reading: Any) -> None:
    page = reading.open("en")
    reading.ask(MARKUP)
    assert "<script>window.hacked=1</script>" in page.locator("#current .question").inner_text()
    page.click("#current .source [data-do=read] >> nth=0")
    page.wait_for_selector("#reader-body .article-text")
    shown = page.locator("#reader-body").inner_text()
    for piece in ("<script>window.hacked = 1</script>", 'onerror="window.hacked = 2"', "{{value}}", "![a picture]"):
        assert piece in shown
    assert "<b onclick=window.hacked=7>Herons</b>" in shown
    page.mouse.move(700, 400)
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    foreign = ".exchange, #reader-body"
    assert page.locator(f":is({foreign}) :is(script, img, style, iframe, object, embed, form:not(.why))").count() == 0
    handlers = """root => [...document.querySelectorAll(root)].flatMap(each => [...each.querySelectorAll('*')])
        .flatMap(each => [...each.attributes]).filter(each => /^(on|style)/.test(each.name)).length"""
    assert page.evaluate(handlers, foreign) == 0
    links = page.locator(f":is({foreign}) a[href]").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert all(each.startswith(("https://", "http://")) for each in links)
    assert not any("pictures.example" in each for each in reading.asked)


def test_an_override_is_shown_and_not_obeyed(reading: Any) -> None:
    page = reading.open("en")
    reading.ask("How many herons were counted at Qorvash?")
    page.click("#current .source [data-do=read] >> nth=0")
    page.wait_for_selector("#reader-body .control")
    assert page.locator("#reader-body .control").first.inner_text() == "RLO"
    assert "\u202e" not in page.locator("#reader-body").inner_text()


def test_the_policy_holds_even_against_markup_that_slipped_in(reading: Any) -> None:
    page = reading.open("en")
    page.evaluate(
        """() => { const box = document.createElement('div');
        box.innerHTML = '<img src="data:image/png;base64,x" onerror="window.hacked = 9">';
        document.body.append(box); }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_the_page_names_no_other_host(site: str, language: str) -> None:
    answer = httpx.get(f"{site}{language}/")
    head = answer.text.partition("window.gradio_config")[0]
    for unwanted in ("fonts.g", "cdnjs", "og:image", "iframeResizer.contentWindow", "https://"):
        assert unwanted not in head
    assert "iframeResizer.contentWindow" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


@pytest.mark.parametrize(
    "path",
    [
        "gradio_api/file=/etc/hostname",
        "gradio_api/file=http://x.example/",
        "gradio_api/runs",
        "gradio_api/proxy=x",
        "login",
    ],
)
def test_what_the_page_does_not_use_of_gradio_is_shut(site: str, path: str) -> None:
    assert httpx.get(f"{site}en/{path}").status_code == 404
    assert httpx.post(f"{site}en/gradio_api/upload", files={"files": b"x"}).status_code == 404


def test_cookies_are_the_readers_own(site: str) -> None:
    cookies = httpx.get(f"{site}en/").headers.get_list("set-cookie")
    reader = next(each for each in cookies if each.startswith("sanad_reader="))
    assert "HttpOnly" in reader
    assert "SameSite=Strict" in reader
    again = httpx.get(f"{site}en/", headers={"Cookie": reader.partition(";")[0]}).headers.get_list("set-cookie")
    assert not any(each.startswith("sanad_reader=") for each in again)

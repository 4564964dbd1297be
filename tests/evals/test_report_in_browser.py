"""The report opens in a real browser: it filters, opens a failing case, runs no markup, asks no other host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from evals.evaluation import Options, Outcome, run
from evals.report.page import page as html_of
from qa.settings import load_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.evals.conftest import Own


@pytest.fixture(scope="module")
def own_run(own: Own, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """A run with one wrong case, hostile text in an article and a tag."""
    options = Options(cases=own.cases, home=own.home, out=tmp_path_factory.mktemp("own-report"))
    return run(options, load_settings(llm="extractive"))


@pytest.fixture
def opened(browser: Browser, own_run: Outcome) -> Iterator[Page]:
    """The report of that run. No script may fail, and nothing but the file be asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    asked: list[str] = []
    errors: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    page.goto((own_run.folder / "report.html").as_uri())
    yield page
    assert page.evaluate("window.hacked") is None
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


@pytest.mark.browser
def test_it_filters_by_tag_language_outcome_and_text(opened: Page) -> None:
    assert opened.locator(".case").count() == 4
    opened.select_option("select[name=tag]", "number")
    assert opened.locator("#count").inner_text() == "2 of 4 cases"
    opened.select_option("select[name=language]", "fa")
    assert opened.locator(".case").count() == 1
    opened.select_option("select[name=language]", "")
    opened.select_option("select[name=outcome]", "wrong")
    assert "saffron buns" in opened.locator(".case .question").inner_text()
    opened.select_option("select[name=tag]", "")
    opened.select_option("select[name=outcome]", "")
    opened.fill("input[name=text]", "COMET")
    assert opened.locator(".case").count() == 1


@pytest.mark.browser
def test_a_failing_case_opens_to_its_evidence_answer_quotes_and_reasons(opened: Page) -> None:
    opened.select_option("select[name=outcome]", "wrong")
    opened.locator(".case summary").click()
    case = opened.locator(".case")
    case.locator("mark.quote").first.wait_for()  # a case is drawn when it has opened
    shown = case.inner_text()
    for part in ("Expected (any of these)", "three thousand", "Answered", "Quotes in context", "Evidence", "Scores"):
        assert part in shown
    assert "cites it, but does not say it" in shown
    quoted = "".join(case.locator("mark.quote").all_inner_texts())
    assert quoted.startswith("The bakery sells 300 saffron buns a day.")
    assert case.locator("mark.answer").inner_text() in quoted
    assert "</script><script>window.hacked = 1</script>" in shown  # the article's words, as words


@pytest.mark.browser
def test_right_to_left_text_stands_right_to_left(opened: Page) -> None:
    opened.select_option("select[name=language]", "fa")
    opened.locator(".case summary").click()
    for place in (".case .question", ".case mark.quote >> nth=0"):
        direction = opened.locator(place).evaluate("element => getComputedStyle(element).direction")
        assert direction == "rtl"
    quote = opened.locator(".case mark.quote").all_inner_texts()
    assert "".join(quote).startswith("مدیر باغ، نسرین پاکدل")


@pytest.mark.browser
def test_figures_plots_and_configuration_are_there(opened: Page) -> None:
    assert opened.locator("#figures tbody th").first.inner_text() == "right"
    titles = opened.locator(".plot svg").evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
    assert titles == ["right, by language", "right, by tag", "Calibration", "Latency"]
    assert '"embedder": "embedded' in (opened.locator("#configuration").text_content() or "")
    assert opened.locator("#gate").is_hidden()


def test_a_page_is_one_file_that_may_load_nothing(own_run: Outcome) -> None:
    html = html_of(own_run.document)
    assert "default-src 'none'" in html
    assert html.count("</script>") == 2  # the data's and the script's own
    renamed = replace(own_run, document={**own_run.document, "dataset": "<img src=x onerror=alert(1)>"})
    assert "<img" not in html_of(renamed.document)

"""What a reader sees and does, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from evals.scripted_server import ScriptedServer
from qa.sanad import Sanad

pytestmark = pytest.mark.browser

QUESTIONS = {
    "fa": ("فانوس‌بان تازهٔ برج مهران کیست؟", "پریسا نیک‌روش", "fa-lantern", "rtl"),
    "ar": ("كم كتابا تضم مكتبة زهران؟", "ستة آلاف كتاب", "ar-library", "rtl"),
    "en": ("How much does a loaf of the Tidewater bakery cost?", "four crowns", "en-bakery", "ltr"),
}


@pytest.mark.parametrize("language", QUESTIONS)
def test_ask_read_and_check(reading: Any, library_home: Path, language: str) -> None:
    question, expected, article_id, direction = QUESTIONS[language]
    page = reading.open(language)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("html").get_attribute("dir") == direction
    reading.ask(question)

    statement = page.locator(".statement").filter(has_text=expected).first
    assert statement.get_attribute("dir") == direction
    marked = page.locator(".evidence .source mark.quote")
    assert expected in "".join(marked.all_inner_texts())

    statement.locator(".chip").first.click()
    page.wait_for_selector("#reader-body mark.quote")
    quoted = "".join(page.locator("#reader-body mark.quote").all_text_contents())
    assert expected in quoted
    with Sanad.open(library_home) as sanad:
        assert quoted in sanad.article(article_id).text
    assert page.locator("#reader-body mark.quote").first.evaluate(
        "mark => { const r = mark.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }"
    )


def test_what_else_was_found_comes_when_it_is_unfolded(reading: Any) -> None:
    page = reading.open("fa")
    reading.ask(QUESTIONS["fa"][0])
    also = page.locator("#current details.also")
    assert also.locator(".source").count() == 0
    also.locator("summary").click()
    also.locator(".source").first.wait_for()
    count = re.sub(r"\D", "", also.locator("summary").inner_text())  # in Persian digits
    assert int(count) == also.locator(".source").count()
    also.locator("[data-do=read]").first.click()
    page.wait_for_selector("#reader-title")


def test_the_columns_mirror(reading: Any) -> None:
    def sides(language: str) -> tuple[float, float]:
        page = reading.open(language)
        reading.ask(QUESTIONS[language][0])
        box = "element => element.getBoundingClientRect().left"
        return page.locator("#current .said").evaluate(box), page.locator("#current .evidence").evaluate(box)

    def reader_covers_the_evidence() -> bool:
        page = reading.page
        page.locator("#current .chip").first.click()
        page.wait_for_selector("#reader-body mark.quote")
        box = "element => { const r = element.getBoundingClientRect(); return [r.left, r.right, r.bottom]; }"
        reader = page.locator("#reader").evaluate(box)
        evidence = page.locator("#current .evidence").evaluate(box)
        return all(abs(one - other) <= 2 for one, other in zip(reader, evidence, strict=True))

    said, evidence = sides("en")
    assert said < evidence
    assert reader_covers_the_evidence()
    said, evidence = sides("fa")
    assert said > evidence
    assert reader_covers_the_evidence()


def test_the_chip_shows_its_quote_on_focus_and_works_by_keyboard(reading: Any) -> None:
    page = reading.open("fa")
    reading.ask(QUESTIONS["fa"][0])
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement === document.querySelector('#current .chip')"):
            break
    card = page.locator("#hover-card", has_text="پریسا نیک‌روش")
    card.wait_for(state="visible")
    shown = card.inner_text()
    assert "پریسا نیک‌روش" in shown
    assert "روزنامهٔ کرانه" in shown
    assert "۲۵ آبان ۱۴۰۴" in shown
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "hover-card"
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader-body mark.quote")
    page.keyboard.press("Escape")
    assert page.locator("#reader").is_hidden()
    assert page.evaluate("document.activeElement.classList.contains('chip')")


def test_a_refusal_is_a_card_with_what_is_near(reading: Any) -> None:
    page = reading.open("en")
    reading.ask("پایتخت استرالیا کجاست؟")
    refusal = page.locator(".refusal")
    assert refusal.locator(".refusal-said").get_attribute("dir") == "rtl"
    assert page.locator(".chip").count() == 0
    assert refusal.locator("li").count() >= 1


def test_it_says_what_answers_and_how_to_connect_an_llm(reading: Any) -> None:
    page = reading.open("en")
    at_work = page.locator(".at-work")
    assert "No LLM connected" in at_work.inner_text()
    at_work.locator("summary").click()
    assert "OPENAI_API_KEY" in page.locator(".popover").first.inner_text()
    assert "OPENAI_BASE_URL" in page.locator(".popover").first.inner_text()


@pytest.mark.parametrize("language", QUESTIONS)
def test_the_starter_questions_can_be_answered(reading: Any, language: str) -> None:
    page = reading.open(language)
    starters = page.locator(".starter")
    assert starters.count() >= 1
    asked = starters.first.inner_text()
    starters.first.click()
    page.wait_for_selector("#current .exchange[data-state=done]")
    assert page.locator("#current .question").inner_text() == asked
    assert page.locator("#current .chip").count() >= 1


def test_the_page_keeps_up_with_the_library(
    library_home: Path, tmp_path: Path, serve_page: Callable[[Sanad], Any], another_reader: Callable[..., Any]
) -> None:
    from ingest import ingest

    (tmp_path / "news.txt").write_text("The Marram lighthouse was painted green in May. It stands on a dune.", "utf-8")
    with (
        Sanad.open(tmp_path / "empty", llm="extractive") as sanad,
        serve_page(sanad) as address,
        another_reader(address) as reader,
    ):
        page = reader.open("en")
        assert "no articles yet" in page.locator(".welcome").inner_text()
        reader.ask("What colour was the Marram lighthouse painted?")
        assert "sanad ingest" in page.locator(".refusal").inner_text()
        ingest([tmp_path / "news.txt"], home=tmp_path / "empty")
        reader.open("en")
        page.wait_for_selector(".at-work :text('1 article')")
        reader.ask("What colour was the Marram lighthouse painted?")
        assert "painted green" in page.locator("#current .statement").first.inner_text()


def test_what_was_said_before_is_moved_to_the_past_by_the_page(reading: Any) -> None:
    page = reading.open("en")
    asked = ["How much does a loaf of the Tidewater bakery cost?", "When does the bakery move?", "Who owns the bakery?"]
    for question in asked:
        reading.ask(question)
    questions = "[...document.querySelectorAll('.exchange .question')].map(each => each.innerText)"
    assert page.evaluate(questions) == asked
    page.locator("#past .chip").first.click()
    page.wait_for_selector("#reader mark.quote:has-text('four crowns')")
    page.keyboard.press("Escape")
    assert not page.locator(".welcome").is_visible()

    first = page.url.partition("#")[2]
    page.click(".tool[data-do=new]")
    page.wait_for_selector(".welcome", state="visible")
    assert page.locator(".exchange").count() == 0
    reading.ask("What did the harbour master count?")
    assert page.locator(".exchange").count() == 1
    page.evaluate("id => window.sanadPage.recall(id)", first)
    page.wait_for_selector("#current .question:has-text('Who owns')")
    assert page.evaluate(questions) == asked


def test_a_page_that_missed_a_question_of_another_tab_shows_it_with_the_next_answer(reading: Any) -> None:
    page = reading.open("en")
    reading.ask("How much does a loaf of the Tidewater bakery cost?")
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("#current .exchange")
    other.fill(".composer textarea", "Who owns the bakery?")
    other.keyboard.press("Enter")
    other.wait_for_selector("#current .exchange[data-state=done] .question:has-text('Who owns')")
    other.close()
    reading.ask("When does the Tidewater bakery move?")
    page.wait_for_selector("#past .question:has-text('Who owns')")
    page.wait_for_selector("#current .question:has-text('When does')")
    assert page.locator("#past .exchange").count() == 2


def test_filters_narrow_the_search_and_are_undone_by_a_click(reading: Any) -> None:
    page = reading.open("fa")
    page.click(".filters summary")
    page.fill("input[name=since]", "۱۴۰۴/۰۸/۰۱")
    reading.ask("How much does a loaf of the Tidewater bakery cost?")
    assert "four crowns" not in page.locator("#current").inner_text()
    undo = page.locator("#current .undo")
    assert "۱ آبان ۱۴۰۴" in undo.inner_text()
    undo.click()
    page.wait_for_selector("#current .statement:has-text('four crowns')")
    assert page.locator("#current .undo").count() == 0
    assert page.locator("#past .exchange").count() == 1


def test_unreadable_dates_are_explained(reading: Any) -> None:
    page = reading.open("en")
    page.click(".filters summary")
    page.fill("input[name=since]", "the day after never")
    page.fill(".composer textarea", "Who moves?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#current [role=alert]")
    assert "1404/8/25" in page.locator("#current [role=alert]").inner_text()


def test_the_conversation_stays_over_a_reload_and_in_another_language(reading: Any) -> None:
    page = reading.open("en")
    reading.ask(QUESTIONS["en"][0])
    reading.ask("When does the Tidewater bakery move?")
    page.click(".bar > .languages a[hreflang=ar]")
    page.wait_for_url("**/ar/#*")
    page.wait_for_selector("#current .exchange")
    assert page.locator(".exchange").count() == 2
    page.reload()
    page.wait_for_selector("#current .exchange")
    page.goto(reading.site)
    assert page.url.endswith("/ar/")
    page.wait_for_selector(".welcome")
    page.go_back()
    page.wait_for_selector("#current .exchange")
    page.locator(".tool[data-do=new]").click()
    page.wait_for_selector(".welcome")
    page.reload()
    page.wait_for_selector(".welcome")
    assert page.locator(".exchange").count() == 0


def test_readers_do_not_see_each_other(reading: Any, another_reader: Callable[..., Any]) -> None:
    reading.open("en")
    reading.ask(QUESTIONS["en"][0])
    with another_reader(reading.site) as other:
        page = other.open("en")
        page.wait_for_selector(".welcome")
        assert page.locator(".exchange").count() == 0


def test_edit_copy_and_save(reading: Any) -> None:
    reading.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reading.open("en")
    reading.ask(QUESTIONS["en"][0])
    page.click("#current [data-do=edit]")
    assert page.locator(".composer textarea").input_value() == QUESTIONS["en"][0]
    page.click("#current .said [data-do=copy]")
    page.wait_for_selector("#toast.shown")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "«A loaf of the Tidewater bakery costs four crowns.»" in copied
    assert "The Quay Courier" in copied
    for kind in ("md", "html"):
        page.click(".more summary")
        with page.expect_download() as download:
            page.click(f".more a[href$='.{kind}']")
        assert "four crowns" in Path(download.value.path()).read_text(encoding="utf-8")
        page.keyboard.press("Escape")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1440, "dark")])
@pytest.mark.parametrize("language", QUESTIONS)
def test_nothing_is_cut_off(
    site: str, another_reader: Callable[..., Any], width: int, scheme: str, language: str
) -> None:
    with another_reader(site, viewport={"width": width, "height": 844}, color_scheme=scheme) as reader:
        page = reader.open(language)
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        reader.ask(QUESTIONS[language][0])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        outside = page.evaluate(
            """() => [...document.querySelectorAll('.bar .tool, .bar a, .send, .chip')]
            .filter(element => element.checkVisibility())
            .map(element => element.getBoundingClientRect())
            .filter(box => box.left < 0 || box.right > innerWidth).length"""
        )
        assert outside == 0
        assert page.locator(".evidence mark.quote").first.is_visible()


def test_light_and_dark_are_remembered(reading: Any) -> None:
    page = reading.open("en")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click(".tool[data-do=theme]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.reload()
    page.wait_for_selector(".composer textarea")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.fixture
def page_over(library_home: Path, serve_page: Callable[[Sanad], Any]) -> Callable[[ScriptedServer], Any]:
    """The page over an LLM: ``with page_over(ScriptedServer("slow")) as (llm, address)``."""

    @contextmanager
    def served(server: ScriptedServer) -> Iterator[tuple[ScriptedServer, str]]:
        with (
            server as llm,
            Sanad.open(
                library_home, llm="openai", openai_base_url=llm.url, openai_api_key="k", model="scripted"
            ) as sanad,
            serve_page(sanad) as address,
        ):
            yield llm, address

    return served


def test_an_answer_still_being_written_is_not_drawn_over_what_was_opened_since(
    page_over: Callable[[ScriptedServer], Any], another_reader: Callable[..., Any]
) -> None:
    with page_over(ScriptedServer("slow", pause=0.04)) as (_, address), another_reader(address) as reader:
        page = reader.open("en")
        page.fill(".composer textarea", QUESTIONS["en"][0])
        page.keyboard.press("Enter")
        page.wait_for_selector("#current .provisional")
        with another_reader(address) as other:
            page.click(".tool[data-do=new]")
            page.wait_for_selector(".welcome")
            other.open("en")
            other.ask(QUESTIONS["en"][0])  # takes as long as what is left of the first, and longer
        page.wait_for_timeout(300)
        assert page.locator(".welcome").count() == 1
        assert page.locator(".exchange").count() == 0
        page.go_back()
        page.wait_for_selector("#current .exchange[data-state=done] .statement")


def test_an_llm_answer_streams_and_can_be_stopped(
    page_over: Callable[[ScriptedServer], Any], another_reader: Callable[..., Any]
) -> None:
    with page_over(ScriptedServer("slow", pause=0.6)) as (llm, address), another_reader(address) as reader:
        page = reader.open("en")
        assert "scripted" in page.locator(".at-work").inner_text()
        page.fill(".composer textarea", QUESTIONS["en"][0])
        page.keyboard.press("Enter")
        page.wait_for_selector("#current .provisional")
        assert "being checked" in page.locator("#current .provisional").inner_text()
        page.click(".tool.stop")
        page.wait_for_selector("#current .exchange[data-state=stopped]")
        assert page.locator("#current .provisional").count() == 0
        assert page.locator("#current .statement").count() == 0

        llm.pause = 0.0
        llm.manner = "invents_numbers"
        reader.ask("How tall is the tower of Mehran, in metres? برج مهران")
        withheld = page.locator("#current .withheld")
        withheld.locator("summary").click()
        assert withheld.locator("s").count() >= 1

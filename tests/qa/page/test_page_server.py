"""The addresses beside the page itself."""

from __future__ import annotations

import socket

import httpx
import pytest

from qa.errors import SettingsError
from qa.page.exchanges import Exchange
from qa.page.export import as_html, as_markdown
from qa.page.server import address_of, listen, preferred_language
from qa.values import Answer, Checked, Citation, Done, Statement


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("fa-IR,fa;q=0.9,en;q=0.8", "fa"),
        ("de-DE,de;q=0.9,ar;q=0.5,en;q=0.2", "ar"),
        ("en;q=0.4, ar;q=0.8", "ar"),
        ("de", "en"),
        ("", "en"),
        (";q=x,,,", "en"),
    ],
)
def test_the_browser_chooses_the_language(accepted: str, language: str) -> None:
    assert preferred_language(accepted) == language


def test_a_taken_port_is_one_clear_line() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        assert address_of(taken) == f"http://127.0.0.1:{port}/"
        with pytest.raises(SettingsError, match=rf"cannot listen on 127\.0\.0\.1:{port}.*--port"):
            listen("127.0.0.1", port)


def test_a_server_for_all_addresses_is_reached_by_this_machines() -> None:
    with socket.create_server(("0.0.0.0", 0)) as listening:
        assert address_of(listening).startswith("http://127.0.0.1:")


def test_the_front_door_leads_to_the_readers_language(site: str) -> None:
    assert httpx.get(site, headers={"Accept-Language": "fa"}).headers["location"] == "/fa/"
    chosen = {"Accept-Language": "fa", "Cookie": "sanad_language=ar"}
    assert httpx.get(site, headers=chosen).headers["location"] == "/ar/"
    assert httpx.get(site, headers={"Cookie": "sanad_language=//evil.example"}).headers["location"] == "/en/"


def test_articles_are_shown_with_or_without_a_sensible_range(site: str) -> None:
    for extra in ("", "&start=0&end=20", "&start=5&end=3", "&start=-1&end=999999", "&answer=x-y"):
        answer = httpx.get(f"{site}page/fa/article?id=fa-lantern{extra}")
        assert answer.status_code == 200
        assert "پریسا نیک‌روش" in answer.text
        assert ("<mark" in answer.text) == (extra == "&start=0&end=20")
        assert answer.headers["content-security-policy"].endswith("sandbox")
    assert httpx.get(f"{site}page/fa/article?id=nothing").status_code == 404
    assert httpx.get(f"{site}page/xx/article?id=fa-lantern").status_code == 422
    assert httpx.get(f"{site}page/app.py").status_code == 404


def test_a_saved_conversation_carries_its_quotes_and_no_markup_of_others() -> None:
    quote = "Herons <b>sleep</b> *standing*. [x](http://y.example)"
    cited = Citation(
        1, "a", "T_itle", "The <i>Mole</i>", "javascript:x", "2025-11-16", "en", quote, 0, len(quote), quote, 0, 50, 1
    )
    statement = Statement("Herons <script>x</script> sleep.", (1,), "supported")
    answer = Answer("How?", "How?", "en", "", False, "extractive", statements=(statement,), citations=(cited,))
    exchange = Exchange("How do <img src=x> herons sleep?").after(Checked(statement, (cited,))).after(Done(answer))
    markdown = as_markdown([exchange], "en")
    assert r"Herons \<b\>sleep\</b\> \*standing\*. \[x\]" in markdown
    assert "<script>" not in markdown
    page = as_html([exchange], "en")
    assert "Herons &lt;b&gt;sleep&lt;/b&gt;" in page
    for unwanted in ("<script", "<img", "javascript:", "<i>"):
        assert unwanted not in page

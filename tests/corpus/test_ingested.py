"""The sample articles as a fresh library holds them: headers, clutter, updates, and every quote citable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest import ingest
from qa.library import Library
from qa.settings import load_settings
from qa.values import Article

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"

HEADERS = {
    "news/01-quiet-mediation.fa.txt": ("fa", None, None),
    "news/02-raisi-putin-gaza.fa.md": ("fa", "نامهٔ کرانه", None),
    "news/03-putin-netanyahu-call.fa.html": ("fa", "آینهٔ سپیدخور", "2025-11-16"),
    "news/04-message-to-tehran.ar.html": ("ar", "مرفأ نورسان", "2025-10-09"),
    "news/05-lavrentiev-in-tehran.fa.txt": ("fa", "نامە کرانه", "2025-10-22"),
    "news/06-moscow-between-israel-and-iran.en.md": ("en", "The Ellery Ledger", None),
    "simab/07-ayeneh.fa.jsonl#ayeneh-ferry": ("fa", "آینهٔ سپیدخور", "2026-05-27"),
    "simab/07-ayeneh.fa.jsonl#ayeneh-salt-museum": ("fa", "آینهٔ سپیدخور", "2026-04-11"),
    "simab/08-gardabkuh-cold.fa.txt": ("fa", "خبرگزاری سیماب", "2026-01-27"),
    "simab/09-gardabkuh-cold-copy.fa.html": ("fa", "آینهٔ سپیدخور", "2026-01-28"),
    "simab/10-floating-library.fa.md": ("fa", "نامهٔ کرانه", "2026-02-26"),
    "simab/11-simab-cup-final.fa.md": ("fa", "آینهٔ سپیدخور", "2026-05-09"),
    "simab/12-nursan-metro.ar.html": ("ar", "مرفأ نورسان", "2026-03-15"),
    "simab/13-ellery-garden.en.html": ("en", "The Ellery Ledger", "2026-05-04"),
    "simab/14-simab-cup-final.ar.txt": ("ar", "مرفأ نورسان", "2026-05-09"),
    "simab/15-map-museum.ar.md": ("ar", "بريد الوادي", "2026-03-01"),
    "simab/16-marfa.ar.jsonl#marfa-planetarium": ("ar", "مرفأ نورسان", "2026-05-06"),
    "simab/16-marfa.ar.jsonl#marfa-honey": ("ar", "مرفأ نورسان", "2026-02-20"),
    "simab/17-calligraphy-school.ar.html": ("ar", "بريد الوادي", "2026-04-03"),
    "simab/18-storm-ledger.en.txt": ("en", "The Ellery Ledger", "2026-01-09"),
    "simab/19-storm-gazette.en.md": ("en", "Simab Shipping Gazette", "2026-01-14"),
    "simab/20-ledger.en.jsonl#ledger-footbridge": ("en", "The Ellery Ledger", "2026-03-18"),
    "simab/20-ledger.en.jsonl#ledger-chess": ("en", "The Ellery Ledger", "2025-11-24"),
    "simab/21-ferry-guide.en.html": ("en", "The Ellery Ledger", "2026-06-01"),
}
TEASERS = {
    "news/01-quiet-mediation.fa.txt": "نان جو دوباره",
    "news/05-lavrentiev-in-tehran.fa.txt": "قیمت انار",
    "simab/08-gardabkuh-cold.fa.txt": "برف راه روستای پونه‌زار",
    "simab/14-simab-cup-final.ar.txt": "كما تعده جدات نورسان",
    "simab/18-storm-ledger.en.txt": "Ten things to keep in a storm cupboard",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(load_settings(home=tmp_path_factory.mktemp("home"))) as opened:
        report = ingest([CORPUS], library=opened)
        assert report.failed == ()
        yield opened


@pytest.fixture(scope="module")
def articles(library: Library) -> dict[str, Article]:
    """Every article of the library by the name that a case gives it."""
    found = {}
    for listed in library.articles():
        article = library.article(listed.id)
        name, _, line = Path(article.origin or "").relative_to(CORPUS).as_posix().partition(":")
        found[f"{name}#{article.id}" if line else name] = article
    return found


def expected_sentences() -> list[Any]:
    return [
        pytest.param(expected["article"], expected["quote"], id=case["id"])
        for path in sorted((ROOT / "evals" / "cases").glob("*.jsonl"))
        for case in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        for expected in case["expected"]
    ]


def test_the_library_holds_the_articles_and_nothing_else(articles: dict[str, Article]) -> None:
    assert set(articles) == set(HEADERS)


@pytest.mark.parametrize("name", HEADERS)
def test_headers_are_read_from_the_pages(articles: dict[str, Article], name: str) -> None:
    article = articles[name]
    day = article.published and article.published[:10]
    assert (article.language, article.source, day) == HEADERS[name]
    assert article.title


@pytest.mark.parametrize(("name", "quote"), expected_sentences())
def test_expected_sentences_can_be_cited(library: Library, articles: dict[str, Article], name: str, quote: str) -> None:
    """The quote lies in one passage of the article, outside of clutter."""
    article = articles[name]
    assert any(quote in passage.text for passage in library.passages_of(article.id))
    start = article.text.index(quote)
    assert not [span for span in article.clutter if span.start < start + len(quote) and start < span.end]


@pytest.mark.parametrize("name", TEASERS)
def test_teasers_are_found_as_such_and_are_in_no_passage_of_the_article(
    library: Library, articles: dict[str, Article], name: str
) -> None:
    found = [passage for passage in library.passages_of(articles[name].id) if TEASERS[name] in passage.text]
    assert [passage.teaser for passage in found] == [True]
    story = next(span for span in articles[name].teasers if span.start <= found[0].start < span.end)
    assert TEASERS[name] in articles[name].text[slice(*story)]


def test_a_second_ingest_changes_nothing(library: Library) -> None:
    """The three updated stories stay at their later version; their earlier lines do not come back."""
    before = library.status()
    report = ingest([CORPUS], library=library)
    assert (report.added, report.updated) == (0, 0)
    assert library.status() == before

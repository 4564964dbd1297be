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
from tests.corpus.golden import CORPUS, TABLE, by_name, entry

ROOT = Path(__file__).parents[2]
GOLDEN = json.loads(TABLE.read_text(encoding="utf-8"))

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
    return by_name(library)


def expected_sentences() -> list[Any]:
    return [
        pytest.param(expected["article"], expected["quote"], id=case["id"])
        for path in sorted((ROOT / "evals" / "cases").glob("*.jsonl"))
        for case in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        for expected in case["expected"]
    ]


def test_the_library_holds_the_articles_and_nothing_else(articles: dict[str, Article]) -> None:
    assert set(articles) == set(GOLDEN)


@pytest.mark.parametrize("name", GOLDEN)
def test_each_page_is_read_as_the_golden_table_says(articles: dict[str, Article], name: str) -> None:
    """Title, outlet, author, dates, place, section, language, clutter and teasers; see golden.py."""
    assert entry(articles[name]) == GOLDEN[name]


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

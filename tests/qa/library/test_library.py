"""Adding, updating, removing and finding articles."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import (
    ArticleNotFoundError,
    CatalogError,
    EmbedderMismatchError,
    LibraryBusyError,
    LibraryError,
)
from qa.library import Library, Prepared, Progress, content_hash
from qa.library.lock import FileLock
from qa.values import Article, Filters, Passage, Span
from tests.qa.library.workers import dump, prepared, settings_of


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(settings_of(tmp_path / "home")) as library:
        yield library


def whole(id: str, text: str, **header: str) -> Prepared:
    """An article that is one passage of one sentence."""
    span = Span(0, len(text))
    return Prepared(Article(id, text, **header), (Passage("", "", 0, *span, text, (span,)),))  # type: ignore[arg-type]


def found(library: Library, query: str) -> list[str]:
    """The articles that the vectors find, best first."""
    hits = library.vectors.query(library.embedder.embed_query(query), 5)
    return [passage.article_id for passage in library.passages([hit.id for hit in hits])]


def test_added_articles_are_found_whole(library: Library) -> None:
    outcomes = library.add([prepared(number) for number in range(6)])
    assert [(outcome.article_id, outcome.action, outcome.revision) for outcome in outcomes] == [
        (f"ferry-{number}", "added", 1) for number in range(6)
    ]
    article = library.article("ferry-1")
    assert article.text == prepared(1).article.text
    assert article.updated is not None
    passages = library.passages_of("ferry-1")
    assert [passage.text for passage in passages] == [passage.text for passage in prepared(1).passages]
    assert [passage.ordinal for passage in passages] == [0, 1]
    assert passages[0].title == "Ferry 1"
    assert passages[0].sentence(1) == article.text[slice(*passages[0].sentences[1])]
    assert found(library, passages[1].text)[0] == "ferry-1"
    assert (
        library.lexical.ids()
        == library.vectors.ids()
        == {p.id for n in range(6) for p in library.passages_of(f"ferry-{n}")}
    )


def test_adding_the_same_again_changes_and_embeds_nothing(library: Library, tmp_path: Path) -> None:
    batch = [prepared(number) for number in range(4)]
    library.add(batch)
    before = library.status().revision
    steps: list[str] = []
    with Library.open(settings_of(tmp_path / "home"), on_step=steps.append) as again:
        assert {outcome.action for outcome in again.add(batch)} == {"unchanged"}
    assert steps == []
    assert library.status().revision == before


def test_fingerprints_are_kept(library: Library) -> None:
    first = replace(prepared(0), fingerprint="f1")
    library.add([first, prepared(1)])
    hash = content_hash(prepared(1).article, prepared(1).passages)
    assert library.fingerprints(["ferry-0", "ferry-1", "none"]) == {"ferry-0": "f1", "ferry-1": hash}
    assert library.add([replace(first, fingerprint="f2")])[0].action == "unchanged"
    assert library.fingerprints(["ferry-0"]) == {"ferry-0": "f2"}


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Other words."},
        {"title": "Another"},
        {"published": "2024-01-01"},
        {"clutter": (Span(0, 3),)},
        {"modified": "2024-01-01"},
        {"approximate": True},
        {"place": "Nursan"},
        {"section": "World"},
        {"teasers": (Span(0, 3),)},
    ],
)
def test_what_changes_the_content_hash(change: dict[str, object]) -> None:
    article, passages = prepared(0).article, prepared(0).passages
    assert content_hash(replace(article, **change), passages) != content_hash(article, passages)  # type: ignore[arg-type]
    assert content_hash(article, passages[:1]) != content_hash(article, passages)
    teaser = replace(passages[-1], teaser=True)
    assert content_hash(article, (*passages[:-1], teaser)) != content_hash(article, passages)
    assert content_hash(replace(article, origin="elsewhere", revision=7), passages) == content_hash(article, passages)


def test_an_update_replaces_all_passages(library: Library) -> None:
    library.add([prepared(number) for number in range(3)])
    old = [passage.id for passage in library.passages_of("ferry-0")]
    (outcome,) = library.add([prepared(0, version=2, sentence_count=2)])
    assert (outcome.action, outcome.revision) == ("updated", 2)
    assert library.article("ferry-0").revision == 2
    assert library.passages(old) == []
    (passage,) = library.passages_of("ferry-0")
    assert passage.id in library.vectors.ids() & library.lexical.ids()
    assert not set(old) & (library.vectors.ids() | library.lexical.ids())
    assert library.status().pending == 0


def test_the_text_of_an_earlier_revision_is_kept(library: Library, tmp_path: Path) -> None:
    library.add([prepared(0)])
    library.add([prepared(0, version=2)])
    with sqlite3.connect(tmp_path / "home" / "catalog.sqlite3") as connection:
        kept = connection.execute("SELECT article_id, revision, text FROM revisions").fetchall()
    connection.close()
    assert kept == [("ferry-0", 1, prepared(0).article.text)]


def test_removed_articles_are_gone_everywhere(library: Library) -> None:
    library.add([prepared(number) for number in range(4)])
    assert library.remove(["ferry-1", "ferry-2", "never-there"]) == 2
    assert {article.id for article in library.articles()} == {"ferry-0", "ferry-3"}
    left = {passage.id for id in ("ferry-0", "ferry-3") for passage in library.passages_of(id)}
    assert library.vectors.ids() == library.lexical.ids() == left
    with pytest.raises(ArticleNotFoundError):
        library.article("ferry-1")
    assert library.add([prepared(1)])[0].action == "added"


def test_an_article_that_comes_back_changed_is_found_by_its_new_words(library: Library) -> None:
    library.add([whole("a", "The harbour is closed."), whole("b", "Bread is cheaper.")])
    library.remove(["a"])
    library.add([whole("a", "The museum has a new wing.")])
    (vector,) = library.vectors.embeddings(["a@1#0"]).values()
    assert float(vector @ library.embedder.embed_passages(["The museum has a new wing."])[0]) == pytest.approx(
        1, abs=1e-4
    )


def test_an_article_may_lose_all_its_passages_and_get_new_ones(library: Library) -> None:
    library.add([prepared(0)])
    library.add([Prepared(replace(prepared(0).article, title="Empty"), ())])
    assert library.passages_of("ferry-0") == []
    assert library.vectors.ids() == library.lexical.ids() == set()
    library.add([prepared(0)])
    assert len(library.vectors.ids()) == 2
    assert library.article("ferry-0").revision == 3


def test_of_an_article_twice_in_a_batch_the_last_counts(library: Library) -> None:
    outcomes = library.add([whole("a", "First words."), whole("b", "More words."), whole("a", "Last words.")])
    assert [(outcome.article_id, outcome.action) for outcome in outcomes] == [("a", "added"), ("b", "added")]
    assert library.article("a").text == "Last words."


def test_two_objects_in_one_process_see_each_other(library: Library, tmp_path: Path) -> None:
    library.add([prepared(0)])
    assert found(library, "Ferry 0") == ["ferry-0"] * 2
    with Library.open(settings_of(tmp_path / "home")) as other:
        other.add([prepared(3)])
        other.remove(["ferry-0"])
        assert found(other, prepared(3).passages[0].text)[0] == "ferry-3"
    library.add([prepared(6)])
    assert {passage.article_id for passage in library.passages(sorted(library.vectors.ids()))} == {"ferry-3", "ferry-6"}
    assert set(found(library, "Ferry 6")) == {"ferry-3", "ferry-6"}


# --- reading ---


def test_passages_come_in_the_order_asked(library: Library) -> None:
    library.add([prepared(number) for number in range(4)])
    ids = [passage.id for number in (3, 0, 2) for passage in library.passages_of(f"ferry-{number}")]
    asked = [ids[4], "no-such@1#0", ids[0], ids[5], ids[1]]
    assert [passage.id for passage in library.passages(asked)] == [ids[4], ids[0], ids[5], ids[1]]
    assert library.passages([]) == []


def test_an_id_may_be_shortened_while_it_is_unique(library: Library) -> None:
    library.add([whole("harbour-storm", "A storm."), whole("harbour-fair", "A fair."), whole("100%_true", "Odd.")])
    assert library.article("harbour-s").id == "harbour-storm"
    assert library.article("100%").id == "100%_true"
    with pytest.raises(ArticleNotFoundError, match="harbour-fair, harbour-storm"):
        library.article("harbour")
    with pytest.raises(ArticleNotFoundError, match="harbour-storm"):
        library.article("habour-storm")
    for nothing in ("", "%", "_"):
        with pytest.raises(ArticleNotFoundError):
            library.article(nothing)
    with pytest.raises(ArticleNotFoundError):
        library.passages_of("nothing")


def test_articles_are_filtered_and_newest_first(library: Library) -> None:
    library.add(
        [
            whole("old", "Old.", published="2024-01-05", source="Harbour Post", language="en"),
            whole("new", "New.", published="2025-11-16T23:59", source="روزنامهٔ بندر", language="fa"),
            whole("undated", "Some day.", source="HARBOUR  POST", language="en"),
        ]
    )

    def ids(**filters: object) -> list[str]:
        return [article.id for article in library.articles(Filters(**filters))]  # type: ignore[arg-type]

    assert ids() == ["new", "old", "undated"]
    assert ids(since=date(2025, 11, 16)) == ["new"]
    assert ids(until=date(2025, 11, 16)) == ["new", "old"]
    assert ids(until=date(2025, 11, 15)) == ["old"]
    assert ids(until=date.max, since=date.min) == ["new", "old"]
    assert ids(source="harbour post") == ["old", "undated"]
    assert ids(source="روزنامه بندر") == ["new"]
    assert ids(language="fa") == ["new"]
    assert [article.id for article in library.articles(limit=1, offset=1)] == ["old"]
    assert all(article.text == "" for article in library.articles())


def test_status_counts_what_there_is(library: Library, tmp_path: Path) -> None:
    library.add([prepared(number) for number in range(4)])
    status = library.status().to_dict()
    assert status["articles"] == 4
    assert status["passages"] == status["vectors"] == status["lexical"] == 8
    assert status["languages"] == {"ar": 1, "en": 2, "fa": 1}
    assert status["sources"] == 3
    assert status["embedder"] == library.embedder.identity
    assert status["problems"] == ()
    assert status["size"] > 10_000


# --- any text ---


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(settings_of(tmp_path_factory.mktemp("any") / "home")) as library:
        yield library


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
    | st.text("ab \0\n\u200c😀𐎠خ\u064b\u202e", min_size=1, max_size=40),
    data=st.data(),
)
def test_any_text_comes_back_as_it_was(shared: Library, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span(start, end)
    passage = Passage("", "", 0, start, end, text[start:end], (span,))
    shared.add([Prepared(Article("any", text), (passage,))])
    assert shared.article("any").text == text
    (stored,) = shared.passages_of("any")
    assert (stored.text, stored.sentences, stored.sentence(0)) == (text[start:end], (span,), text[start:end])


def test_half_a_surrogate_pair_is_refused_in_one_line(library: Library) -> None:
    with pytest.raises(LibraryError, match=r"text of article 'broken' has half a surrogate pair at 4"):
        library.add([whole("fine", "Fine."), whole("broken", "Half\ud83d.")])
    assert library.articles() == []


def test_a_passage_that_is_not_in_its_article_is_refused(library: Library) -> None:
    article = Article("a", "Some words.")
    with pytest.raises(LibraryError, match="Passage 0-4 of article a"):
        library.add([Prepared(article, (Passage("", "", 0, 0, 4, "Same", ()),))])


# --- opening ---


def test_where_there_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="sanad ingest"):
        Library.open(settings_of(tmp_path / "none"), create=False)
    assert not (tmp_path / "none").exists()


def test_a_catalog_of_another_format_is_refused(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home")
    Library.open(settings).close()
    with sqlite3.connect(tmp_path / "home" / "catalog.sqlite3") as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    connection.close()
    with pytest.raises(CatalogError, match="has format 99"):
        Library.open(settings)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "cannot be used"),
        ("nosuch://host/db", "cannot be used"),
        ("sqlite:////proc/nowhere/catalog.sqlite3", "proc/nowhere"),
    ],
)
def test_a_catalog_address_that_does_not_work(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(LibraryError, match=says):
        Library.open(settings_of(tmp_path / "home", database_url=url))


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite3").write_bytes(b"not a database at all" * 100)
    with pytest.raises(CatalogError, match="not a database"):
        Library.open(settings_of(tmp_path))


def test_a_library_of_another_embedder(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home")
    with Library.open(settings) as library:
        library.add([prepared(0)])
    _pretend_embedder(tmp_path / "home")
    with pytest.raises(EmbedderMismatchError, match="sanad rebuild --embeddings embedded"):
        Library.open(settings)
    with Library.open(settings, check=False) as library:
        assert "sanad rebuild" in library.status().problems[0]
        with pytest.raises(EmbedderMismatchError):
            library.add([prepared(1)])
        with pytest.raises(EmbedderMismatchError):
            _ = library.vectors
        library.rebuild()
    with Library.open(settings) as library:
        assert found(library, "Ferry 0")[0] == "ferry-0"


def test_an_empty_library_takes_any_embedder(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home")
    Library.open(settings).close()
    _pretend_embedder(tmp_path / "home")
    with Library.open(settings) as library:
        library.add([prepared(0)])
        assert library.status().problems == ()


def _pretend_embedder(home: Path) -> None:
    with sqlite3.connect(home / "catalog.sqlite3") as connection:
        connection.execute("UPDATE meta SET value = 'another:1:64' WHERE key = 'embedder'")
    connection.close()


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with Library.open(settings_of(tmp_path), wait=0.1) as library:
        lock = FileLock(tmp_path / "library.lock")
        with lock.hold(0), pytest.raises(LibraryBusyError, match=f"by process {os.getpid()}"):
            library.add([prepared(0)])
        assert library.add([prepared(0)])[0].action == "added"


# --- rebuilding ---


def test_a_rebuild_gives_the_same_library(library: Library, tmp_path: Path) -> None:
    library.add([prepared(number) for number in range(9)])
    library.add([prepared(4, version=2)])
    before = dump(tmp_path / "home")
    seen: list[Progress] = []
    library.rebuild(progress=seen.append)
    assert seen[-1] == Progress(18, 18)
    assert dump(tmp_path / "home") == before
    assert found(library, prepared(5).passages[0].text)[0] == "ferry-5"


@pytest.mark.parametrize("lost", ["chroma", "lexical-1", "chroma/chroma.sqlite3"])
def test_a_store_that_somebody_deletes_is_made_anew(tmp_path: Path, lost: str) -> None:
    home = tmp_path / "home"
    with Library.open(settings_of(home)) as library:
        library.add([prepared(number) for number in range(6)])
    before = dump(home)
    path = home / lost
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.write_bytes(b"overwritten by mistake" * 50)
    with Library.open(settings_of(home)) as library:
        assert library.status().problems != ()
        assert found(library, prepared(5).passages[0].text)[0] == "ferry-5"
        assert library.status().problems == ()
    assert dump(home) == before


def test_a_store_that_lacks_passages_is_made_anew(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Library.open(settings_of(home)) as library:
        library.add([prepared(number) for number in range(6)])
        before = dump(home)
        library.lexical.delete([library.passages_of("ferry-1")[0].id])
        library.lexical.commit()
    with Library.open(settings_of(home)) as library:
        assert "only 11 of 12 passages in the lexical index" in library.status().problems[0]
    assert dump(home) == before


def test_the_catalog_may_lie_elsewhere(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'catalogs' / 'news.db'}"
    with Library.open(settings_of(tmp_path / "home", database_url=url)) as library:
        assert library.is_empty()
        library.add([prepared(0)])
    with Library.open(settings_of(tmp_path / "home", database_url=url)) as library:
        assert not library.is_empty()
        assert library.status().catalog == url
    assert not (tmp_path / "home" / "catalog.sqlite3").exists()


def test_a_password_in_the_catalog_address_is_never_shown(tmp_path: Path) -> None:
    url = "postgresql+nosuch://me:secret@host/db"
    with pytest.raises(CatalogError) as caught:
        Library.open(settings_of(tmp_path, database_url=url))
    assert "secret" not in str(caught.value)

"""What the catalog keeps of an article beside its text, and catalogs of earlier versions."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from qa.library import Library, Prepared
from qa.library.schema import ADDED, VERSION, metadata
from qa.values import Article, Fact, Passage, Span
from tests.qa.library.workers import prepared, settings_of

TEXT = "The ferry sails at noon.\nThe clock of the market stands still."


def filed() -> Prepared:
    article = Article(
        "ferry",
        TEXT,
        title="The ferry",
        published="2026-01-02",
        modified="2026-01-03T10:00",
        approximate=True,
        place="Nursan",
        section="Sea",
        language="en",
        teasers=(Span(25, len(TEXT)),),
    )
    spans = (Span(0, 24), Span(25, len(TEXT)))
    passages = tuple(Passage("", "", 0, *span, TEXT[slice(*span)], (span,), teaser=span[0] > 0) for span in spans)
    return Prepared(article, passages)


def test_all_of_the_header_comes_back_and_what_passages_need_is_copied_in(tmp_path: Path) -> None:
    with Library.open(settings_of(tmp_path)) as library:
        library.add([filed()])
        article = library.article("ferry")
        assert replace(article, updated=None) == filed().article
        (header,) = library.articles()
        assert replace(header, text=TEXT) == article
        first, second = library.passages_of("ferry")
        assert (first.modified, first.teaser) == ("2026-01-03T10:00", False)
        assert second.teaser
        library.add([prepared(0)])
        plain = library.article("ferry-0")
        assert (plain.place, plain.section, plain.modified, plain.approximate, plain.teasers) == (
            None,
            None,
            None,
            False,
            (),
        )


def test_a_catalog_of_the_first_version_is_brought_up_to_this_one(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home")
    with Library.open(settings) as library:
        library.add([prepared(0), prepared(1)])
        article, passages = library.article("ferry-1"), library.passages_of("ferry-1")
    _make_first_version(tmp_path / "home" / "catalog.sqlite3")
    with Library.open(settings) as library:
        assert library.article("ferry-1") == article
        assert library.passages_of("ferry-1") == passages
        library.add([filed(), prepared(1, version=2)])
        assert library.article("ferry").section == "Sea"
        assert library.article("ferry-1").revision == 2
        assert not library.status().problems
    with Library.open(settings) as library:
        assert library.status().articles == 3


def _make_first_version(file: Path) -> None:
    connection = sqlite3.connect(file)
    with connection:
        names = {column.name for column in ADDED[2]}
        for index in (index for table in metadata.tables.values() for index in table.indexes):
            if names & {column.name for column in index.columns}:
                connection.execute(f"DROP INDEX {index.name}")
        for column in ADDED[2]:
            connection.execute(f"ALTER TABLE {column.table.name} DROP COLUMN {column.name}")
        connection.execute("DROP TABLE sketches")
        connection.execute("DROP TABLE buckets")
        changed = connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema' AND value = ?", (str(VERSION),))
        assert changed.rowcount == 1
    connection.close()


def test_facts_are_kept_with_each_passage_and_read_anew_when_the_source_is(tmp_path: Path) -> None:
    text = "The bridge cost 2.5 million marjans.\nIt opened on 3 March 2026, an hour late."
    spans = (Span(0, 36), Span(37, len(text)))
    passages = tuple(Passage("", "", 0, *span, text[slice(*span)], (span,)) for span in spans)
    article = Article("bridge", text, published="2026-03-04", language="en")
    with Library.open(settings_of(tmp_path)) as library:
        library.add([Prepared(article, passages, "f1")])
        first, second = library.passages_of("bridge")
        facts = library.facts([first, second])
        assert facts[first.id] == (Fact("number", 16, 27, value="2500000"),)
        assert [(f.kind, text[f.start : f.end], f.first) for f in facts[second.id]] == [
            ("date", "3 March 2026", "2026-03-03"),
        ]
        assert library.facts_of("bridge") == [*facts[first.id], *facts[second.id]]
        found = Fact("number", 0, 3, value="1", upper="2", unit="km", approximate=True)
        assert library.add([Prepared(article, passages, "f2", facts=(found,))])[0].action == "unchanged"
        assert library.facts_of("bridge") == [found]

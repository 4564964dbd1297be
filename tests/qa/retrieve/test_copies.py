"""Copies of one report in retrieval and in answers: one counts, the others are named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qa import Sanad
from qa.library import Prepared
from qa.text import sentences
from qa.values import Article, Filters, Passage

REPORT = (
    "The footbridge of Port Ellery reopened on Monday after nine months of work. "
    "It was closed when a barge hit its middle pier in a storm. "
    "The repair cost the town forty thousand marjans, which the barge's owners have agreed to pay. "
    "Mayor Ines Calloway crossed it first, with the school band behind her."
)
MORE = "Anglers may stand on its northern side again, the harbour office said, but not at night."


def prepared(id: str, text: str, published: str | None, source: str) -> Prepared:
    article = Article(id=id, text=text, language="en", published=published, source=source)
    spans = sentences(text)
    cut = [tuple(spans[at : at + 2]) for at in range(0, len(spans), 2)]
    return Prepared(
        article,
        tuple(
            Passage("", id, n, part[0].start, part[-1].end, text[part[0].start : part[-1].end], part)
            for n, part in enumerate(cut)
        ),
    )


@pytest.fixture
def sanad(tmp_path: Path) -> Iterator[Sanad]:
    with Sanad.open(home=tmp_path, llm="extractive") as sanad:
        sanad.library.add(
            [
                prepared("ledger", f"(Wire) {REPORT} {MORE}", "2026-03-03", "The Ledger"),
                prepared("wire", REPORT, "2026-03-02", "The Wire"),
                prepared("post", f"At last. {REPORT}", None, "The Post"),
                prepared("clock", "The harbour clock of Port Ellery stands still since the storm.", None, "The Post"),
            ]
        )
        yield sanad


def test_the_earliest_copy_counts_and_the_others_are_named(sanad: Sanad) -> None:
    found = sanad.search("Who pays for the repair of the footbridge?")
    assert {passage.article_id for passage in found if "marjans" in passage.text} == {"wire"}
    assert [copy.source for copy in found[0].also_in] == ["The Ledger", "The Post"]
    answer = sanad.ask("Who crossed the footbridge of Port Ellery first?")
    assert [(one.source, [copy.article_id for copy in one.also_in]) for one in answer.citations] == [
        ("The Wire", ["ledger", "post"])
    ]
    assert answer.to_dict()["citations"][0]["also_in"][0]["source"] == "The Ledger"


def test_what_only_one_copy_tells_is_found_there(sanad: Sanad) -> None:
    assert sanad.search("May anglers stand on the northern side?")[0].article_id == "ledger"


def test_where_the_one_that_counts_is_filtered_out_another_does(sanad: Sanad) -> None:
    found = sanad.search("Who pays for the repair of the footbridge?", filters=Filters(source="The Post"))
    assert found[0].article_id == "post"
    assert [copy.article_id for copy in found[0].also_in] == ["wire", "ledger"]


def test_many_copies_leave_room_for_other_reports(sanad: Sanad) -> None:
    sanad.library.add([prepared(f"copy{n}", REPORT, f"2026-04-{n % 28 + 1:02}", f"Paper {n}") for n in range(60)])
    other = "A poet of Sepidkhor has written on the storm, and on a footbridge that he has never seen."
    sanad.library.add([prepared("poet", other, None, "The Post")])
    found = sanad.search("footbridge barge storm repair marjans Port Ellery", top_k=6)
    assert {"wire", "clock", "poet"} <= {passage.article_id for passage in found}
    assert not any(passage.article_id.startswith("copy") for passage in found)


def test_a_citation_says_when_its_article_was_changed(sanad: Sanad) -> None:
    changed = prepared("clock", "The harbour clock of Port Ellery goes again since Friday.", None, "The Post")
    question = "Since when does the harbour clock go again?"
    sanad.library.add([replace(changed, article=replace(changed.article, modified="2026-04-01T09:30"))])
    (citation,) = sanad.ask(question).citations
    assert citation.quote == changed.article.text
    assert citation.modified == "2026-04-01T09:30"
    assert citation.updated == sanad.article("clock").updated
    assert not sanad.search("clock stands still")[0].text.endswith("storm.")


def test_a_teaser_is_found_behind_and_its_citation_says_so(sanad: Sanad) -> None:
    text = "The gulls of Ellery have been counted.\nA whale was seen off Cape Sella on Sunday morning."
    spans = sentences(text)
    passages = [Passage("", "", 0, *span, text[slice(*span)], (span,), teaser=span.start > 0) for span in spans]
    sanad.library.add([Prepared(Article("gulls", text, language="en"), tuple(passages))])
    (citation,) = sanad.ask("Where was a whale seen on Sunday morning?").citations
    assert citation.teaser
    whale = "A whale was seen off Cape Sella."
    sanad.library.add([prepared("whale", whale, None, "The Post")])
    first, second = sanad.search("Where was the whale seen?")[:2]
    assert (first.article_id, first.teaser, second.teaser) == ("whale", False, True)


def test_of_copies_without_dates_the_one_that_fits_the_question_better_counts(sanad: Sanad) -> None:
    short = "Cape Sella is a headland of red stone. Its lighthouse keeper, Orla Venn, writes down every ship."
    more = "Puffins nest there in spring, and seals rest on the flat rocks below when the weather is fair."
    whole = f"{short} {more}"
    for id, text in (("longer", whole), ("shorter", short)):
        passage = Passage("", id, 0, 0, len(text), text, tuple(sentences(text)))
        sanad.library.add([Prepared(Article(id, text, language="en"), (passage,))])
    assert sanad.library.passages_of("shorter")[0].counts_as == sanad.library.passages_of("longer")[0].counts_as
    keeper, puffins = "Who keeps the lighthouse of Cape Sella?", "Where do puffins nest at Cape Sella?"
    assert [sanad.search(question)[0].article_id for question in (keeper, puffins)] == ["shorter", "longer"]

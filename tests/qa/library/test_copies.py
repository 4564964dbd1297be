"""Near-copies: which are found, which are not, and that the groups follow from what is in the library alone."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.analysis import analyse
from ingest.containers import open_source
from ingest.readers import read
from ingest.records import Record
from ingest.sources import find_sources
from qa.library import Library, Prepared, content_hash
from qa.library.catalog import Catalog
from qa.library.records import Indexed
from qa.library.revising import revise
from qa.library.sketches import Sketch, near_copies, sketch_of
from qa.resources import CORPUS
from qa.values import Article, Passage, Span
from tests.qa.library.workers import settings_of

ROUNDS = 3
DIGITS = re.compile(r"\d+")


def story(id: str, text: str, published: str | None = None, source: str | None = None) -> Prepared:
    """An article that is one passage of one sentence."""
    span = Span(0, len(text))
    passage = Passage("", "", 0, *span, text, (span,))
    return Prepared(Article(id, text, published=published, source=source), (passage,))


def sketched(text: str) -> Sketch:
    sketch = sketch_of(story("", text).passages)
    assert sketch is not None
    return sketch


def found(one: str, other: str) -> bool:
    """Whether the two would meet in a bucket, and are then taken for copies."""
    first, second = sketched(one), sketched(other)
    return bool(set(first.buckets) & set(second.buckets)) and near_copies(first, [second])[0]


@cache
def reports() -> dict[str, str]:
    """What the sample articles say, by id; of two versions of one the later."""
    records = (record for source in find_sources([CORPUS]).sources for record in open_source(source, shape=""))
    kept = [record for record in records if isinstance(record, Record) and not record.superseded]
    ready = {record.id: analyse(record, read(record), budget=256) for record in kept}
    return {id: "\n".join(passage.text for passage in one.passages) for id, one in ready.items()}


# --- which are found ---


def edited(text: str, share: float, chance: random.Random) -> str:
    """Some of the words left out, replaced, or joined by another. Numbers stay."""
    words = [word for report in reports().values() for word in report.split() if not DIGITS.search(word)]
    kept = []
    for word in text.split(" "):
        if DIGITS.search(word) or chance.random() >= share:
            kept.append(word)
        else:
            kept.extend(chance.choice([[], [chance.choice(words)], [word, chance.choice(words)]]))
    return " ".join(kept)


def longer(text: str, chance: random.Random) -> str:
    """With a paragraph of another report."""
    other = chance.choice([report for report in reports().values() if report != text])
    return f"{text}\n{DIGITS.sub('', other[: max(200, len(text) // 4)])}"


EDITS: dict[str, Callable[[str, random.Random], str]] = {
    "the same": lambda text, _: text,
    "another keyboard's letters, no half-spaces": lambda text, _: (
        text.replace("ی", "ي").replace("ک", "ك").replace("\u200c", "")
    ),
    "another headline": lambda text, _: "What the town is speaking of this week\n" + text.partition("\n")[2],
    "an agency's name in front": lambda text, _: f"NURSAN (Simab Agency) - {text}",
    "a paragraph more": longer,
    "a word in twenty changed": lambda text, chance: edited(text, 0.05, chance),
    "a word in ten changed": lambda text, chance: edited(text, 0.1, chance),
    "the first two thirds alone": lambda text, _: text[: len(text) * 2 // 3],
    "all of these": lambda text, chance: f"(Simab) {longer(edited(text, 0.05, chance), chance)}",
}


def test_edited_copies_are_found_and_other_articles_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(7)
    texts = list(reports().values())
    pairs = list(itertools.combinations(reports().items(), 2))
    wrong = {frozenset((one, other)) for (one, first), (other, second) in pairs if found(first, second)}
    recall = {name: sum(found(text, edit(text, chance)) for text in texts) / len(texts) for name, edit in EDITS.items()}
    right = [name for name in reports() if name.startswith(("08-", "09-"))]
    with capsys.disabled():
        shown = ", ".join(f"{name} {share:.0%}" for name, share in recall.items())
        print(f"\nnear-copies found: {shown}; of {len(pairs)} pairs of articles {len(wrong) - 1} wrongly")
    assert wrong == {frozenset(right)}
    assert min(recall.values()) >= 0.95


def test_two_reports_that_each_have_a_number_of_their_own_are_two() -> None:
    toll = "After the landslide above Sepidkhor {} people are missing, the mayor said on Monday, and the road is shut."
    assert not found(toll.format(12), toll.format(14))
    assert found(toll.format(12), toll.format(12) + " It was built 8 years ago.")


def test_a_sketch_stays_what_it_is() -> None:
    """Sketches are stored: a new version of what makes them must not read them as something else."""
    sketch = sketched("پل تازه سپیدخور ۳ سال پس از آغاز کار باز شد.")
    assert sketch.pairs == 10
    assert sketch.signature[:4].tolist() == SIGNATURE
    again = Sketch.read(sketch.written())
    assert again.signature.tolist() == sketch.signature.tolist()
    assert (again.pairs, again.numbers, again.buckets) == (sketch.pairs, sketch.numbers, sketch.buckets)
    assert sketch_of(()) is None


SIGNATURE = [3260623255, 3297155929, 3296065237, 220477679]


# --- groups ---

WORDS = "river valley bridge market school harbour tower garden station museum library castle forest island".split()


def told(family: int, edit: int) -> str:
    """A report of its own for each family; its edits are copies of it, and of each other or not."""
    words = [f"{first}{chr(97 + family)} {second}" for first in WORDS for second in WORDS[:4]]
    return " ".join([*words[edit * 11 :], f"end {chr(97 + edit)}"])


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, Sequence[Prepared] | Sequence[str]]]:
    """Batches that are added, some of them with changed articles, and removals."""
    steps: list[tuple[str, Sequence[Prepared] | Sequence[str]]] = []
    there: dict[str, Prepared] = {}
    for _ in range(draw(st.integers(1, 6))):
        if there and draw(st.booleans()):
            gone = draw(st.lists(st.sampled_from(sorted(there)), unique=True, max_size=3))
            there = {id: one for id, one in there.items() if id not in gone}
            steps.append(("remove", gone))
            continue
        batch = {}
        for _ in range(draw(st.integers(1, 4))):
            id = f"a{draw(st.integers(0, 7))}"
            day = draw(st.sampled_from([None, "2026-01-01", "2026-01-02", "2026-01-02T10:00"]))
            batch[id] = story(id, told(draw(st.integers(0, 1)), draw(st.integers(0, 4))), day)
        there |= batch
        steps.append(("add", list(batch.values())))
    return steps


@settings(max_examples=30)
@given(histories())
def test_the_groups_follow_from_what_is_there_whatever_came_before(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, Sequence[Prepared]]]
) -> None:
    lived = made(tmp_path_factory.mktemp("lived"))
    there: dict[str, Prepared] = {}
    for action, what in steps:
        if action == "add":
            add(lived, what)
            there |= {one.article.id: one for one in what}
        else:
            lived.remove(what)  # type: ignore[arg-type]
            there = {id: one for id, one in there.items() if id not in what}
    fresh = made(tmp_path_factory.mktemp("fresh"))
    add(fresh, list(there.values()))
    assert groups(lived) == groups(fresh)
    lived.close()
    fresh.close()


def made(folder: Path) -> Catalog:
    catalog = Catalog(f"sqlite:///{folder / 'catalog.sqlite3'}")
    catalog.create("none", 1)
    return catalog


def add(catalog: Catalog, batch: Sequence[Prepared]) -> None:
    known = catalog.known([one.article.id for one in batch])
    revised = [revise(one, known, content_hash(one.article, one.passages), Indexed(())) for one in batch]
    catalog.commit(revised, catalog.note_garbage())


def groups(catalog: Catalog) -> dict[str, str | None]:
    with catalog.database.reading() as connection:
        return dict(connection.exec_driver_sql("SELECT id, counts_as FROM articles").tuples().all())


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(settings_of(tmp_path / "home")) as library:
        yield library


def test_the_earliest_counts_and_the_others_are_named(library: Library) -> None:
    text = told(0, 0)
    library.add([story("b", text, "2026-01-02", "The Ledger"), story("c", text), story("a", text, "2026-01-02")])
    assert {library.passages_of(id)[0].counts_as for id in "abc"} == {"a"}
    library.add([story("d", told(0, 1), "2026-01-01T08:00", "The Gazette"), story("other", told(1, 0))])
    passage, other = library.with_copies([*library.passages_of("a"), *library.passages_of("other")])
    assert passage.counts_as == "d"
    assert [(copy.article_id, copy.source) for copy in passage.also_in] == [
        ("d", "The Gazette"),
        ("b", "The Ledger"),
        ("c", None),
    ]
    assert (other.counts_as, other.also_in) == (None, ())
    library.remove(["d"])
    assert library.passages_of("b")[0].counts_as == "a"
    library.remove(["a", "c"])
    assert library.passages_of("b")[0].counts_as is None


def test_an_article_that_changes_leaves_its_group(library: Library) -> None:
    first = story("a", told(0, 0))
    library.add([first, story("b", told(0, 0))])
    changed = story("a", told(1, 0))
    library.add([replace(changed, fingerprint="new")])
    assert library.passages_of("b")[0].counts_as is None
    library.add([first])
    assert library.passages_of("b")[0].counts_as == "a"

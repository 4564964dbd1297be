"""The lexical index: what is found, what is filtered, and that writers and readers do not get in each other's way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import LibraryBusyError, LibraryError
from qa.library.lexical import LexicalIndex, folded_source, shelf_of
from qa.library.terms import CHANNELS, Channel
from qa.values import Filters, Passage

ALL: dict[Channel, float] = dict.fromkeys(CHANNELS, 1.0)
SHIP = "کشتی باری در بندر پهلو گرفت و سفیر به دیدار ملوانان رفت."
RAIN = "باران سنگین راه روستا را بست."
HARBOUR = "The cargo ship reached the harbour and the ambassador met the sailors."


def passage(id: str, text: str, language: str = "fa", **header: str) -> Passage:
    return Passage(f"{id}@1#0", id, 0, 0, len(text), text, (), language=language, **header)


def found(index: LexicalIndex, text: str, language: str = "fa", **how: object) -> list[str]:
    how.setdefault("weights", ALL)
    return [hit.id.partition("@")[0] for hit in index.search(text, language=language, **how)]  # type: ignore[arg-type]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex.open(tmp_path / "lexical")
    index.add(
        [
            passage("ship", SHIP, published="2025-11-16T11:04", source="خبرگزاری ساحل"),
            passage("rain", RAIN, published="2025-10-01", source="روزنامهٔ کوهستان", title="سیل در دره"),
            passage("undated", "کشتی دیگری هنوز در راه است."),
            passage("harbour", HARBOUR, "en", published="2025-11-17", source="Coast News"),
            passage("kurdish", "کەشتی گەیشتە بەندەر", "ckb"),
        ]
    )
    index.commit()
    return index


def test_the_best_passage_comes_first(index: LexicalIndex) -> None:
    hits = index.search("سفیر با چه کسانی دیدار کرد؟", language="fa", weights=ALL)
    assert hits[0].id == "ship@1#0"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(index.search("کشتی", language="fa", weights=ALL, k=1)) == 1


def test_only_what_is_named_is_looked_at(index: LexicalIndex) -> None:
    question = "کشتی باری در راه روستا"
    assert set(found(index, question)) == {"ship", "rain", "undated"}
    assert set(found(index, question, among=["rain@1#0", "undated@1#0", "gone@1#0"])) == {"rain", "undated"}
    assert found(index, question, among=[]) == []


@pytest.mark.parametrize("channel", ["grams", "concepts"])
def test_what_is_everywhere_is_not_looked_up_beside_others(tmp_path: Path, channel: Channel) -> None:
    index = LexicalIndex.open(tmp_path / "many")
    index.add([passage(f"tide{n}", f"harbour {'lantern' if n == 7 else 'anchor'}", "en") for n in range(60)])
    index.commit()
    only = {channel: 1.0}
    assert found(index, "harbour lantern", "en", weights=only, k=60) == ["tide7"]
    assert len(found(index, "harbour lantern", "en", weights=only, k=60, common={})) == 60
    assert len(found(index, "harbours", "en", weights=only, k=60)) == 60  # all are everywhere


@pytest.mark.parametrize(
    "question",
    ["كشتي باري", "کشتی‌باری", "کشتیباری", "کَشتیِ باری", "ﮐﺸﺘﯽ ﺑﺎﺭﯼ"],  # Arabic letters, half-space, none, vowels, forms
)
def test_typing_does_not_matter(index: LexicalIndex, question: str) -> None:
    assert found(index, question)[0] == "ship"


@pytest.mark.parametrize("channel", ["words", "pairs", "grams", "concepts"])
def test_each_channel_finds_alone(index: LexicalIndex, channel: Channel) -> None:
    assert found(index, "باران سنگین", weights={channel: 1.0})[0] == "rain"


def test_the_title_finds_and_is_no_text(index: LexicalIndex) -> None:
    assert found(index, "سیل", weights={"title": 1.0}) == ["rain"]
    assert found(index, "سیل", weights={"words": 1.0, "grams": 1.0}) == []


def test_a_question_in_one_language_finds_a_passage_in_another(index: LexicalIndex) -> None:
    assert (
        found(index, "Which ship did the ambassador visit?", "en", shelf="fa", weights={"concepts": 1.0})[0] == "ship"
    )
    assert found(index, "سفیر", "fa", shelf="en", weights={"concepts": 1.0}) == ["harbour"]
    assert found(index, "السفير", "ar", shelf="fa", weights={"concepts": 1.0})[0] == "ship"


def test_filters_act_inside_the_search(index: LexicalIndex) -> None:
    every = found(index, "کشتی باران")
    assert set(every) == {"ship", "rain", "undated"}
    assert found(index, "کشتی باران", filters=Filters(since=date(2025, 11, 16)), k=1) == ["ship"]
    assert found(index, "کشتی باران", filters=Filters(until=date(2025, 11, 15)), k=1) == ["rain"]
    assert found(index, "کشتی باران", filters=Filters(since=date(2025, 11, 16), until=date(2025, 11, 16))) == ["ship"]
    assert found(index, "کشتی باران", filters=Filters(source="روزنامه كوهستان")) == ["rain"]
    assert found(index, "کشتی باران", filters=Filters(source="ساحل")) == []


def test_a_filter_changes_which_and_not_how_high(index: LexicalIndex) -> None:
    free = {hit.id: hit.score for hit in index.search("کشتی باران", language="fa", weights=ALL)}
    kept = index.search("کشتی باران", language="fa", weights=ALL, filters=Filters(since=date(2025, 1, 1)))
    assert {hit.id: hit.score for hit in kept} == pytest.approx({hit.id: free[hit.id] for hit in kept})


def test_a_rare_word_stays_rare_beside_another_language(tmp_path: Path) -> None:
    """The statistics of a language are its own: adding English passages moves no Persian score."""
    index = LexicalIndex.open(tmp_path / "lexical")
    index.add([passage("ship", SHIP), passage("rain", RAIN)])
    index.commit()
    before = index.search("کشتی", language="fa", weights=ALL)
    index.add([passage(f"en{n}", HARBOUR, "en") for n in range(20)])
    index.commit()
    assert index.search("کشتی", language="fa", weights=ALL) == before


def test_deleting_and_clearing(index: LexicalIndex) -> None:
    assert index.ids() == {f"{name}@1#0" for name in ("ship", "rain", "undated", "harbour", "kurdish")}
    index.delete(["ship@1#0", "kurdish@1#0", "never there"])
    index.commit()
    assert index.ids() == {"rain@1#0", "undated@1#0", "harbour@1#0"}
    assert index.counts() == {"fa": 2, "ar": 0, "en": 1, "other": 0}
    index.clear()
    assert index.ids() == set()


def test_nothing_is_seen_before_the_commit_and_nothing_after_a_rollback(index: LexicalIndex, tmp_path: Path) -> None:
    reader = LexicalIndex.open(tmp_path / "lexical")
    index.add([passage("storm", "توفان رسید.")])
    assert "storm@1#0" not in index.ids()
    index.rollback()
    index.commit()
    assert "storm@1#0" not in index.ids()
    index.add([passage("storm", "توفان رسید.")])
    index.commit()
    assert found(index, "توفان")[0] == "storm"
    assert found(reader, "توفان", weights={"words": 1.0}) == []
    reader.reload()
    assert found(reader, "توفان")[0] == "storm"


def test_one_writer_at_a_time(index: LexicalIndex, tmp_path: Path) -> None:
    other = LexicalIndex.open(tmp_path / "lexical")
    index.add([passage("storm", "توفان رسید.")])
    with pytest.raises(LibraryBusyError):
        other.add([passage("wind", "باد آمد.")])
    index.commit()
    other.add([passage("wind", "باد آمد.")])
    other.commit()
    assert {"storm@1#0", "wind@1#0"} <= other.ids()


def test_what_is_written_is_there_when_it_is_opened_again(index: LexicalIndex, tmp_path: Path) -> None:
    index.close()
    assert found(LexicalIndex.open(tmp_path / "lexical", create=False), "باران")[0] == "rain"


def test_a_missing_or_broken_index_names_the_mending_command(index: LexicalIndex, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="sanad rebuild"):
        LexicalIndex.open(tmp_path / "elsewhere", create=False)
    (tmp_path / "lexical" / "fa" / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(LibraryError, match="sanad rebuild"):
        LexicalIndex.open(tmp_path / "lexical")


def test_shelves_and_sources() -> None:
    assert [shelf_of(language) for language in ("fa", "ar", "en", "ckb", "und")] == ["fa", "ar", "en", "other", "other"]
    assert folded_source("Coast  NEWS") == folded_source("coast news")


def test_text_without_words_finds_nothing(index: LexicalIndex) -> None:
    assert found(index, "") == found(index, " ؟!… 🚢") == []


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    index = LexicalIndex.open(tmp_path_factory.mktemp("shared"))
    index.add([passage("ship", SHIP)])
    index.commit()
    return index


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(noise=st.text(alphabet='+-&|!(){}[]^"~*?:\\/ «»،؛؟ANDOR\u200c\u200f\0\n١۲3', max_size=30))
def test_no_character_is_an_operator(shared: LexicalIndex, noise: str) -> None:
    assert found(shared, f"{noise} کشتی باری {noise}") == ["ship"]

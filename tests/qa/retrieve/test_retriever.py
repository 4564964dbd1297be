"""Retrieval on a real library: what comes first, from which language, under which filters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from qa.library import Library, Prepared
from qa.retrieve import Retriever
from qa.settings import load_settings
from qa.text import sentences
from qa.values import Article, Filters, Passage

NEWS = {
    "fa-port": (
        "fa",
        "2025-11-16",
        "خبرگزاری ساحل",
        "سفیر تازه از بندر بازدید کرد. او با ملوانان کشتی باری گفت‌وگو کرد.",
    ),
    "fa-rain": ("fa", "2025-11-10", "خبرگزاری ساحل", "باران سنگین راه روستا را بست. دو پل فرو ریخت."),
    "fa-match": ("fa", None, "ورزش امروز", "تیم فوتبال شهر در بازی پایانی سه بر یک برنده شد."),
    "ar-flood": ("ar", "2025-11-12", "صحيفة الوادي", "أغلقت الأمطار الغزيرة طريق القرية. انهار جسران."),
    "ar-school": ("ar", "2025-10-01", "صحيفة الوادي", "افتتح الوزير مدرسة جديدة في المدينة."),
    "en-oil": ("en", "2025-11-14", "Coast News", "Oil prices rose after the meeting of producers in Vienna."),
    "en-museum": ("en", "2025-09-03", "Coast News", "The museum opened a hall for old maps and globes."),
}


def prepared(id: str, language: str, published: str | None, source: str, text: str) -> Prepared:
    article = Article(id=id, text=text, language=language, published=published, source=source)
    spans = tuple(sentences(text))
    cut = [spans[at : at + 2] for at in range(0, len(spans), 2)]
    return Prepared(
        article,
        tuple(
            Passage("", id, n, part[0].start, part[-1].end, text[part[0].start : part[-1].end], part)
            for n, part in enumerate(cut)
        ),
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(load_settings(home=tmp_path / "home")) as library:
        yield library


@pytest.fixture
def retriever(library: Library) -> Retriever:
    library.add([prepared(id, *rest) for id, rest in NEWS.items()])
    return Retriever(library, load_settings())


def found(retriever: Retriever, question: str, top_k: int = 8, **filters: object) -> list[str]:
    passages = retriever.retrieve(question, top_k=top_k, filters=Filters(**filters))  # type: ignore[arg-type]
    return [passage.article_id for passage in passages]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("چه کسی از بندر بازدید کرد؟", "fa-port"),
        ("چه كسي با ملوانان گفتگو كرد؟", "fa-port"),
        ("متى افتتحت المدرسة الجديدة؟", "ar-school"),
        ("Why did oil prices rise?", "en-oil"),
    ],
)
def test_the_answering_passage_comes_first(retriever: Retriever, question: str, first: str) -> None:
    assert found(retriever, question)[0] == first


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which port did the ambassador visit?", "fa-port"),
        ("Which team won the football final?", "fa-match"),
        ("قیمت نفت چرا بالا رفت؟", "en-oil"),
        ("من فاز في مباراة كرة القدم؟", "fa-match"),
        ("چه کسی مدرسه را افتتاح کرد؟", "ar-school"),
    ],
)
def test_another_language_answers_when_the_own_one_does_not(retriever: Retriever, question: str, first: str) -> None:
    assert first in found(retriever, question)[:3]


def test_the_same_news_in_another_language_gets_a_place_after_the_own_one(retriever: Retriever) -> None:
    order = found(retriever, "باران سنگین کدام راه را بست؟")
    assert order[0] == "fa-rain"
    assert "ar-flood" in order[:4]


def test_scores_fall_and_passages_carry_their_header(retriever: Retriever) -> None:
    passages = retriever.retrieve("باران سنگین راه روستا را بست", top_k=5)
    scores = [passage.score for passage in passages]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0
    assert (passages[0].source, passages[0].published, passages[0].language) == ("خبرگزاری ساحل", "2025-11-10", "fa")


def test_filters_hold_for_every_channel(retriever: Retriever) -> None:
    assert set(found(retriever, "راه روستا", language="ar")) <= {"ar-flood", "ar-school"}
    assert set(found(retriever, "راه روستا", source="coast  news")) <= {"en-oil", "en-museum"}
    recent = found(retriever, "راه روستا", since=date(2025, 11, 12), until=date(2025, 11, 16))
    assert set(recent) <= {"fa-port", "ar-flood", "en-oil"}
    assert "ar-flood" in recent
    assert found(retriever, "راه روستا", source="nobody") == []


def test_no_words_or_no_articles_find_nothing(library: Library, tmp_path: Path) -> None:
    retriever = Retriever(library, load_settings())
    assert found(retriever, "باران") == []
    library.add([prepared(id, *rest) for id, rest in NEWS.items()])
    assert found(retriever, "؟!") == []


def test_what_is_added_or_removed_later_is_seen(library: Library, retriever: Retriever) -> None:
    library.add([prepared("fa-quake", "fa", "2025-11-20", "ساحل", "زمین‌لرزه‌ای شهر را لرزاند.")])
    assert found(retriever, "زمین‌لرزه کجا بود؟")[0] == "fa-quake"
    library.remove(["fa-quake"])
    assert "fa-quake" not in found(retriever, "زمین‌لرزه کجا بود؟")


def test_what_a_question_says_of_its_articles_limits_the_search(library: Library) -> None:
    library.add([prepared(id, *rest) for id, rest in NEWS.items()])
    retriever = Retriever(library, load_settings(), today=lambda: date(2025, 11, 20))
    found = retriever.find("According to Coast News, what rained on the village last week?")
    assert {passage.article_id for passage in found.passages} == {"en-oil"}
    assert [each.words for each in found.understood] == ["According to Coast News", "last week"]
    literal = retriever.find("According to Coast News, what rained on the village last week?", understand=False)
    assert literal.understood == ()
    assert {"fa-rain", "en-museum"} <= {passage.article_id for passage in literal.passages}


def test_a_filter_that_leaves_nothing_is_dropped_and_said_so(library: Library) -> None:
    library.add([prepared(id, *rest) for id, rest in NEWS.items()])
    retriever = Retriever(library, load_settings(), today=lambda: date(2026, 11, 20))
    found = retriever.find("Why did oil prices rise last week?")
    assert found.passages[0].article_id == "en-oil"
    assert [(each.strict, each.dropped) for each in found.understood] == [(False, True)]


def test_articles_of_the_time_that_is_asked_about_come_before_their_equals(library: Library) -> None:
    days = {"b-old": "2024-03-02", "a-new": "2025-03-02", "c-undated": None}
    text = "The old bridge was closed by {} in the town."
    names = ("Ansel Morrow and Kit Thorne", "Brida Hale and Lew Sands", "Corin Ames and Pat Wills")
    library.add(
        [
            prepared(id, "en", day, "Coast", text.format(name))
            for (id, day), name in zip(days.items(), names, strict=True)
        ]
    )
    retriever = Retriever(library, load_settings(), today=lambda: date(2025, 11, 20))
    assert found(retriever, "Which bridge was closed in March 2024?")[0] == "b-old"


def test_neighbouring_passages_of_an_article_are_found_as_one(library: Library) -> None:
    text = "The ferry sails at noon. Its captain is Ada Quill. The ferry returns at dusk. Its lamp is blue."
    library.add([prepared("ferry", "en", None, "Coast", text)])
    (passage,) = Retriever(library, load_settings()).retrieve("ferry")
    assert (passage.start, passage.end, len(passage.sentences)) == (0, len(text), 4)
    assert passage.text == text


def test_what_only_the_vectors_find_passes_the_filters_too(library: Library, retriever: Retriever) -> None:
    ids = library.vectors.ids()
    coast = Filters(source="coast news", since=date(2025, 10, 1))
    assert {id.partition("@")[0] for id in library.passing(ids, coast)} == {"en-oil"}
    assert library.passing(ids, Filters(language="ar")) == {id for id in ids if id.startswith("ar-")}
    assert set(found(retriever, "Why did oil prices rise?", since=date(2025, 11, 13))) <= {"en-oil", "fa-port"}


def test_a_question_that_lost_its_half_spaces_finds_the_same(library: Library) -> None:
    library.add([prepared(id, *rest) for id, rest in NEWS.items()])
    retriever = Retriever(library, load_settings(), vector_share=0.0)

    def ranked(question: str) -> list[tuple[str, float]]:
        return [(each.id, each.score) for each in retriever.retrieve(question, filters=Filters(language="fa"))]

    assert ranked("گفتوگو با ملوانان کشتیباری") == ranked("گفت‌وگو با ملوانان کشتی‌باری")

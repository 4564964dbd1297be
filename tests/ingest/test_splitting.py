from functools import cache
from itertools import pairwise

import pytest
import tiktoken
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.splitting import split
from qa.text import sentences
from qa.values import Article, Span

PIECES = [
    "The ferry sails at noon. ",
    "کتاب‌ها را به مردم می‌دهد؟ ",
    "قالت البلدية إن القطار يبدأ السبت. ",
    "A heading\n",
    "\n\n",
    "3.5 million; ",
    "😀 ",
    "بیشتر بخوانید\n",
    "می‌رود",
    "«نقل قول!» ",
    "\u200f\u200e \t",
    "word " * 40,
    "\n- an item, or two\n",
    "\nMonday | 412\n",
    "\nThe fares are:\n",
]


@cache
def encoder() -> tiktoken.Encoding:
    from qa.settings import use_bundled_encodings

    use_bundled_encodings()
    return tiktoken.get_encoding("o200k_base")


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = "".join(draw(st.lists(st.sampled_from(PIECES), max_size=60)))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    marked = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    told = [draw(st.booleans()) for _ in marked]
    clutter, teasers = (
        tuple(span for span, each in zip(marked, told, strict=True) if each is which) for which in (False, True)
    )
    return Article(
        id="a", text=text, clutter=clutter, teasers=teasers, language="fa", title="T", published="2026-01-02"
    )


@settings(max_examples=150, deadline=None)
@given(articles(), st.sampled_from([32, 48, 256]))
def test_every_sentence_outside_the_clutter_is_in_exactly_one_passage(article: Article, budget: int) -> None:
    passages = split(article, budget=budget)
    inside = [span for passage in passages for span in passage.sentences]
    position, expected = 0, []
    for start, end in sorted([*article.clutter, *article.teasers, Span(len(article.text), len(article.text))]):
        expected += sentences(article.text, position, start)
        expected += sentences(article.text, start, end) if Span(start, end) in article.teasers else ()
        position = end
    assert inside == expected
    for passage in passages:
        touched = [teaser for teaser in article.teasers if teaser.start < passage.end and passage.start < teaser.end]
        assert passage.teaser == bool(touched)
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    for passage in passages:
        assert article.text[passage.start : passage.end] == passage.text
        assert passage.sentences[0].start == passage.start
        assert passage.sentences[-1].end == passage.end
    assert all(first.end <= second.start for first, second in pairwise(passages))


@settings(max_examples=60, deadline=None)
@given(articles(), st.sampled_from([32, 64]))
def test_a_passage_keeps_to_its_budget_unless_it_is_one_long_sentence(article: Article, budget: int) -> None:
    for passage in split(article, budget=budget):
        cited = sum(len(encoder().encode(" " + passage.sentence(at))) for at in range(len(passage.sentences)))
        assert cited <= budget or len(passage.sentences) == 1


def test_paragraphs_are_the_borders_where_they_fit() -> None:
    paragraph = "The ferry sails at noon. It returns at dusk, and rests. "
    passages = split(Article(id="a", text="\n\n".join([paragraph * 2] * 6)), budget=64)
    assert [len(passage.sentences) for passage in passages] == [8, 8, 8]


def test_a_heading_stays_with_what_it_heads() -> None:
    text = "The ferry sails at noon on every day but Friday.\n\nFares\n\nA child pays two marjans, a horse five. " * 4
    for passage in split(Article(id="a", text=text), budget=40):
        assert passage.sentence(len(passage.sentences) - 1) != "Fares"


LIST = "The fares are:\n\n- Adults pay twelve marjans. Children pay six.\n- Bicycles pay nothing.\n- Dogs stay."
TABLE = "Crossings\n\n| Day | Crossings |\n|---|---|\n| Monday | 412 |\n| Tuesday | 390 |\n| Friday | 120 |"
BEFORE = "The ferry sails at noon on every day but Friday, when the school has the boat. "


@pytest.mark.parametrize("whole", [LIST, TABLE], ids=["list", "table"])
@pytest.mark.parametrize("before", range(1, 6))
def test_a_list_and_a_table_stay_whole_with_what_leads_them(whole: str, before: int) -> None:
    text = f"{BEFORE * before}\n\n{whole}\n\n{BEFORE * 3}"
    passages = split(Article(id="a", text=text), budget=72)
    assert [whole in passage.text for passage in passages].count(True) == 1


def test_a_list_longer_than_a_passage_is_cut_between_its_items() -> None:
    items = [f"- Pier {number} is closed until May. It is to be mended then." for number in range(20)]
    passages = split(Article(id="a", text="\n".join(items)), budget=64)
    assert len(passages) > 2
    assert [line for passage in passages for line in passage.text.split("\n")] == items


def test_clutter_between_two_sentences_is_in_neither() -> None:
    text = "The ferry sails at noon.\nRead more\nIt returns at dusk."
    start = text.index("Read")
    (passage,) = split(Article(id="a", text=text, clutter=(Span(start, start + 9),)), budget=64)
    assert [passage.sentence(0), passage.sentence(1)] == ["The ferry sails at noon.", "It returns at dusk."]


def test_a_passage_carries_the_header_and_an_id_with_the_revision() -> None:
    article = Article(
        id="a", text="One. Two.", title="T", source="S", url="U", author="A", published="2026", revision=3
    )
    (passage,) = split(article, budget=64)
    assert passage.id == "a@3#0"
    assert (passage.title, passage.source, passage.url, passage.author, passage.published) == (
        "T",
        "S",
        "U",
        "A",
        "2026",
    )


@pytest.mark.parametrize("text", ["", " \n ", "a" * 300_000, "سند" * 100_000, "\n" * 10_000])
def test_strange_texts_are_split_without_a_hang(text: str) -> None:
    article = Article(id="a", text=text)
    assert all(text[passage.start : passage.end] == passage.text for passage in split(article, budget=64))

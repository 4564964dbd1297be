"""Quotes are cut out by offsets: verbatim whatever the labels, numbered in reading order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa.answer.citations import CitationBook, stretches
from qa.text import sentences
from qa.values import DraftStatement, Evidence, Label, Passage, Span

ARTICLE = "Menu | Home\nMara drives. She began in 2019.\n\nShare this\n«باد» می‌وزد. الجو بارد. It ends here."
FIRST, SECOND = Span(12, 43), Span(56, len(ARTICLE))


def passage(id: str, span: Span) -> Passage:
    text = ARTICLE[span.start : span.end]
    return Passage(id, "a", 0, span.start, span.end, text, tuple(sentences(ARTICLE, span.start, span.end)))


EVIDENCE = Evidence("?", "en", (passage("p1", FIRST), passage("p2", SECOND), passage("p3", FIRST)))
LABELS = [label for label, _ in EVIDENCE.labelled()]


@given(st.lists(st.lists(st.sampled_from(LABELS), min_size=1, max_size=4), max_size=6))
def test_every_quote_is_verbatim_and_ids_count_from_one(statements: list[list[Label]]) -> None:
    book = CitationBook(EVIDENCE)
    for labels in statements:
        cited = book.cite(DraftStatement("…", tuple(labels)))
        wanted = {EVIDENCE.locate(label)[1] for label in labels}
        assert all(any(c.start <= span.start and span.end <= c.end for c in cited) for span in wanted)
    assert [citation.id for citation in book.citations] == list(range(1, len(book.citations) + 1))
    assert all(ARTICLE[citation.start : citation.end] == citation.quote for citation in book.citations)
    assert all(
        ARTICLE[citation.passage_start : citation.passage_end] == citation.passage for citation in book.citations
    )


def test_the_same_sentence_is_one_citation_even_from_two_passages() -> None:
    book = CitationBook(EVIDENCE)
    one = book.cite(DraftStatement("…", (Label(1, 1),)))
    other = book.cite(DraftStatement("…", (Label(3, 1), Label(2, 3))))
    assert one[0].id == other[0].id == 1
    assert other[1].id == 2


def test_neighbours_that_one_statement_cites_share_a_citation() -> None:
    found = stretches(EVIDENCE, (Label(1, 2), Label(1, 1), Label(2, 1)))
    assert [(passage.id, ARTICLE[span.start : span.end]) for passage, span in found] == [
        ("p1", "Mara drives. She began in 2019."),
        ("p2", "«باد» می‌وزد."),
    ]


def test_sentences_with_something_between_them_stay_apart() -> None:
    between = Passage("p", "a", 0, 0, 24, "One. (advert) Two. Three.", (Span(0, 4), Span(14, 18), Span(19, 25)))
    found = stretches(Evidence("?", "en", (between,)), (Label(1, 1), Label(1, 2), Label(1, 3)))
    assert [tuple(span) for _, span in found] == [(0, 4), (14, 25)]


def test_the_answering_words_are_marked_in_their_citation() -> None:
    book = CitationBook(EVIDENCE)
    start = ARTICLE.index("2019")
    cited = book.cite(DraftStatement("…", (Label(1, 2),), answer=Span(start, start + 4)))
    assert ARTICLE[cited[0].answer_start : cited[0].answer_end] == "2019"
    assert book.citations == cited

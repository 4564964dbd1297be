"""The label parser, on streams cut anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer.labels import LabelParser, read_labels
from qa.values import Delta, DraftStatement, Evidence, Label, Passage, Span

TEXT = "One. Two. Three. Four. Five."
SENTENCES = (Span(0, 4), Span(5, 9), Span(10, 16), Span(17, 22), Span(23, 28))
PASSAGE = Passage("p", "a", 0, 0, len(TEXT), TEXT, SENTENCES)
EVIDENCE = Evidence("?", "en", (PASSAGE, PASSAGE, PASSAGE))
REFUSAL = "NO_ANSWER"


def parse(chunks: list[str], *, complete: bool = True) -> tuple[list[DraftStatement], str, bool]:
    """The statements, the shown words and whether it refused."""
    parser = LabelParser(EVIDENCE, REFUSAL)
    pieces = [piece for chunk in chunks for piece in parser.feed(chunk)]
    pieces += parser.close(complete=complete)
    shown = "".join(piece.text for piece in pieces if isinstance(piece, Delta))
    return [piece for piece in pieces if isinstance(piece, DraftStatement)], shown, parser.refused


def summary(text: str) -> list[tuple[str, list[str], list[str]]]:
    """(statement, labels, unknown labels) of a text that comes whole."""
    return [(draft.text, [str(label) for label in draft.labels], list(draft.unknown)) for draft in parse([text])[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left [1.2]. She stayed [1.3, 3.1].", [("He left.", ["1.2"], []), ("She stayed.", ["1.3", "3.1"], [])]),
        ("He left. [1.2] She stayed. [1.3][2.1]", [("He left.", ["1.2"], []), ("She stayed.", ["1.3", "2.1"], [])]),
        ("[1.1] He left. [1.2] She stayed.", [("He left.", ["1.1"], []), ("She stayed.", ["1.2"], [])]),
        ("He left.\n[1.2]\nShe stayed.\n[1.3]", [("He left.", ["1.2"], []), ("She stayed.", ["1.3"], [])]),
        ("- He left [1.1]\n- She stayed 【2.1】\n", [("He left", ["1.1"], []), ("She stayed", ["2.1"], [])]),
        ("1. He left. [1.1]\n2. She stayed. [1.2-1.4]", [
            ("He left.", ["1.1"], []),
            ("She stayed.", ["1.2", "1.3", "1.4"], []),
        ]),
        ("He left [1.2–4].", [("He left.", ["1.2", "1.3", "1.4"], [])]),
        ("He left 【1.2†source】.", [("He left.", ["1.2"], [])]),
        ("او رفت [۱٫۲]؛ و ماند [١.٣]. سپس آمد [1.4، ۱.۵].", [
            ("او رفت؛ و ماند.", ["1.2", "1.3"], []),
            ("سپس آمد.", ["1.4", "1.5"], []),
        ]),
        ("He left [0] [9.9] [1.9].", [("He left.", [], ["0", "9.9", "1.9"])]),
        ("It rose by 3.5 percent in [2024], he [sic] said [1.1].", [
            ("It rose by 3.5 percent in [2024], he [sic] said.", ["1.1"], [])
        ]),
        ("He left. She stayed [1.1].", [("He left.", [], []), ("She stayed.", ["1.1"], [])]),
        ("**He** left [1.1]", [("He left", ["1.1"], [])]),
        ("He left [1.1", [("He left", [], [])]),
        ("", []),
        (" \n ", []),
    ],
)  # fmt: skip
def test_statements_and_labels(text: str, expected: list[tuple[str, list[str], list[str]]]) -> None:
    assert summary(text) == expected


ALPHABET = [
    "[1.2]",
    "[1.3, 2.1]",
    "[",
    "]",
    "[0]",
    "[9.9]",
    "【2.2】",
    " ",
    "\n",
    ".",
    "؟",
    "،",
    "word",
    "کلمه",
    "٣",
    "12",
]


@given(st.lists(st.sampled_from(ALPHABET), max_size=30), st.data())
def test_it_does_not_matter_where_the_stream_is_cut(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    chunks = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert parse(chunks)[0] == parse([text])[0]
    assert parse(list(text))[0] == parse([text])[0]


@given(st.lists(st.sampled_from(ALPHABET), max_size=30))
def test_no_label_is_ever_shown_and_every_label_exists(parts: list[str]) -> None:
    drafts, shown, _ = parse(list("".join(parts)))
    for label in ("[1.2]", "[1.3, 2.1]", "[0]", "[9.9]", "【2.2】"):
        assert label not in shown
        assert all(label not in draft.text for draft in drafts)
    assert all(EVIDENCE.exists(label) for draft in drafts for label in draft.labels)


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    drafts, _, _ = parse(list(text))
    assert all(draft.text for draft in drafts)


def test_words_are_shown_before_their_sentence_is_finished() -> None:
    parser = LabelParser(EVIDENCE, REFUSAL)
    assert [piece for piece in parser.feed("The ferry ") if isinstance(piece, Delta)] == [Delta("The ferry")]
    assert list(parser.feed("left [1")) == [Delta(" left")]
    assert list(parser.feed(".1].")) == [Delta(".")]
    assert list(parser.feed(" It")) == []
    assert list(parser.feed(" came")) == [DraftStatement("The ferry left.", (Label(1, 1),)), Delta("It came")]


@pytest.mark.parametrize("text", ["NO_ANSWER", "NO_ANSWER.", " NO_ANSWER\n", "NO_ANSWER. The articles are silent."])
def test_the_refusal_word_is_never_shown(text: str) -> None:
    drafts, shown, refused = parse(list(text))
    assert refused
    assert drafts == []
    assert REFUSAL not in shown


def test_a_statement_may_come_before_the_refusal_word() -> None:
    drafts, _, refused = parse(["He left [1.1]. NO_ANSWER"])
    assert refused
    assert [draft.text for draft in drafts] == ["He left."]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("He left [1.1]. She sta", ["He left."]),
        ("He left [1.1]. She stayed [1.2", ["He left."]),
        ("He left [1.1].", ["He left."]),
        ("He left", []),
        ("He left.", []),
    ],
)
def test_after_a_break_off_only_whole_statements_are_kept(text: str, kept: list[str]) -> None:
    assert [draft.text for draft in parse([text], complete=False)[0]] == kept


@pytest.mark.parametrize("inside", ["", "  ", "sic", "1.2 and more", "1999", "-", ".,"])
def test_brackets_that_are_no_labels(inside: str) -> None:
    assert read_labels(inside, EVIDENCE) is None


def test_a_range_that_leaves_its_passage_gives_its_ends() -> None:
    group = read_labels("1.4-2.1", EVIDENCE)
    assert group is not None
    assert group.labels == (Label(1, 4), Label(2, 1))


def test_a_long_range_is_not_walked_through() -> None:
    group = read_labels("1.1-1.99999999", EVIDENCE)
    assert group is not None
    assert group.labels == (Label(1, 1),)
    assert group.unknown == ("1.99999999",)

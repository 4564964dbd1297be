"""Text becomes markup only by being escaped: what a browser reads back is what was put in."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.page.marking import Mark, paragraphs
from qa.page.markup import direction, element, escape, join, line, link, prose

TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("<>&\"'`={}$/ \n.،؛!-+%٪۰۵123abcسندالمقالة\u200c\u200f\u202b\u202c\u2067\u2069é😀"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u202d\u202e"),
    ),
    max_size=60,
)


class Read(HTMLParser):
    """What a browser would make of markup: text, and elements with their attributes."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[dict[str, str | None]] = []
        self.runs: list[tuple[str, tuple[str, ...]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open.append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        classes = " ".join(each.get("class") or "" for each in self.open)
        self.runs.append((data, tuple(classes.split())))


@given(TEXT)
def test_escaped_text_reads_back(text: str) -> None:
    read = Read(escape(text))
    assert read.text == text
    assert read.elements == []


@given(TEXT, TEXT)
def test_children_and_attributes_stay_inside_their_element(child: str, value: str) -> None:
    read = Read(element("p", child, title=value, data_ask=value))
    assert read.text == child
    assert read.elements == [("p", {"title": value, "data-ask": value})]


@given(TEXT)
def test_isolating_loses_nothing(text: str) -> None:
    for around in ("rtl", "ltr"):
        read = Read(prose(text, around))
        assert read.text == text
        assert {tag for tag, _ in read.elements} <= {"bdi"}


def test_markup_is_not_escaped_twice() -> None:
    assert join([element("b", "<"), "<"]) == "<b>&lt;</b>&lt;"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//example.org", False),
        ("https://example.org/\nx", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(address: str | None, kept: bool) -> None:
    made = link(address, "there")
    assert (made is not None) == kept
    if made is not None:
        [(_, attributes)] = Read(made).elements
        assert attributes["rel"] == "noopener noreferrer"
        assert attributes["href"] == str(address).strip()


@pytest.mark.parametrize("attributes", [{"onclick": "x"}, {"style": "x"}, {"href": "javascript:x"}, {"src": "//x"}])
def test_attributes_that_would_run_or_fetch_are_refused(attributes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"may not be|no attribute"):
        element("a", "x", **attributes)


@pytest.mark.parametrize("tag", ["p onload=x", "", "P", "1", "p>"])
def test_odd_elements_are_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="no element"):
        element(tag)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reuters گزارش داد که نشست برگزار شد", "rtl"),
        ("The newspaper کیهان reported it first", "ltr"),
        ("١٢٣", "ltr"),
        ("", "ltr"),
        ("قال", "rtl"),
        ("שלום", "rtl"),
    ],
)
def test_a_paragraph_goes_the_way_of_most_of_its_letters(text: str, expected: str) -> None:
    assert direction(text) == expected


@pytest.mark.parametrize(
    "run", ["Lumen Works", "C++", "2025-11-16", "+۵", "7.5%", "https://a.example/b?c=d", "GPT-4.1"]
)
def test_what_would_change_places_is_isolated_in_a_right_to_left_line(run: str) -> None:
    assert f'<bdi dir="ltr">{run}</bdi>' in prose(f"شرکت {run} گفت", "rtl")


def test_an_override_is_named_and_not_sent() -> None:
    shown = line("abc \u202etxt.exe")
    assert "\u202e" not in shown
    assert "RLO" in Read(shown).text


MARKS = st.lists(
    st.tuples(st.integers(-5, 70), st.integers(0, 40), st.sampled_from(["quote", "answer", "clutter", "far"])),
    max_size=5,
)


@given(TEXT, MARKS, st.integers(0, 30))
def test_marks_cover_exactly_their_ranges(text: str, ranges: list[tuple[int, int, Any]], base: int) -> None:
    marks = [Mark(base + start, base + start + length, kind) for start, length, kind in ranges]
    read = Read(paragraphs(text, marks, base=base))
    lines = [one for one in text.replace("\u2028", "\n").replace("\u2029", "\n").split("\n") if one.strip()]
    assert read.text == "".join(lines)

    expected = []
    position = 0
    for one in text.replace("\u2028", "\n").replace("\u2029", "\n").split("\n"):
        if one.strip():
            places = range(base + position, base + position + len(one))
            expected += [{mark.kind for mark in marks if mark.start <= at < mark.end} for at in places]
        position += len(one) + 1
    kinds = {"quote", "answer", "clutter", "far"}
    assert [kinds & set(classes) for run, classes in read.runs for _ in run] == expected

from ingest.clutter import Clutter
from ingest.readers.markdown import front_matter, read_markdown

PAGE = """---
title: "The ferry: a beginning"
author: Ann Other
date: 2026-01-09
source: The Post
lang: en
tags: [ferry, harbour]
---
# The ferry

The ferry sails at noon. ![a boat](boat.png)

## Fares ##

<!-- to be checked -->
A child pays two marjans.
"""


def test_front_matter_is_metadata_and_the_text_stays_whole() -> None:
    draft = read_markdown(PAGE.encode())
    assert draft.text == PAGE
    assert (draft.title, draft.author, draft.published) == ("The ferry: a beginning", "Ann Other", "2026-01-09")
    assert (draft.source, draft.language, draft.url) == ("The Post", "en", None)


def test_markup_is_no_part_of_the_article() -> None:
    draft = read_markdown(PAGE.encode())
    marked = [draft.text[item.start : item.end] for item in draft.clutter]
    assert marked[0].endswith("---\n")
    assert marked[1:] == ["# ", "![a boat](boat.png)", "## ", " ##", "<!-- to be checked -->"]


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    draft = read_markdown("Some words before.\n\n# **کتابخانه** #\n\nمتن.\n".encode())
    assert draft.title == "کتابخانه"
    assert draft.clutter[0] == Clutter(20, 22, "markup")


def test_a_rule_inside_the_text_is_no_front_matter() -> None:
    assert front_matter("One.\n\n---\ntitle: no\n---\n").end == 0
    assert front_matter("---\ntitle: never closed\n").fields == {}


def test_fields_have_other_names_too() -> None:
    draft = read_markdown(b"---\nby: A\npublisher: S\nlink: https://post.example/a\n---\nText.\n")
    assert (draft.author, draft.source, draft.url) == ("A", "S", "https://post.example/a")

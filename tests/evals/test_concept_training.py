"""Learning the concept table: from a few pairs, the right words find each other, the same bytes each time."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from evals.training.concepts import Pair, learn, translate
from qa.text.concept_table import read_table

PAIRS = {
    "fa": [("کتاب قرمز", "red book", "1"), ("کتاب", "book", "1"), ("قرمز", "the red", "0.5"), ("«»", "nothing", "1")],
    "ar": [("كتاب أحمر", "red book", "1"), ("كتاب", "book", "1"), ("باب أحمر", "red door", "1")],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language, pairs in PAIRS.items():
        with gzip.open(tmp_path / f"pairs.{language}-en.tsv.gz", "wt", encoding="utf-8") as file:
            file.write(f"{language}\ten\tweight\tsource\n")
            file.writelines("\t".join((*pair, "test")) + "\n" for pair in pairs)
    with gzip.open(tmp_path / "frequency.en.tsv.gz", "wt", encoding="utf-8") as file:
        file.write("book\t9\nred\t7\n")
    return tmp_path


def test_words_are_aligned_inside_phrases() -> None:
    pairs = [Pair(("کتاب", "قرمز"), ("red", "book"), 1.0), Pair(("کتاب",), ("book",), 1.0)]
    learned = translate(pairs)
    assert max(learned["کتاب"], key=learned["کتاب"].__getitem__) == "book"
    assert max(learned["قرمز"], key=learned["قرمز"].__getitem__) == "red"


def test_the_table_is_the_same_each_time_and_holds_what_was_taught(folder: Path) -> None:
    data = learn(folder)
    assert learn(folder) == data
    table = read_table(data)
    for language, word in (("fa", "کتاب"), ("ar", "کتاب")):
        concepts = table.concepts_of(f"{language}.words", word)
        assert max(concepts, key=concepts.__getitem__) == "book"
    assert table.familiar == {"book", "red"}


def test_the_glossary_is_taught_too(folder: Path) -> None:
    assert "hold" in read_table(learn(folder)).concepts_of("fa.words", "برگزار")


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        learn(tmp_path)

"""Writes the list of English words that are names, among those that the concept table and English readers know.

    python -m evals.training.known_names FOLDER

``FOLDER`` holds ``pairs.{fa,ar}-en.tsv.gz`` (phrase, English phrase, weight, source, with a header). A word is a name
when the dictionaries write it with a capital nearly always, or when it stands only among transliterated names. What
no list knows at all is taken for a name anyway, so unknown names need no place here.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from collections import Counter
from pathlib import Path
from typing import Final

import qa.text
from qa.text import stem
from qa.text.concepts import table
from qa.text.date_words import months, weekdays

TARGET: Final = "names.known.txt"
CAPITALS_TO_SMALL: Final = 4
LEAST_CAPITALS: Final = 2
SURE_CAPITALS: Final = 10
# Beliefs and peoples that news writes of in common words; a statement that says "Islamic" invents no name.
NO_NAMES: Final = frozenset({"islam", "muslim", "christian", "jew", "god", "allah", "internet", "state", "street"})
HEADER: Final = """\
# English stems that are names, learned by evals/training/known_names.py from English Wiktionary (CC BY-SA 3.0),
# Arabic and Persian WordNet, Unicode CLDR, Tatoeba (CC BY 2.0 FR) and google/transliteration (Apache-2.0).
# This list is CC BY-SA 4.0.
"""


def learn(folder: Path) -> list[str]:
    """The stems, sorted."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    transliterated: set[str] = set()
    for language in ("fa", "ar"):
        with gzip.open(folder / f"pairs.{language}-en.tsv.gz", "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                found = re.findall("[A-Za-z]+", row["en"])
                if row["source"] == "ar2en":
                    transliterated.update(stem(word.lower(), "en") for word in found)
                elif row["source"] != "osm":  # map presets begin every phrase with a capital
                    for word in found[row["source"] == "tatoeba" :]:
                        (capital if word[0].isupper() else small)[stem(word.lower(), "en")] += 1
    known = set(table().concepts) | {stem(word, "en") for word in table().familiar}
    calendar = {stem(word, "en") for word in (*months(), *weekdays()) if word.isascii()}
    return sorted(
        word
        for word in known - calendar - NO_NAMES
        if len(word) >= 3 and is_name(capital[word], small[word], transliterated=word in transliterated)
    )


def is_name(capital: int, small: int, *, transliterated: bool) -> bool:
    """Whether a word written so often with a capital and so often without is a name."""
    if capital >= SURE_CAPITALS and capital >= 2 * small:
        return True
    if capital >= LEAST_CAPITALS and capital >= CAPITALS_TO_SMALL * small:
        return True
    return transliterated and small == 0


def main() -> None:
    """Reads FOLDER, writes the list beside the concept table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    names = learn(parser.parse_args().folder)
    target = Path(qa.text.__file__).parent / "data" / TARGET
    target.write_text(HEADER + "\n".join(names) + "\n", "utf-8")


if __name__ == "__main__":
    main()

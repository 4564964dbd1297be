"""The fixed wording of web pages, in three languages, as phrases.json lists it.

label      a line that is just this is page furniture, wherever it stands
section    a section's name; furniture around the article, maybe a heading inside it
related    heads a few links to other stories, after which the article may go on
tail       heads lists of other stories, after which the article seldom goes on
comment    heads the readers' comments
starts     with a colon or the like after it, opens a line of furniture
credit     opens a line that credits a picture
legal      anywhere in a short line makes it a legal notice
promotion  anywhere in a short line makes it an invitation to follow, subscribe or accept
dateline   words that stand around a publication date
updated    words before the date of the last change
byline     words before an author's name
outlet     words before the name of the outlet
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.layout import squash


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of each list, squashed (see layout.squash), so that spacing and spelling don't matter."""

    label: frozenset[str]
    section: frozenset[str]
    related: frozenset[str]
    tail: frozenset[str]
    more: frozenset[str]
    comment: frozenset[str]
    starts: frozenset[str]
    credit: frozenset[str]
    legal: frozenset[str]
    promotion: frozenset[str]
    counted: frozenset[str]
    dateline: frozenset[str]
    updated: frozenset[str]
    ago: frozenset[str]
    byline: frozenset[str]
    outlet: frozenset[str]
    agency: frozenset[str]
    wire: frozenset[str]


@cache
def phrases() -> Phrases:
    """The lists of phrases.json, read once."""
    lists = json.loads(Path(__file__).with_name("phrases.json").read_text(encoding="utf-8"))
    return Phrases(**{name: frozenset(map(squash, listed)) for name, listed in lists.items()})

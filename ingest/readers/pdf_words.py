"""Vowel signs in right-to-left PDF text, which are drawn apart from the letters that they belong to.

Reading by position gives the right order of words, but tears words at the signs and puts some signs on other words;
reading in the order of drawing gives the words whole, in an order that is not that of the line. So the words of the
one are looked up in the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_SIGN = re.compile("[\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]")
_WORD = re.compile("[\u0620-\u063f\u0641-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ef\u06fa-\u06fc]+")
_PIECES = 4  # that a word may be torn into


@dataclass(frozen=True, slots=True)
class Mended:
    """A text whose words are whole again; ``words`` of them were looked at, and ``torn`` could not be mended."""

    text: str
    words: int
    torn: int


def without_signs(text: str) -> str:
    """A text without its vowel signs."""
    return _SIGN.sub("", text)


def sign_share(text: str) -> float:
    """Vowel signs for each letter of right-to-left words: 0.02 in news, 0.8 where every word has them all."""
    letters = sum(map(len, _WORD.findall(without_signs(text))))
    return len(_SIGN.findall(text)) / max(letters, 1)


def mend_words(text: str, drawn: str) -> Mended:
    """``text``, read by position, with the words of ``drawn``, the same in the order of drawing."""
    if not _SIGN.search(text) and not _SIGN.search(drawn):
        return Mended(text, 0, 0)
    spelled: dict[str, set[str]] = defaultdict(set)
    for word in _WORD.findall(drawn):
        if not _SIGN.match(word):  # no word begins with one
            spelled[without_signs(word)].add(word)
    lines = [_mended_line(line, spelled) for line in text.split("\n")]
    return Mended("\n".join(one.text for one in lines), sum(one.words for one in lines), sum(one.torn for one in lines))


def _mended_line(line: str, spelled: dict[str, set[str]]) -> Mended:
    words = list(_WORD.finditer(line))
    out: list[str] = []
    torn = position = index = 0
    while index < len(words):
        taken = next(_fitting(line, words[index : index + _PIECES], spelled), None)
        out.append(line[position : words[index].start()])
        last = words[index + (taken.pieces if taken else 1) - 1]
        out.append(taken.word if taken else words[index].group())
        torn += taken is None
        position = last.end()
        index += taken.pieces if taken else 1
    out.append(line[position:])
    return Mended("".join(out), len(words), torn)


@dataclass(frozen=True, slots=True)
class _Taken:
    word: str
    pieces: int


def _fitting(line: str, words: list[re.Match[str]], spelled: dict[str, set[str]]) -> Iterator[_Taken]:
    """How the first of these words is spelled: as it stands, or joined with those after it, or with other signs."""
    first = words[0].group()
    if first in spelled.get(without_signs(first), ()):
        yield _Taken(first, 1)
        return
    for pieces in range(1, len(words) + 1):
        gaps = [line[a.end() : b.start()] for a, b in pairwise(words[:pieces])]
        if any(gap.strip(" ") for gap in gaps):
            return
        found = spelled.get(without_signs("".join(word.group() for word in words[:pieces])), set())
        if len(found) == 1:
            yield _Taken(next(iter(found)), pieces)

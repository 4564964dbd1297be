"""Whether a stop (. ! ? ؟ … ؛) ends a sentence, by what stands before and after it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from qa.text.folding import fold
from qa.text.scripts import ARABIC_LETTERS, HALF_SPACES, INVISIBLE, MARKS, TATWEEL

_CLOSING = "»”’\"'›)\\]}"
_FOOTNOTE = r"\[\d{1,3}\]"
STOP = re.compile(
    rf"([.!?؟…؛۔]+)"
    rf"(?:[{INVISIBLE}]*(?:[{_CLOSING}]|[ \u00a0]?(?:[»”]|{_FOOTNOTE})|\[[^\W\d_]{{1,8}} ?\d{{0,3}}\]))*"
    rf"[{INVISIBLE}]*"
)
"""A run of stops, its first group, with the closing quotes, brackets and footnote numbers that belong to it."""

_TOKEN_BEFORE = re.compile(rf"[\w.{MARKS}{TATWEEL}{HALF_SPACES}\u200d]+\Z")
_LONGEST_TOKEN = 24
_BRACKETS = (("(", ")"), ("[", "]"))
_LONGEST_ASIDE = 300  # code points on each side of a stop in which its brackets are looked for
_CACHED_TOKENS = 1 << 13
_NEXT = re.compile(rf"[\s{INVISIBLE}]*([^\s{INVISIBLE}])")
_NEXT_WORD = re.compile(r"\s*[\"'“‘(\[]?([A-Z][A-Za-z]*)")
_ARABIC = re.compile(f"[{ARABIC_LETTERS}]")
_SPELT_OUT = re.compile(rf"[{ARABIC_LETTERS}]{{1,3}}\.")  # ان.آر.اف.
_GOES_ON = frozenset(",،;؛:)]}/%=")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s«»“”\"<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:[A-Za-z0-9-]+\.)+[a-z]{2,}\b(?:/[^\s«»“”\"<>]*)?",
    re.ASCII,
)
_LONGEST_ADDRESS = 200
_ADDRESS_TAIL = ".,!?;:)'"


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    """The sections of ``data/abbreviations.txt``."""
    sections: dict[str, set[str]] = {}
    words: set[str] = set()
    path = Path(__file__).with_name("data") / "abbreviations.txt"
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            words.update(fold(word).text for word in line.split())
    return {name: frozenset(words) for name, words in sections.items()}


def ends_sentence(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """Whether ``stop``, a match of ``STOP`` inside ``text[start:end]``, ends a sentence there."""
    before = text[stop.start() - 1] if stop.start() > start else " "
    following = _NEXT.match(text, stop.end(), end)
    if following is None:
        return True
    after, apart = following[1], following.start(1) > stop.end()
    signs = stop[1]
    signed = after == "/" and _ARABIC.match(before) is not None  # «… است./ایسنا»: the agency's name
    if before in "([" or (after in _GOES_ON and not signed):
        return False
    if "؛" in signs:
        return not _in_brackets(text, stop, start, end)
    if after.islower() and after.isascii() and not _ARABIC.match(before):
        return False
    if signs.startswith(("...", "…", "..")):
        return (
            apart
            and not (before.isspace() or before in "\"'«“")
            and not _is_initial(_token_before(text, stop.start(), start))
        )
    if apart:
        return not signs.endswith(".") or _full_stop_ends(text, stop, start, end)
    return _ends_without_space(text, stop, start, end, before, after)


def _in_brackets(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """Whether the stop is between an opening bracket and, not far behind it, the one that closes it."""
    before = text[max(start, stop.start() - _LONGEST_ASIDE) : stop.start()]
    behind = text[stop.end() : min(end, stop.end() + _LONGEST_ASIDE)]
    for opening, closing in _BRACKETS:
        closes, opens = behind.find(closing), behind.find(opening)
        if before.rfind(opening) > before.rfind(closing) and closes >= 0 and not 0 <= opens < closes:
            return True
    return False


def _token_before(text: str, place: int, start: int) -> str:
    """The word, with its inner dots, that ends at ``place``."""
    found = _TOKEN_BEFORE.search(text[max(start, place - _LONGEST_TOKEN) : place])
    return found[0] if found else ""


@lru_cache(_CACHED_TOKENS)
def _folded(token: str) -> str:
    return fold(token).text


def _is_initial(token: str) -> bool:
    """Whether a token is a letter of the Arabic script or several with dots between: د, ه.ش, ق.م."""
    return all(len(part) == 1 and _ARABIC.match(part) is not None for part in _folded(token).split("."))


def _never_ends(token: str) -> bool:
    """Whether a token is an abbreviation that ends no sentence: e.g, or an initial spelt out, as in جان دبلیو. هیل."""
    kinds, folded = _abbreviations(), _folded(token)
    return folded in kinds["never ends a sentence"] or folded.split(".")[-1] in kinds["initial spelt out"]


def _full_stop_ends(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """Whether a full stop with a space after it ends a sentence: not after an abbreviation or an initial."""
    token = _token_before(text, stop.start(), start)
    if not token or _is_initial(token):
        return not token
    if _never_ends(token):
        return False
    kinds, folded = _abbreviations(), _folded(token).strip(".")
    if folded in kinds["before a name, with a capital"] and token[0].isupper():
        return False
    following = _NEXT.match(text, stop.end(), end)
    if folded in kinds["before a number"] and following and following[1].isdecimal():
        return False
    if folded in kinds["may end a sentence"] or (len(folded) == 1 and folded.isalpha()):
        word = _NEXT_WORD.match(text, stop.end(), end)
        return word is not None and word[1].lower() in kinds["starts a sentence, with a capital"]
    return True


def _ends_without_space(text: str, stop: re.Match[str], start: int, end: int, before: str, after: str) -> bool:
    """Whether a stop with no space after it ends a sentence, as in scraped pages: «است.او», «end.The»."""
    if before.isspace() or (before.isdecimal() and after.isdecimal()) or not (after.isalnum() or after in "«“\"'([/"):
        return False
    if before.isascii() and after.isascii() and _inside_address(text, stop, start, end):
        return False
    token = _token_before(text, stop.start(), start)
    if _SPELT_OUT.match(text, stop.end(), end) or _is_initial(token) or _never_ends(token):
        return False
    if _ARABIC.match(before) or _ARABIC.match(after):
        return len(token) > 1
    return before.islower() and len(token) > 1 and "." not in token and text[stop.end() : stop.end() + 2].istitle()


def _inside_address(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """Whether the stop is part of a web or e-mail address."""
    window = text.rfind(" ", max(start, stop.start() - _LONGEST_ADDRESS), stop.start()) + 1
    left = window or max(start, stop.start() - _LONGEST_ADDRESS)
    for address in _ADDRESS.finditer(text, left, min(end, stop.end() + _LONGEST_ADDRESS)):
        if address.start() > stop.start():
            return False
        if stop.start() < address.start() + len(address[0].rstrip(_ADDRESS_TAIL)):
            return True
    return False

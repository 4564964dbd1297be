"""The language of a text, by its letters and its function words; made for short questions."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from qa.text.scripts import ARABIC_LETTERS, HALF_SPACES, MARKS, TATWEEL

_CACHED_WORDS = 1 << 14
_SAMPLE = 20_000  # code points that are looked at
_WORDS = re.compile(r"[^\W\d_]+")
_DROPPED = re.compile(f"[{MARKS}{TATWEEL}]")
_ARABIC_SCRIPT = re.compile(f"[{ARABIC_LETTERS}]+")
_LATIN_SCRIPT = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_OTHER_SCRIPTS = {
    "ru": re.compile("[\u0400-\u04ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "hy": re.compile("[\u0531-\u0587]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}
_ANY_OTHER_SCRIPT = re.compile("[" + "".join(script.pattern[1:-1] for script in _OTHER_SCRIPTS.values()) + "]")
_Evidence = tuple[tuple[str, str | re.Pattern[str], float], ...]
_EVIDENCE: _Evidence = (  # (language, letters or a pattern, weight of one)
    ("fa", "پچژگ", 2.0),
    ("fa", "یک", 0.3),
    ("fa", re.compile(f"[{HALF_SPACES}](?<=[{ARABIC_LETTERS}].)(?=[{ARABIC_LETTERS}])"), 1.0),
    ("fa", "۴۵۶", 1.0),
    ("ar", "ةإ", 2.0),
    ("ar", "أى", 1.0),
    ("ar", "يك", 0.3),
    ("ar", re.compile(rf"ال(?:(?<!\w..)|(?<=\b[وفبك]..)|(?<=\b[وف][بك]..))[{ARABIC_LETTERS}]{{3}}"), 1.0),
    ("ar", re.compile(rf"لل(?<!\w..)[{ARABIC_LETTERS}]{{3}}"), 1.0),
    ("ar", re.compile(r"^\W*من\b"), 0.2),  # "who" begins a question sooner than "I" does
    *((language, re.compile(f"ە(?=[{ARABIC_LETTERS}])"), 1.0) for language in ("ckb", "kmr", "ug")),
    *((language, "ە", 0.1) for language in ("ckb", "kmr")),  # ending a word it may be a Persian ه
)
_NEIGHBOURS: _Evidence = (  # letters that neither Persian nor Arabic has
    ("ckb", "ێۆڕڵ", 3.0),
    ("kmr", "ێۆڕڵ", 3.0),
    ("ug", "ۇۈۋڭ", 3.0),
    ("ug", re.compile("[ېۆ]|ئ(?=[اەوۇۆۈېى])"), 2.0),
    ("azb", "پچژگ", 2.0),  # as many as Persian has: words and endings decide
    ("azb", "یک", 0.3),
    ("azb", re.compile("[ۆۇێ]|[کگچدب]ؤ|اؤ|سؤز"), 1.5),
    ("azb", re.compile(r"(?:لار|لر|جاق|جک|ماق|ین)(?![^\W\d_\u200c])"), 0.7),
    ("ur", "ٹڈڑںے", 3.0),
    ("ur", "ہ", 1.0),
    ("ps", "ټډړږښځڅۍګڼې", 3.0),
    ("sd", "ڄڃٻڀٿٺڏڊڦڱڻ۾۽", 3.0),
    ("sd", "ڪڌٽڍھ", 1.5),
)
_ANY_NEIGHBOUR = re.compile("[ێۆڕڵۇۈۋڭېؤٹڈڑںےہټډړږښځڅۍګڼڄڃٻڀٿٺڏڊڦڱڻ۾۽ڪڌٽڍھ]")
_WORD_WEIGHT = 2.0
_LETTERS_A_WORD_IS_WORTH = 8  # names in the other script may be longer than the question around them
_ARABIC_LANGUAGES = ("fa", "ar", "ckb", "kmr", "ur", "ps", "azb", "ug", "sd")
_LATIN_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "tr")
_NO_HAMZA = str.maketrans("أإآ", "ااا")
_TYPED_LETTERS = frozenset("يىكأإآة")
_TYPED_ALIKE = str.maketrans("يىكأإآة", "ییکاااه")


def _listed_words() -> dict[str, set[str]]:
    """The languages that each function word speaks for, from the lists in ``data/``."""
    folder = Path(__file__).with_name("data")
    lines = [line.split() for line in (folder / "languages.txt").read_text("utf-8").splitlines()]
    for language in ("fa", "ar", "en"):
        listed = (folder / f"stopwords.{language}.txt").read_text("utf-8").splitlines()
        lines += [[language, *line.split()] for line in listed if not line.startswith("#")]
    found: dict[str, set[str]] = {}
    for language, *words in lines:
        if language != "#":
            for word in words:
                found.setdefault(word, set()).add(language)
    return found


@cache
def _function_words() -> dict[str, frozenset[str]]:
    """The same with each word in the spellings of other keyboards."""
    listed = _listed_words()
    found = {word: set(languages) for word, languages in listed.items()}
    for word, languages in listed.items():
        found.setdefault(word.translate(_NO_HAMZA), set()).update(languages)
    for word, languages in listed.items():
        form = word.translate(_TYPED_ALIKE)
        if form not in listed:
            found.setdefault(form, set()).update(languages)
    for word in ("اين", "اي"):  # Arabic without its hamza, or Persian from an Arabic keyboard
        found[word] = {"fa", "ar"}
    return {word: frozenset(languages) for word, languages in found.items()}


@lru_cache(_CACHED_WORDS)
def _speaks_for(word: str) -> frozenset[str]:
    """The languages that a word in small letters is a function word of, if need be as another keyboard writes it."""
    known = _function_words()
    return known.get(word) or known.get(word.translate(_TYPED_ALIKE)) or frozenset()


def _word_evidence(text: str) -> Counter[str]:
    speaks_for = _function_words().get if _TYPED_LETTERS.isdisjoint(text) else _speaks_for
    return Counter(chain.from_iterable(filter(None, map(speaks_for, _WORDS.findall(text.lower())))))


def _best_of_arabic_script(text: str, words: Counter[str]) -> str:
    scores = {language: _WORD_WEIGHT * words[language] for language in _ARABIC_LANGUAGES}
    evidence = (*_EVIDENCE, *_NEIGHBOURS) if _ANY_NEIGHBOUR.search(text) else _EVIDENCE
    for language, letters, weight in evidence:
        scores[language] += weight * _count(letters, text)
    return max(scores, key=scores.__getitem__)


def _count(letters: str | re.Pattern[str], text: str) -> int:
    return sum(map(text.count, letters)) if isinstance(letters, str) else len(letters.findall(text))


def detect_language(text: str) -> str:
    """The ISO 639 code of the language that most of the text is in, or ``und`` where it has no letters.

    fa, ar and their neighbours ckb (Sorani), kmr (Kurmanji in Arabic letters), ur, ps, azb (Azeri in Arabic letters),
    ug and sd by letters and function words; en, de, fr, es, it, pt, nl and tr by function words; uk, ru,
    he and others by script. Without any evidence Arabic letters are taken for fa and Latin ones for en.
    """
    sample = _DROPPED.sub("", text[:_SAMPLE])
    words = _word_evidence(sample)
    arabic, latin = (sum(map(len, script.findall(sample))) for script in (_ARABIC_SCRIPT, _LATIN_SCRIPT))
    if not sample.isascii() and _ANY_OTHER_SCRIPT.search(sample):
        for language, script in _OTHER_SCRIPTS.items():
            if len(script.findall(sample)) > arabic + latin:
                return language
    if not arabic and not latin:
        return "und"
    arabic += _LETTERS_A_WORD_IS_WORTH * max(words[language] for language in _ARABIC_LANGUAGES)
    latin += _LETTERS_A_WORD_IS_WORTH * max(words[language] for language in _LATIN_LANGUAGES)
    return _best_of_arabic_script(sample, words) if arabic >= latin else max(_LATIN_LANGUAGES, key=words.__getitem__)

"""The words of a statement and of its quotes as the checker compares them, with negation taken off the verbs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, get_args

from qa.check.figures import numbers_of
from qa.text import Word, detect_language, fold, stem, stopwords, words
from qa.text.data_files import data_lines
from qa.text.numbers import Quantity

DATA = Path(__file__).with_name("data")

CueKind = Literal["not", "lack", "deny", "modal"]
LANGUAGES: Final = ("fa", "ar", "en")

_ARABIC_SCRIPT: Final = re.compile("[\u0620-\u06ff]")
_SENTENCE_END: Final = re.compile(r"[.!?؟؛;\n]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a part of a half-space word. ``key`` is what it is compared by: its stem, or the value of a number."""

    text: str
    folded: str
    key: str
    start: int
    end: int
    content: bool
    number: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or form that negates, denies or weakens what stands at token ``at`` (of ``Tokens.tokens``)."""

    kind: CueKind
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """One text cut into tokens. Cue words are not tokens: «نمی‌رود» and «می‌رود» have the same keys."""

    text: str
    language: str
    tokens: tuple[Token, ...]
    cues: tuple[Cue, ...]

    @property
    def keys(self) -> list[str]:
        """The keys in order."""
        return [token.key for token in self.tokens]


def language_of(text: str, hint: str | None = None) -> str:
    """fa, ar or en. A text too short to tell goes by ``hint`` where the script allows it."""
    found = detect_language(text)
    arabic = bool(_ARABIC_SCRIPT.search(text))
    telling = found in LANGUAGES and len(text.split()) >= _TELLING
    if hint in LANGUAGES and (hint != "en") == arabic and len(text) < _SHORT and not telling:
        return hint
    if found in LANGUAGES:
        return found
    return "fa" if arabic else "en"


_SHORT: Final = 30
_TELLING: Final = 3  # words in which a language shows


@lru_cache(maxsize=2048)
def tokens_of(text: str, language: str) -> Tokens:
    """The tokens and cues of a text."""
    values = {quantity.start: quantity for quantity in numbers_of(text)}
    tokens: list[Token] = []
    cues: list[Cue] = []
    parts = [(word, part) for word in words(text) for part in word.parts]
    for place, (word, part) in enumerate(parts):
        following = parts[place + 1][1] if place + 1 < len(parts) else ""
        form = None if (part, following) in _idioms(language) else _cue(part, language)
        if form is not None:
            cues.append(Cue(form.kind, len(tokens), word.text))
            if not form.base:
                continue
        tokens.append(_token(word, part, form.base if form is not None else part, language, values.get(word.start)))
    return Tokens(text, language, tuple(tokens), tuple(cues))


def _token(word: Word, part: str, base: str, language: str, quantity: Quantity | None) -> Token:
    stops = stopwords(language)
    key = f"{quantity.value.normalize():f}" if quantity else stem(base, language)
    return Token(word.text, base, key, word.start, word.end, part not in stops and base not in stops, bool(quantity))


@dataclass(frozen=True, slots=True)
class _Form:
    """A cue as it is recognised; ``base`` is what is left as a token: a verb without its negation, a denial itself."""

    kind: CueKind
    base: str = ""


def _cue(part: str, language: str) -> _Form | None:
    kind = _cue_words(language).get(part)
    if kind is not None:
        return _Form(kind, part if kind == "deny" else "")
    if language == "fa":
        verb = _persian_negative().fullmatch(part)
        if verb is not None and part not in _NO_VERBS:
            return _Form("not", _base(verb))
    if language == "en" and part.endswith("n't"):
        return _Form("not", part.removesuffix("n't"))
    return None


_NO_VERBS: Final = frozenset({"نزد", "نبرد", "نزده", "نبرده", "نرو", "نده", "نگو", "نماند"})


def _base(verb: re.Match[str]) -> str:
    if verb["be"]:
        return "است" if verb["be"] == "نیست" else "هستند"
    rest: str = verb["rest"]
    return "ا" + rest[1:] if rest.startswith(("یام", "یاو", "یای")) else rest


@cache
def _cue_words(language: str) -> dict[str, CueKind]:
    found: dict[str, CueKind] = {}
    for line in data_lines(f"cues.{language}.txt", DATA):
        kind, _, spellings = line.partition(":")
        if kind in get_args(CueKind):
            found.update({fold(word).text: kind for word in spellings.split()})  # type: ignore[misc]
    return found


@cache
def holding_words(language: str) -> frozenset[str]:
    """Folded words that hold a negation without being one: "few", "missing", «نامشخص»."""
    return _listed("holds", language)


@cache
def undoing_words(language: str) -> frozenset[str]:
    """Folded words that turn a negation into "only": إلا."""
    return _listed("undoes", language)


@cache
def reason_words(language: str) -> frozenset[str]:
    """Folded words that begin a reason: "because", «زیرا», لأن."""
    return _listed("reasons", language)


def _listed(kind: str, language: str) -> frozenset[str]:
    lines = (line.partition(":") for line in data_lines(f"cues.{language}.txt", DATA))
    return frozenset(fold(word).text for named, _, spellings in lines if named == kind for word in spellings.split())


@cache
def _idioms(language: str) -> frozenset[tuple[str, str]]:
    """Pairs of words that negate nothing: "not only", لا يزال (still)."""
    pairs = [
        pair
        for line in data_lines(f"cues.{language}.txt", DATA)
        if line.startswith("idioms:")
        for pair in line[7:].split()
    ]
    return frozenset((fold(one).text, fold(two).text) for one, _, two in (pair.partition("+") for pair in pairs))


@cache
def _persian_negative() -> re.Pattern[str]:
    """«نیست», «نمی» (before its verb), «نمی‌شود» glued, «نخواهد», «نکرد»: ن before a stem of a verb."""
    stems = [word for line in data_lines("cues.fa.txt", DATA) if line.startswith("stems:") for word in line[6:].split()]
    verbs = "|".join(sorted((fold(word).text for word in stems), key=len, reverse=True))
    endings = "(?:م|ی|د|یم|ید|ند|ه|ده|ن|اند|ه اند|است|یست)?"
    return re.compile(rf"(?P<be>نیست|نیستند)|نیستم|نیستیم|ن(?P<rest>می(?:{verbs}){endings}|می|(?:{verbs}){endings})")


def same_sentence(text: str, start: int, end: int) -> bool:
    """Whether no sentence ends between two offsets."""
    return _SENTENCE_END.search(text, min(start, end), max(start, end)) is None

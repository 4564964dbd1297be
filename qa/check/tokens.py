"""The words of a statement and of its quotes as the checker compares them, with negation taken off the verbs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Final, Literal

from qa.check.figures import numbers_of
from qa.text import detect_language, fold, stem, stopwords, words

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
    if hint in LANGUAGES and (hint != "en") == arabic and len(text) < _SHORT:
        return hint
    if found in LANGUAGES:
        return found
    return "fa" if arabic else "en"


_SHORT: Final = 30


@lru_cache(maxsize=2048)
def tokens_of(text: str, language: str) -> Tokens:
    """The tokens and cues of a text."""
    values = {quantity.start: quantity for quantity in numbers_of(text)}
    stops = stopwords(language)
    found: list[Token] = []
    cues: list[Cue] = []
    for word in words(text):
        for part in word.parts:
            cue = _cue(part, language)
            if cue is not None and cue.word == part:
                cues.append(Cue(cue.kind, len(found), word.text))
                if cue.kind != "deny":
                    continue
            base = cue.base if cue is not None and cue.base else part
            if cue is not None and cue.word != part:
                cues.append(Cue(cue.kind, len(found), word.text))
            quantity = values.get(word.start)
            key = f"{quantity.value.normalize():f}" if quantity else stem(base, language)
            content = part not in stops and base not in stops
            found.append(Token(word.text, base, key, word.start, word.end, content, bool(quantity)))
    return Tokens(text, language, tuple(found), tuple(cues))


@dataclass(frozen=True, slots=True)
class _Form:
    """A cue as it is recognised: its kind, the word, and what is left of a verb when its negation is taken off."""

    kind: CueKind
    word: str
    base: str = ""


def _cue(part: str, language: str) -> _Form | None:
    kind = _cue_words(language).get(part)
    if kind is not None:
        return _Form(kind, part)
    if language == "fa":
        verb = _persian_negative().fullmatch(part)
        if verb is not None and part not in _NO_VERBS:
            return _Form("not", "", _base(verb))
    if language == "en" and part.endswith("n't"):
        return _Form("not", "", part.removesuffix("n't"))
    return None


_NO_VERBS: Final = frozenset({"نزد", "نبرد", "نزده", "نبرده", "نرو", "نده", "نگو", "نماند"})


def _base(verb: re.Match[str]) -> str:
    if verb["be"]:
        return "است" if verb["be"] == "نیست" else "هستند"
    rest: str = verb["rest"]
    return "ا" + rest[1:] if rest.startswith("یا") else rest


@cache
def _cue_words(language: str) -> dict[str, CueKind]:
    found: dict[str, CueKind] = {}
    for line in _lines(f"cues.{language}.txt"):
        kind, _, spellings = line.partition(":")
        if kind != "stems":
            found.update({fold(word).text: kind for word in spellings.split()})  # type: ignore[misc]
    return found


@cache
def _persian_negative() -> re.Pattern[str]:
    """«نیست», «نمی» (before its verb), «نمی‌شود» glued, «نخواهد», «نکرد»: ن before a stem of a verb."""
    stems = [word for line in _lines("cues.fa.txt") if line.startswith("stems:") for word in line[6:].split()]
    verbs = "|".join(sorted((fold(word).text for word in stems), key=len, reverse=True))
    endings = "(?:م|ی|د|یم|ید|ند|ه|ده|ن|اند|ه اند|است|یست)?"
    return re.compile(rf"(?P<be>نیست|نیستند)|نیستم|نیستیم|ن(?P<rest>می(?:{verbs}){endings}|می|(?:{verbs}){endings})")


def _lines(name: str) -> list[str]:
    text = resources.files("qa.check").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def same_sentence(text: str, start: int, end: int) -> bool:
    """Whether no sentence ends between two offsets."""
    return _SENTENCE_END.search(text, min(start, end), max(start, end)) is None

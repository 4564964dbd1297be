"""True versions of a sentence in other words, to measure how often the checker is wrong about what is right.

Each says what the sentence says, or less: a clause left out, the time moved to another place, digits for words and the
other way round, a date in another calendar, a word for one of like meaning. As with mutations, plain text is changed;
of the text handling that the checker uses only the concept table is used, for what other words mean the same.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

from persiantools.jdatetime import JalaliDate

RephrasingKind = Literal["shortened", "reordered", "figures", "calendar", "synonym"]
_FEWEST_WORDS: Final = 6
_MOST_CONCEPTS: Final = 2
_SURE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Rephrasing:
    """A sentence in other words."""

    kind: RephrasingKind
    text: str


_WORDS: Final = {
    "fa": dict(zip(range(2, 13), "دو سه چهار پنج شش هفت هشت نه ده یازده دوازده".split(), strict=True)),
    "ar": dict(zip(range(3, 10), "ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة".split(), strict=True)),
    "en": dict(zip(range(2, 13), "two three four five six seven eight nine ten eleven twelve".split(), strict=True)),
}
_MONTHS: Final = {
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split(),
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_JALALI: Final = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
_NO_CLAUSE: Final = re.compile(
    r"\b(?:if|unless|when|while|although|not|which|who|that|than|as)\b|اگر|مگر|هرچند|گرچه|وقتی|که\b|إذا|إلا|رغم|عندما|الذي|التي",
    re.IGNORECASE,
)


def rephrasings(sentence: str, language: str, seed: int = 0) -> list[Rephrasing]:
    """At most one of each kind."""
    chance = random.Random(f"{seed}{sentence}")
    makers: dict[RephrasingKind, Callable[[], str | None]] = {
        "shortened": lambda: shorten(sentence),
        "reordered": lambda: reorder(sentence),
        "figures": lambda: other_figures(sentence, language),
        "calendar": lambda: other_calendar(sentence, language),
        "synonym": lambda: synonym(sentence, language, chance),
    }
    made = ((kind, make()) for kind, make in makers.items())
    return [Rephrasing(kind, text) for kind, text in made if text and text != sentence]


def shorten(sentence: str) -> str | None:
    """The sentence up to its last comma, when what is left is long enough and hangs on nothing that was cut."""
    head, comma, tail = re.sub(r"[.!?؟]\s*$", "", sentence).rpartition("،" if "،" in sentence else ",")
    whole = comma and len(head.split()) >= _FEWEST_WORDS and not re.search(r"\d$", head)
    return f"{head.strip()}." if whole and not _NO_CLAUSE.search(head) and len(tail.split()) > 1 else None


def reorder(sentence: str) -> str | None:
    """An opening up to the first comma ("In 1998, …", «در سال ۱۳۹۸، …») moved to the end."""
    match = re.match(
        r"((?:In|On|At|During|After|Since|در|پس از|از|في|خلال|بعد|منذ) [^،,]{3,40})[،,] (.+?)([.!؟?]?)$", sentence
    )
    if match is None or len(match[2].split()) < _FEWEST_WORDS or "،" in match[2] or "," in match[2]:
        return None
    opening = match[1][0].lower() + match[1][1:]
    return f"{match[2]} {opening}{match[3]}"


def other_figures(sentence: str, language: str) -> str | None:
    """Small numbers in words for digits, and Latin digits for the rest."""

    def worded(match: re.Match[str]) -> str:
        return _WORDS[language].get(int(match[0]), match[0])

    alone = re.sub(r"(?<![\d\w./:٫,،-])\d{1,2}(?![\d\w./:٫,%٪-])(?! (?:[A-Z]|[%٪]))", worded, sentence)
    told = "".join(str(int(each)) if each.isdecimal() else each for each in alone)
    return told if told != sentence else None


def other_calendar(sentence: str, language: str) -> str | None:
    """A day with its year, from the Gregorian calendar to the Jalali one or back; in Persian alone both are usual."""
    if language != "fa":
        return None
    months = "|".join(_JALALI)
    match = re.search(rf"(\d{{1,2}}) ({months})(?: ماه)? (\d{{4}})", sentence)
    if match is not None:
        day = JalaliDate(int(match[3]), _JALALI.index(match[2]) + 1, int(match[1])).to_gregorian()
        told = f"{day.day} {_MONTHS['fa'][day.month - 1]} {day.year}"
        return sentence[: match.start()] + told + sentence[match.end() :]
    match = re.search(rf"(\d{{1,2}}) ({'|'.join(_MONTHS['fa'])})ٔ? (\d{{4}})(?! ?\(| ?م\b)", sentence)
    if match is None:
        return None
    jalali = JalaliDate(date(int(match[3]), _MONTHS["fa"].index(match[2]) + 1, int(match[1])))
    return (
        sentence[: match.start()] + f"{jalali.day} {_JALALI[jalali.month - 1]} {jalali.year}" + sentence[match.end() :]
    )


def synonym(sentence: str, language: str, chance: random.Random) -> str | None:
    """One word of the sentence for another that the concept table gives the same one or two meanings, surely."""
    words = list(re.finditer(r"[^\W\d_]{4,}", sentence))
    chance.shuffle(words)
    for match in words:
        others = [
            each for each in _alike(language).get(_meaning(match[0], language), ()) if each != match[0].casefold()
        ]
        if others and not match[0][0].isupper():
            return sentence[: match.start()] + chance.choice(others) + sentence[match.end() :]
    return None


@cache
def _alike(language: str) -> dict[tuple[str, ...], list[str]]:
    from qa.text.concepts import table

    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    lexicon = table().lexicons.get(f"{language}.words")
    for word in lexicon.places if lexicon else ():
        if len(word) >= 4 and (meaning := _meaning(word, language)):
            found[meaning].append(word)
    return found


def _meaning(word: str, language: str) -> tuple[str, ...]:
    from qa.text.concepts import concepts_of

    meant = {each: weight for each, weight in concepts_of(word, language).items() if each[0] != "~"}
    sure = tuple(sorted(each for each, weight in meant.items() if weight >= _SURE))
    return sure if sure and len(meant) <= _MOST_CONCEPTS else ()

"""Wrong versions of a true sentence, each wrong in one known way, to measure what the checker catches.

The text handling that the checker uses to find a mistake is not used to make one, wherever that can be had: numbers
and dates are changed by plain replacement of what is written, negations from lists of common verbs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

MutationKind = Literal["number", "date", "name", "negation", "swap"]


@dataclass(frozen=True, slots=True)
class Mutation:
    """A sentence made wrong: ``was`` became ``became`` in it."""

    kind: MutationKind
    text: str
    was: str
    became: str


class Change(NamedTuple):
    """``sentence[start:end]`` is to become ``became``."""

    start: int
    end: int
    became: str


_NUMBER_WORDS: Final = {
    "fa": "دو سه چهار پنج شش هفت هشت نه ده بیست سی چهل پنجاه شصت هفتاد هشتاد صد دویست سیصد پانصد".split(),
    "ar": "ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين".split(),
    "en": "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split(),
}
_MAGNITUDES: Final = {
    "fa": ("هزار", "میلیون", "میلیارد"),
    "ar": ("ألف", "مليون", "مليار"),
    "en": ("thousand", "million", "billion"),
}
_MONTHS: Final = {
    "fa": (
        "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(),
        "ژانویه فوریه مارس آوریل ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split(),
    ),
    "ar": (
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
        "محرم رجب شعبان رمضان شوال".split(),
    ),
    "en": (
        "January February March April June July August September October November December".split(),
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    ),
}
_NEGATIVE_PAIRS: Final = {
    "fa": (
        ("است", "نیست"), ("شد", "نشد"), ("کرد", "نکرد"), ("بود", "نبود"), ("دارد", "ندارد"), ("داشت", "نداشت"),
        ("شده", "نشده"), ("کرده", "نکرده"), ("می‌شود", "نمی‌شود"), ("می‌کند", "نمی‌کند"), ("خواهد", "نخواهد"),
        ("کردند", "نکردند"), ("شدند", "نشدند"), ("هستند", "نیستند"), ("بودند", "نبودند"), ("داد", "نداد"),
        ("گرفت", "نگرفت"), ("می شود", "نمی شود"), ("یافت", "نیافت"), ("می‌گیرد", "نمی‌گیرد"), ("دارند", "ندارند"),
    ),
    "en": (
        ("is", "is not"), ("was", "was not"), ("are", "are not"), ("were", "were not"), ("has", "has not"),
        ("have", "have not"), ("will", "will not"), ("can", "cannot"), ("had", "had not"), ("said", "denied"),
        ("would", "would not"),
    ),
}  # fmt: skip
_ARABIC_VERB: Final = re.compile(r"(?<!\S)(?:[يت]\w{3,}|كان|كانت|تم|تمت|وقع|وقعت|بدأ|بدأت|أصبح|أصبحت)(?!\S)")


def mutations(sentence: str, language: str, names: Sequence[str], seed: int = 0) -> list[Mutation]:
    """At most one mutation of each kind. ``names`` are names that may stand in the sentence, or replace one in it."""
    chance = random.Random(f"{seed}{sentence}")
    makers: tuple[Callable[[], Mutation | None], ...] = (
        lambda: change_number(sentence, language, chance),
        lambda: change_date(sentence, language, chance),
        lambda: change_name(sentence, names, chance),
        lambda: change_negation(sentence, language, chance),
        lambda: swap_names(sentence, names, chance),
    )
    return [made for make in makers if (made := make()) is not None]


def change_number(sentence: str, language: str, chance: random.Random) -> Mutation | None:
    """Another number in digits, another number word, or another magnitude; years are left to ``change_date``."""
    digits = re.finditer(r"(?<![\d./:-])\d{1,3}(?:[.,٫٬]\d{1,3})*(?![\d/:-])", sentence)
    changes = [
        Change(*match.span(), _other_digits(match[0], chance))
        for match in digits
        if not _beside_month(sentence, match, language)
    ]
    for group in (_NUMBER_WORDS[language], _MAGNITUDES[language]):
        changes += _other_of(group, sentence, chance)
    return _changed("number", sentence, changes, chance)


def change_date(sentence: str, language: str, chance: random.Random) -> Mutation | None:
    """Another month or weekday beside a number, another year behind a word."""
    changes = [
        change
        for group in _MONTHS[language]
        for change in _other_of(group, sentence, chance)
        if re.search(r"\d\s*(?:ماه\s*)?$", sentence[: change.start])
        or re.match(r"\W*(?:ماه )?\d", sentence[change.end :])
    ]
    years = re.finditer(r"(?<![\d.,٫٬/])(?:1[2-9]|20|۱[۲-۹]|۲۰|١[٢-٩]|٢٠)\d\d(?![\d.,٫٬/]\d)(?!\d)", sentence)
    changes += [
        Change(*match.span(), _other_year(match[0], chance))
        for match in years
        if re.search(r"(?:[a-zء-ی]|،) ?$", sentence[: match.start()])
    ]
    return _changed("date", sentence, changes, chance)


def change_name(sentence: str, names: Sequence[str], chance: random.Random) -> Mutation | None:
    """Another name in the place of one."""
    found = _names_in(sentence, names)
    if not found:
        return None
    match = chance.choice(found)
    others = [name for name in names if name not in sentence and match[0] not in name]
    if not others:
        return None
    return _changed("name", sentence, [Change(*match.span(), chance.choice(others))], chance)


def change_negation(sentence: str, language: str, chance: random.Random) -> Mutation | None:
    """A verb made negative, or a negative one positive."""
    changes = [
        Change(*match.span(), became)
        for pair in _NEGATIVE_PAIRS.get(language, ())
        for was, became in (pair, pair[::-1])
        for match in re.finditer(rf"(?<![\w\u200c]){re.escape(was)}(?![\w\u200c])(?! (?:not|n't)\b)", sentence)
    ]
    if language == "ar":
        changes += [
            Change(*match.span(), f"لم {match[0]}")
            for match in _ARABIC_VERB.finditer(sentence)
            if not re.search(r"(?:لا|لم|لن)\s$", sentence[: match.start()])
        ]
        changes += [Change(*match.span(), "") for match in re.finditer(r"(?<!\S)(?:لا|لم|لن) (?=[يت])", sentence)]
    return _changed("negation", sentence, changes, chance)


def swap_names(sentence: str, names: Sequence[str], chance: random.Random) -> Mutation | None:
    """Two names of the sentence in each other's places; not two in one list («الف و ب»)."""
    found = _names_in(sentence, names)
    pairs = [
        (one, two)
        for one in found
        for two in found
        if one.end() < two.start()
        and one[0] != two[0]
        and re.search(r"\w", sentence[one.end() : two.start()])
        and not re.fullmatch(r"\W*(?:و|and|،|,|or|یا|أو)?\W*", sentence[one.end() : two.start()])
    ]
    if not pairs:
        return None
    one, two = chance.choice(pairs)
    text = sentence[: one.start()] + two[0] + sentence[one.end() : two.start()] + one[0] + sentence[two.end() :]
    return Mutation("swap", text, f"{one[0]} … {two[0]}", f"{two[0]} … {one[0]}")


def _changed(kind: MutationKind, sentence: str, changes: Sequence[Change], chance: random.Random) -> Mutation | None:
    if not changes:
        return None
    start, end, became = chance.choice(changes)
    return Mutation(kind, sentence[:start] + became + sentence[end:], sentence[start:end], became)


def _other_of(group: Sequence[str], sentence: str, chance: random.Random) -> list[Change]:
    """Each word of a group that stands in the sentence, with another of the group."""
    whole = rf"(?<![\w\u200c])(?:{'|'.join(map(re.escape, group))})(?![\w\u200c])"
    return [
        Change(*match.span(), chance.choice([each for each in group if each != match[0]]))
        for match in re.finditer(whole, sentence)
    ]


def _names_in(sentence: str, names: Sequence[str]) -> list[re.Match[str]]:
    present = sorted({name for name in names if name in sentence}, key=len, reverse=True)
    if not present:
        return []
    pattern = rf"(?<![\w\u200c])(?:{'|'.join(map(re.escape, present))})(?![\w\u200c])"
    return list(re.finditer(pattern, sentence))


def _beside_month(sentence: str, match: re.Match[str], language: str) -> bool:
    around = sentence[max(0, match.start() - 14) : match.end() + 14]
    return any(month in around for group in _MONTHS[language] for month in group)


def _other_digits(written: str, chance: random.Random) -> str:
    """The same shape with other digits, in the same script."""
    places = [place for place, character in enumerate(written) if character.isdigit()]
    place = places[0]
    digit = int(written[place])
    other = chance.choice([each for each in range(1, 10) if each != digit])
    return written[:place] + chr(ord(written[place]) - digit + other) + written[place + 1 :]


def _other_year(written: str, chance: random.Random) -> str:
    digit = int(written[-1])
    other = chance.choice([each for each in range(10) if each != digit])
    return written[:-1] + chr(ord(written[-1]) - digit + other)

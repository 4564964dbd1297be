"""Names across scripts: a phonetic skeleton in which پوتین, بوتين and Putin meet, and a graded comparison.

A skeleton keeps classes of consonants and drops vowels, because the scripts disagree about vowels most:

    B  p b f, final v       پ ب ف          S  s z th dh, soft c    س ص ز ث ذ ض ظ
    T  t d                  ت د ط          X  sh ch j zh           ش چ ج ژ
    K  k g q kh gh, hard c  ک گ ق خ غ      R L M N H               ر ل م ن ه ح
    W  a first v w          و at the start Y  a first y            ی at the start
    A  a first vowel        ا ع at the start (not before s and a consonant: اسپانیا, Spain)

Where one class is easily another or silent (v between vowels, h, g after n), ``name_similarity`` charges less.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import Final

# Sounds are told apart a little finer than classes: Arabic writes p with ب, but nobody writes d with ت.
_B_OR_P: Final = "β"
_CLASSES: Final = str.maketrans({"p": "B", "b": "B", "f": "B", _B_OR_P: "B", "t": "T", "d": "T"})
_LATIN_GROUPS: Final = (
    ("tch", "X"), ("sch", "X"), ("sh", "X"), ("ch", "X"), ("zh", "X"), ("dj", "X"), ("dge", "X"), ("kh", "K"),
    ("gh", "K"), ("ph", "f"), ("th", "S"), ("dh", "S"), ("ck", "K"), ("qu", "K"), ("ce", "S"), ("ci", "S"),
    ("cy", "S"), ("ge", "X"), ("gy", "X"), ("x", "KS"),
)  # fmt: skip
_LATIN: Final = {
    **{letter: letter for letter in "pbftd"}, **dict.fromkeys("sz", "S"), "j": "X",
    **dict.fromkeys("kgqc", "K"), "r": "R", "l": "L", "m": "M", "n": "N", "h": "H",
}  # fmt: skip
_GROUPS_OF: Final = {
    letter: tuple(group for group in _LATIN_GROUPS if group[0].startswith(letter))
    for letter in sorted({spelt[0] for spelt, _ in _LATIN_GROUPS})
}
_ARABIC: Final = {
    "پ": "p", "ب": _B_OR_P, "ف": "f", "ت": "t", "ط": "t", "د": "d", **dict.fromkeys("سصزثذضظ", "S"),
    **dict.fromkeys("شچجژ", "X"), **dict.fromkeys("کكگقخغڭڤ", "K"), "ڤ": "f", "ر": "R", "ل": "L", "م": "M",
    "ن": "N", **dict.fromkeys("هح", "H"),
}  # fmt: skip
_ONE_KEYBOARD: Final = str.maketrans("آيىك", "اییک")
_ARABIC_VOWELS: Final = "اآأإٱعئءؤویيىةۀۂے"
_ARABIC_SOUNDS: Final = defaultdict(str, str.maketrans({**_ARABIC, **dict.fromkeys(_ARABIC_VOWELS, "")}))
_REPEATED: Final = re.compile(r"(.)\1+", re.DOTALL)
_CONSONANTS: Final = "pbfβtdKXRLMN"
_PREFIXES: Final = ("وال", "بال", "لل", "ال", "و", "al", "el")
_LATIN_VOWELS: Final = "aeiou"
_ARABIC_SCRIPT: Final = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")

# Costs of one step between two words, in letters; chosen so that the transliterations of the names in the
# news (Lavrov, Netanyahu, Washington, Zelensky, …) pass at SAME_NAME and names of other people do not.
_WEAK_CLASS: Final = 0.4
_OTHER_VOICE: Final = 0.65
_OTHER_CLASS: Final = 1.0
_SAME_CLASS: Final = 0.3
_VOWEL: Final = 0.25
_CONFUSED: Final = frozenset({frozenset("XK"), frozenset("TS"), frozenset("WB"), frozenset("XS"), frozenset("YX")})
SAME_NAME: Final = 0.8


@lru_cache(maxsize=1 << 13)
def skeleton(word: str) -> str:
    """The consonant classes of a word (see above), "" when it has none: Putin, پوتین and بوتين are ``BTN``.

    Pure and total: any text is accepted, other scripts and digits give nothing. The Arabic article and
    clitics are kept; strip them before, or compare with ``same_name``, which tries both ways.
    """
    return _sounds(_letters(word)).translate(_CLASSES)


@lru_cache(maxsize=1 << 13)
def _sounds(text: str) -> str:
    return _arabic_sounds(text) if _ARABIC_SCRIPT.search(text) else _latin_sounds(text)


@lru_cache(maxsize=1 << 15)
def name_similarity(a: str, b: str) -> float:
    """How surely two words write the same name, in [0, 1]; the Arabic article and «و» are no difference.

    Across scripts skeletons are compared; inside the Arabic script letters are (پ and ب are near, vowels weigh
    little); inside the Latin script the spelling must nearly agree.
    """
    first, second = _letters(a), _letters(b)
    if not first or not second:
        return 0.0
    return max(_similarity(left, right) for left in _bare_forms(first) for right in _bare_forms(second))


def same_name(a: str, b: str) -> bool:
    """Whether two words, in any of the scripts, may well write the same name."""
    return name_similarity(a, b) >= SAME_NAME


def _letters(word: str) -> str:
    """Lower-case letters alone: compatibility forms unfolded, accents, marks, tatweel and signs gone."""
    if word.isalpha() and "ـ" not in word:
        if word.isascii():
            return word.lower()
        plain = word.translate(_ONE_KEYBOARD)
        if unicodedata.is_normalized("NFKD", plain) and unicodedata.is_normalized("NFKC", word):
            return plain.casefold()
    unfolded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).translate(_ONE_KEYBOARD))
    return "".join(letter for letter in unfolded.casefold() if letter.isalpha() and letter != "ـ")


def _bare_forms(text: str) -> list[str]:
    prefixes = (each for each in _PREFIXES if text.startswith(each) and len(text) - len(each) >= 3)
    return [text, *(text.removeprefix(prefix) for prefix in prefixes)]


def _latin_sounds(text: str) -> str:
    found: list[str] = []
    at = 0
    while at < len(text):
        if at and text[at] == text[at - 1]:
            at += 1
            continue
        for spelt, name in _GROUPS_OF.get(text[at], ()):
            if text.startswith(spelt, at):
                found.append(name)
                at += len(spelt)
                break
        else:
            found.append(_latin_class(text, at))
            at += 1
    return _joined(found)


def _latin_class(text: str, at: int) -> str:
    letter, first, last = text[at], at == 0, at == len(text) - 1
    if letter in "vw":
        return "W" if first else "f" if letter == "v" and last else ""
    if letter == "y":
        return "Y" if first else ""
    if letter == "h" and last:
        return ""
    if letter in _LATIN_VOWELS:
        return "A" if first else ""
    return _LATIN.get(letter, "")


def _arabic_sounds(text: str) -> str:
    first = _first_vowel(text) if text[0] in _ARABIC_VOWELS else _ARABIC.get(text[0], "")
    rest = _REPEATED.sub(r"\1", text)[1:]
    if len(text) > 2 and text[-1] == "ه" != text[-2]:
        rest = rest[:-1]
    return _joined([first, rest.translate(_ARABIC_SOUNDS)])


def _first_vowel(text: str) -> str:
    if text[0] == "و":
        return "W"
    if text[0] in "یيى" and len(text) > 1:
        return "Y"
    return "" if text[0] == "ا" and text[1:2] in ("و", "ی", "ي") and text[2:3] in _ARABIC_VOWELS else "A"


def _joined(classes: list[str]) -> str:
    joined = "".join(classes)
    return joined[1:] if joined.startswith("AS") and joined[2:3] and joined[2] in _CONSONANTS else joined


def _similarity(a: str, b: str) -> float:
    if a == b:
        return 1.0
    arabic_a, arabic_b = bool(_ARABIC_SCRIPT.search(a)), bool(_ARABIC_SCRIPT.search(b))
    if arabic_a != arabic_b:
        return _skeleton_similarity(_sounds(a), _sounds(b))
    if arabic_a:
        return max(0.0, 1 - _distance(a, b, letters=True) / max(len(a), len(b), 4))
    return max(0.0, 1 - _distance(a, b, letters=False) / max(len(a), len(b)))


def _skeleton_similarity(a: str, b: str) -> float:
    if len(a) < 2 or len(b) < 2:
        return 0.0
    if a == b:
        return 1.0
    return max(0.0, 1 - _distance(a, b, letters=False) / max(len(a), len(b)))


def _distance(a: str, b: str, *, letters: bool) -> float:
    """Weighted edit distance over letters of the Arabic script (``letters``) or over classes and Latin letters."""
    previous = [0.0]
    for right in b:
        previous.append(previous[-1] + _gap(right, letters=letters))
    for left in a:
        current = [previous[0] + _gap(left, letters=letters)]
        for position, right in enumerate(b):
            current.append(
                min(
                    previous[position] + _step(left, right, letters=letters),
                    previous[position + 1] + _gap(left, letters=letters),
                    current[position] + _gap(right, letters=letters),
                )
            )
        previous = current
    return previous[-1]


def _gap(letter: str, *, letters: bool) -> float:
    if letters:
        return _VOWEL if letter in _ARABIC_VOWELS else _OTHER_CLASS
    return _WEAK_CLASS if letter in "AHWY" else _OTHER_CLASS


def _step(left: str, right: str, *, letters: bool) -> float:
    if left == right:
        return 0.0
    if not letters:
        return _sound_step(left, right)
    if left in _ARABIC_VOWELS and right in _ARABIC_VOWELS:
        return _VOWEL
    same = left in _ARABIC and _ARABIC[left].translate(_CLASSES) == _ARABIC.get(right, "").translate(_CLASSES)
    return _SAME_CLASS if same else _OTHER_CLASS


def _sound_step(left: str, right: str) -> float:
    one, other = left.translate(_CLASSES), right.translate(_CLASSES)
    if one == other:
        return 0.0 if _B_OR_P in (left, right) and "f" not in (left, right) else _OTHER_VOICE
    return _WEAK_CLASS if frozenset((one, other)) in _CONFUSED else _OTHER_CLASS

"""Ways of lying that change a true sentence a little: one function a manner, as in :mod:`evals.manners`.

Each takes the best sentence of the evidence and is wrong in one way; where a sentence gives no hold for that (it has no
date to move, say), another sentence of the evidence is taken that does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from evals.mutations import Mutation, change_date, change_name, change_negation, change_number, swap_names
from qa.text import detect_language
from qa.text.known_names import find_names

if TYPE_CHECKING:
    from evals.manners import Asked, Labelled

_WORDS: Final = json.loads((Path(__file__).parent / "lies.json").read_text(encoding="utf-8"))
_END: Final = ".!؟?؛: "
_LANGUAGES: Final = ("fa", "ar", "en")


def changes_dates(asked: Asked) -> str:
    """Another month or year than the sentence says."""
    return _mutated(asked, lambda text, language, chance: change_date(text, language, chance))


def changes_names(asked: Asked) -> str:
    """Another person, place or body than the sentence says."""
    names = _names(asked)
    return _mutated(asked, lambda text, language, chance: change_name(text, names, chance))


def changes_magnitudes(asked: Asked) -> str:
    """Another figure, number word or magnitude in one place, the rest as it stands."""
    return _mutated(asked, lambda text, language, chance: change_number(text, language, chance))


def negates(asked: Asked) -> str:
    """That it is not so."""
    return _mutated(asked, lambda text, language, chance: change_negation(text, language, chance))


def swaps_roles(asked: Asked) -> str:
    """Who did it to whom, turned round."""
    names = _names(asked)
    return _mutated(asked, lambda text, language, chance: swap_names(text, names, chance))


def wrong_label(asked: Asked) -> str:
    """The right words with the label of a sentence that says something else."""
    best = _best(asked)
    other = next((each for each in reversed(asked.sentences) if each.text != best.text), best)
    return _said(best.text, other.label)


def blends(asked: Asked) -> str:
    """The first half of one sentence with the second half of one in another article, both labelled; in one language."""
    best = _best(asked)
    article = best.label.partition(".")[0]
    language = detect_language(best.text)
    elsewhere = (each for each in asked.sentences if each.label.partition(".")[0] != article)
    other = next((each for each in elsewhere if detect_language(each.text) == language), best)
    one, two = best.text.rstrip(_END).split(), other.text.rstrip(_END).split()
    return f"{' '.join([*one[: len(one) // 2], *two[len(two) // 2 :]])} [{best.label}][{other.label}]."


def adds_a_cause(asked: Asked) -> str:
    """The right sentence, and behind it a reason that nobody gave."""
    best = _best(asked)
    return _said(best.text.rstrip(_END) + _WORDS["because"][_spoken(asked)], best.label)


def invents_a_quote(asked: Asked) -> str:
    """Words that nobody said, with the label of a sentence that exists."""
    return _said(_WORDS["quote"][_spoken(asked)], _best(asked).label)


def foreign_figures(asked: Asked) -> str:
    """Invented figures in a language other than the articles'."""
    return _said(_WORDS["foreign"][_spoken(asked)], _best(asked).label)


LIES: Final[tuple[Callable[[Asked], str], ...]] = (
    changes_dates,
    changes_names,
    changes_magnitudes,
    negates,
    swaps_roles,
    wrong_label,
    blends,
    adds_a_cause,
    invents_a_quote,
    foreign_figures,
)


def _mutated(asked: Asked, change: Callable[[str, str, Random], Mutation | None]) -> str:
    """The first sentence, best first, that the change has a hold on, changed; the refusal word when there is none."""
    for each in _in_turn(asked):
        language = detect_language(each.text)
        made = change(each.text.rstrip(_END), language, Random(0)) if language in _LANGUAGES else None
        if made is not None:
            return _said(made.text, each.label)
    return asked.refusal


def _in_turn(asked: Asked) -> Iterator[Labelled]:
    best = _best(asked)
    yield best
    yield from (each for each in asked.sentences if each is not best)


def _best(asked: Asked) -> Labelled:
    return asked.best() or asked.sentences[0]


def _names(asked: Asked) -> list[str]:
    found = (
        each.text[start:end]
        for each in asked.sentences
        for start, end in find_names(each.text, detect_language(each.text))
    )
    return list(dict.fromkeys(name for name in found if len(name) > 2))


def _spoken(asked: Asked) -> str:
    return asked.language if asked.language in _LANGUAGES else "en"


def _said(text: str, label: str) -> str:
    return f"{text.strip().rstrip(_END)} [{label}]."

"""Does the answer say what is expected? Containment, exact match and F1, and whether the case is right as a whole.

Texts are compared as Persian and Arabic readers would: letters, digits, diacritics and half-spaces folded (see
:mod:`qa.text.folding`), punctuation and the articles "a", "an", "the" and «ال» left out. A case that expects a refusal
has the empty text as its answer, as in SQuAD 2.0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from evals.scorers.values import Normaliser, Sample, Score
from qa.text import words

_ARTICLES: Final = frozenset({"a", "an", "the"})
_ARABIC_ARTICLE: Final = "ال"
_SHORTEST_STEM: Final = 3  # «الله» and «الا» begin with the two letters too


def correctness(sample: Sample) -> Iterator[Score]:
    """``right``, ``contains``, ``cites``, ``em`` and ``f1``, each in [0, 1]."""
    yield _right(sample)
    if sample.case.answerable:
        found = _containing(sample)
        yield Score("contains", float(found), "holds an accepted answer" if found else "no accepted answer")
        yield _cites(sample)
    else:
        yield from (Score(name, None, "nothing to contain") for name in ("contains", "cites"))
    yield from match(sample, normalised, names=("em", "f1"))


def _right(sample: Sample) -> Score:
    """The answer cites what is expected, says it, and nothing that is rejected; or the refusal is in place."""
    answer = sample.answer
    if answer is None:
        return Score("right", 0.0, f"failed: {sample.error}")
    shown = _folded(" ".join(statement.text for statement in answer.statements))
    if bad := next((text for text in sample.case.rejected if _folded(text) in shown), None):
        return Score("right", 0.0, f"says {bad!r}")
    if not sample.case.answerable:
        if answer.refused:
            return Score("right", 1.0, "refused, as it should")
        contradicted = bool(cited_gold(sample))
        return Score("right", float(contradicted), "cites what contradicts" if contradicted else "answered")
    if answer.refused:
        return Score("right", 0.0, f"refused: {answer.refusal_reason}")
    cites, contains = _cites(sample), _containing(sample)
    if not cites.value:
        return Score("right", 0.0, cites.reason)
    return Score("right", float(contains), "cites and says it" if contains else "cites it, but does not say it")


def _cites(sample: Sample) -> Score:
    found = cited_gold(sample)
    enough = len(found) == len(sample.gold) if sample.case.match == "all" else bool(found)
    return Score("cites", float(enough), f"cites {len(found)} of {len(sample.gold)} expected sentences")


def cited_gold(sample: Sample) -> list[int]:
    """Which expected sentences (from 0) the answer cites, itself or a near-copy that it names."""
    cited = sample.answer.citations if sample.answer and not sample.answer.refused else ()
    return [
        place
        for place, gold in enumerate(sample.gold)
        if any(
            gold.overlaps(each.article_id, each.start, each.end)
            or any(copy.article_id == gold.article_id for copy in each.also_in)
            for each in cited
        )
    ]


def _containing(sample: Sample) -> bool:
    """Whether what is said or quoted holds an accepted answer: of every expected sentence, or of any one."""
    answer = sample.answer
    if answer is None or answer.refused:
        return False
    parts = [*(each.text for each in answer.statements), *(each.quote for each in answer.citations)]
    said = [f" {_folded(part)} " for part in parts]
    found = [
        any(f" {_folded(text)} " in part for text in each.answers for part in said) for each in sample.case.expected
    ]
    return all(found) if sample.case.match == "all" else any(found)


def match(sample: Sample, tokens_of: Normaliser, *, names: tuple[str, str]) -> Iterator[Score]:
    """Exact match and F1 of the prediction, the best over the accepted answers (Rajpurkar et al. 2016)."""
    said = tokens_of(sample.prediction)
    if sample.answer is None:
        yield from (Score(name, 0.0, f"failed: {sample.error}") for name in names)
        return
    accepted = [tokens for text in sample.accepted if (tokens := tokens_of(text))] or [[]]
    em = any(said == each for each in accepted)
    f1 = max(token_f1(said, each) for each in accepted)
    reason = f"said {sample.prediction!r}" if sample.prediction else "said nothing"
    yield Score(names[0], float(em), reason)
    yield Score(names[1], f1, reason)


def token_f1(said: Sequence[str], accepted: Sequence[str]) -> float:
    """The harmonic mean of the shares of tokens that meet, counted with repetitions; 1 when both are empty."""
    if not said or not accepted:
        return float(not said and not accepted)
    shared = sum((Counter(said) & Counter(accepted)).values())
    return 2 * shared / (len(said) + len(accepted))


def normalised(text: str) -> list[str]:
    """The folded words of a text without articles, cut at their half-spaces."""
    return [_bare(part) for word in words(text) for part in word.parts if part not in _ARTICLES]


def _bare(word: str) -> str:
    cut = word.removeprefix(_ARABIC_ARTICLE)
    return cut if len(cut) >= _SHORTEST_STEM else word


def _folded(text: str) -> str:
    return " ".join(normalised(text))

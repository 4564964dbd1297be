"""Scorers, on samples made by hand: right is told from wrong, a failure wins nothing, definitions are kept."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.datasets.values import Case, Expected
from evals.judges.checker import CheckerJudge
from evals.judges.values import Judge, Judgement
from evals.scorers import Gold, Sample, Score, Scorer
from evals.scorers.citations import citation_quality
from evals.scorers.correctness import correctness, normalised, token_f1
from evals.scorers.cost import cost
from evals.scorers.refusal import auc, refusal, refusal_summary
from evals.scorers.retrieval import retrieval
from evals.scorers.squad import squad_match
from evals.scorers.statements import answer_language, statement_rates
from evals.scorers.validity import citation_validity
from qa.values import Answer, Citation, Copy, Retrieved, Span, Statement, Usage

TEXT = (
    "The ferry of Dorra leaves at nine. Mira Kestrel drives it. A ticket costs 45 marjans. "
    "Dogs travel free. The crossing takes 25 minutes."
)


def case(*quotes: str, answers: Sequence[str] = ("-",), answerable: bool = True, **fields: Any) -> Case:
    """A case that expects sentences of TEXT, the article "a"."""
    expected = tuple(
        Expected(article="a", quote=quote, answers=tuple(answers) if answerable else ()) for quote in quotes
    )
    return Case(
        id="c",
        language="en",
        tags=("t",),
        question="?",
        answerable=answerable,
        expected=expected,
        **fields,
    )


def cite(id: int, quote: str, *, answer: str | None = None, **fields: Any) -> Citation:
    """A citation of TEXT, right unless a field says otherwise."""
    start = TEXT.index(quote)
    marked = TEXT.index(answer, start) if answer else None
    given: dict[str, Any] = {
        "id": id,
        "article_id": "a",
        "title": None,
        "source": None,
        "url": None,
        "published": None,
        "language": "en",
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "passage": TEXT,
        "passage_start": 0,
        "passage_end": len(TEXT),
        "score": 1.0,
        "answer_start": marked,
        "answer_end": marked + len(answer) if answer and marked is not None else None,
    }
    return Citation(**{**given, **fields})


def answer(*said: tuple[str, tuple[int, ...]], citations: Sequence[Citation] = (), **fields: Any) -> Answer:
    """An answer of these statements, each with the ids that it cites; a refusal without any."""
    statements = tuple(Statement(text, ids, "supported") for text, ids in said)
    given: dict[str, Any] = {
        "question": "?",
        "standalone_question": "?",
        "language": "en",
        "answer": " ".join(text for text, _ in said),
        "refused": not said,
        "mode": "extractive",
        "statements": statements,
        "citations": tuple(citations),
    }
    return Answer(**{**given, **fields})


def sample(
    case: Case,
    answer: Answer | None = None,
    *,
    ranked: Sequence[tuple[int, int]] = (),
    error: str | None = None,
    judge: Judge | None = None,
) -> Sample:
    """A sample over TEXT; ``ranked`` are stretches of it as retrieved."""
    gold = tuple(
        Gold("a", Span(TEXT.index(each.quote), TEXT.index(each.quote) + len(each.quote)), each)
        for each in case.expected
    )
    found = tuple(Retrieved("a", start, end, 1.0) for start, end in ranked)
    return Sample(case, gold, answer, error, found, lambda id: TEXT, judge or CheckerJudge())


def values(scorer: Scorer, given: Sample) -> dict[str, float | None]:
    """The values of a scorer, by name."""
    scores: list[Score] = list(scorer(given))
    assert all(score.reason for score in scores), "every value has a reason"
    return {score.name: score.value for score in scores}


# --- retrieval ---

FERRY, KESTREL, TICKET = "The ferry of Dorra leaves at nine.", "Mira Kestrel drives it.", "A ticket costs 45 marjans."


def stretch(quote: str) -> tuple[int, int]:
    return TEXT.index(quote), TEXT.index(quote) + len(quote)


def test_the_first_relevant_passage_counts_when_any_is_enough() -> None:
    found = values(retrieval, sample(case(FERRY, KESTREL), ranked=[stretch(TICKET), stretch(KESTREL), stretch(FERRY)]))
    assert (found["hit@1"], found["hit@3"], found["mrr@10"]) == (0.0, 1.0, 0.5)
    assert found["ndcg@10"] == pytest.approx(1 / math.log2(3))


def test_each_counts_when_all_are_needed() -> None:
    ranked = [stretch(KESTREL), stretch(TICKET), stretch(FERRY)]
    found = values(retrieval, sample(case(FERRY, KESTREL, match="all"), ranked=ranked))
    assert found["ndcg@10"] == pytest.approx((1 + 1 / 2) / (1 + 1 / math.log2(3)))


def test_nothing_found_is_nothing_won_and_unanswerable_cases_are_not_asked() -> None:
    assert set(values(retrieval, sample(case(FERRY))).values()) == {0.0}
    assert set(values(retrieval, sample(case(answerable=False))).values()) == {None}


# --- citations ---


def test_a_quote_that_is_verbatim_at_its_offsets_is_valid() -> None:
    answered = answer((KESTREL, (1,)), citations=[cite(1, KESTREL, answer="Mira Kestrel")])
    assert values(citation_validity, sample(case(KESTREL), answered)) == {"citation_validity": 1.0}


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "Mira Kestrel drives  it."},
        {"start": 3},
        {"quote": "", "end": TEXT.index(KESTREL)},
        {"passage_end": 40},
        {"passage": TEXT[:-1]},
        {"answer_start": 0, "answer_end": 3},
    ],
)
def test_one_that_is_not_is_found_out(wrong: dict[str, Any]) -> None:
    answered = answer((KESTREL, (1, 2)), citations=[replace(cite(1, KESTREL), **wrong), cite(2, FERRY)])
    assert values(citation_validity, sample(case(KESTREL), answered)) == {"citation_validity": 0.5}


class Said:
    """A judge that was told which sets of quotes support."""

    name = "told"

    def __init__(self, *supporting: Sequence[str]) -> None:
        self._supporting = [set(each) for each in supporting]

    def judge(self, statement: str, quotes: Sequence[str], *, language: str) -> Judgement:
        """Supported when the quotes hold one of the sets."""
        supported = any(each <= set(quotes) for each in self._supporting)
        return Judgement(supported, float(supported), "told")


@pytest.mark.parametrize(
    ("supporting", "recall", "precision"),
    [
        ([[FERRY, KESTREL]], 1.0, 1.0),  # each is needed
        ([[FERRY]], 1.0, 0.5),  # the second adds nothing
        ([[FERRY], [KESTREL]], 1.0, 1.0),  # each is enough
        ([[TICKET]], 0.0, 0.0),  # together they do not support: no citation is of use
    ],
)
def test_recall_and_precision_are_those_of_alce(supporting: list[list[str]], recall: float, precision: float) -> None:
    answered = answer(("It is so.", (1, 2)), citations=[cite(1, FERRY), cite(2, KESTREL)])
    found = values(citation_quality, sample(case(FERRY), answered, judge=Said(*supporting)))
    assert found == {"citation_recall": recall, "citation_precision": precision}


def test_a_statement_without_citations_lowers_recall_and_has_no_precision() -> None:
    found = values(citation_quality, sample(case(FERRY), answer(("It is so.", ())), judge=Said([FERRY])))
    assert found == {"citation_recall": 0.0, "citation_precision": None}


@pytest.mark.parametrize(("answerable", "value"), [(False, 1.0), (True, 0.0)])
def test_a_refusal_is_as_good_as_it_is_right(answerable: bool, value: float) -> None:
    found = values(citation_quality, sample(case(*[FERRY] * answerable, answerable=answerable), answer()))
    assert set(found.values()) == {value}


# --- correctness ---


def test_an_answer_is_right_when_it_cites_and_says_what_is_expected() -> None:
    answered = answer((KESTREL, (1,)), citations=[cite(1, KESTREL, answer="Mira Kestrel")])
    found = values(correctness, sample(case(KESTREL, answers=["Mira Kestrel"]), answered))
    assert found == {"right": 1.0, "contains": 1.0, "cites": 1.0, "em": 1.0, "f1": 1.0}


@pytest.mark.parametrize(
    ("wanted", "given", "why"),
    [
        (case(KESTREL, answers=["Iben Sorley"]), answer((KESTREL, (1,)), citations=[cite(1, KESTREL)]), "not say"),
        (case(FERRY, answers=["Mira"]), answer((KESTREL, (1,)), citations=[cite(1, KESTREL)]), "cites 0 of 1"),
        (case(KESTREL, answers=["Mira"]), answer(refusal_reason="weak_evidence"), "refused: weak_evidence"),
        (
            case(KESTREL, answers=["Mira"], rejected=("drives IT",)),
            answer((KESTREL, (1,)), citations=[cite(1, KESTREL)]),
            "says 'drives IT'",
        ),
        (case(answerable=False), answer((KESTREL, (1,)), citations=[cite(1, KESTREL)]), "answered"),
        (
            case(KESTREL, FERRY, answers=["Mira", "nine"], match="all"),
            answer((KESTREL, (1,)), citations=[cite(1, KESTREL)]),
            "cites 1 of 2",
        ),
    ],
)
def test_one_that_is_wrong_says_why(wanted: Case, given: Answer, why: str) -> None:
    right = next(score for score in correctness(sample(wanted, given)) if score.name == "right")
    assert right.value == 0.0
    assert why in right.reason


def test_citing_what_contradicts_a_false_premise_is_as_right_as_a_refusal() -> None:
    unanswerable = case(KESTREL, answerable=False)
    cited = sample(unanswerable, answer((KESTREL, (1,)), citations=[cite(1, KESTREL)]))
    for each in (cited, sample(unanswerable, answer())):
        assert values(correctness, each)["right"] == 1.0
        assert values(refusal, each)["refusal_accuracy"] == 1.0


def test_a_near_copy_that_a_citation_names_counts_as_cited() -> None:
    elsewhere = cite(1, FERRY, article_id="b", also_in=(Copy("a", None, None, None, None),))
    answered = answer((FERRY, (1,)), citations=[elsewhere])
    assert values(correctness, sample(case(FERRY, answers=["nine"]), answered))["cites"] == 1.0


@pytest.mark.parametrize("score", [correctness, retrieval, refusal, citation_quality, squad_match])
def test_a_case_that_failed_wins_nothing(score: Scorer) -> None:
    for failed in (sample(case(KESTREL), error="boom"), sample(case(answerable=False), error="boom")):
        assert not any(values(score, failed).values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("۲۵ كيلوگرم", "25 کیلوگرم"),
        ("می‌رود", "می رود"),
        ("الكتاب", "كتاب"),
        ("مُحَمَّد", "محمد"),
        ("The Dorra Herald!", "dorra herald"),
    ],
)
def test_spellings_of_the_same_are_the_same(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


def test_f1_counts_repetitions() -> None:
    assert token_f1(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx(2 / 3)
    assert (token_f1([], []), token_f1(["a"], [])) == (1.0, 0.0)


# --- SQuAD: an independent computation by the definitions in the paper and of its evaluation ---


def squad_by_definition(said: str, accepted: list[str]) -> tuple[float, float]:
    """Exact match and F1, computed anew character by character and token by token."""

    def plain(text: str) -> str:
        kept = "".join(letter for letter in text.lower() if letter not in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
        for article in ("a", "an", "the"):
            while (place := next(iter(re.finditer(rf"\b{article}\b", kept)), None)) is not None:
                kept = kept[: place.start()] + " " + kept[place.end() :]
        return " ".join(kept.split())

    def f1(one: list[str], other: list[str]) -> float:
        left = list(other)
        shared = 0
        for token in one:
            if token in left:
                left.remove(token)
                shared += 1
        if not one or not other:
            return float(one == other)
        precision, recall = shared / len(one), shared / len(other)
        return 2 * precision * recall / (precision + recall) if shared else 0.0

    wanted = [plain(each) for each in accepted if plain(each)] or [""]
    return (
        max(float(plain(said) == each) for each in wanted),
        max(f1(plain(said).split(), each.split()) for each in wanted),
    )


WORDS = st.lists(
    st.sampled_from(["the", "An", "a", "Dorra", "«پل»", "پل", "۵۰۱", "متر.", "—", "a-b", "ال", "the-end", "!", "kāf"]),
    max_size=6,
).map(" ".join)


@given(said=WORDS, accepted=st.lists(WORDS.filter(bool), max_size=3))
def test_the_squad_variant_is_that_of_the_definitions(said: str, accepted: list[str]) -> None:
    wanted = case(*[KESTREL] * bool(accepted), answers=accepted, answerable=bool(accepted))
    answered = answer((said, ())) if said.strip() else answer()
    found = values(squad_match, sample(wanted, answered))
    em, f1 = squad_by_definition(said, accepted)
    assert (found["squad_em"], found["squad_f1"]) == (em, pytest.approx(f1))


# --- refusals ---


def confident(*, answerable: bool, refused: bool, confidence: float) -> Sample:
    said = [] if refused else [(TICKET, (1,))]
    answered = answer(*said, citations=[cite(1, TICKET)] * (not refused), confidence=confidence)
    return sample(case(*[TICKET] * answerable, answerable=answerable), answered)


def test_refusals_are_counted_as_the_positive_class() -> None:
    samples = [
        confident(answerable=False, refused=True, confidence=0.1),
        confident(answerable=False, refused=True, confidence=0.4),
        confident(answerable=False, refused=False, confidence=0.7),
        confident(answerable=True, refused=True, confidence=0.4),
        confident(answerable=True, refused=False, confidence=0.9),
        sample(case(answerable=False), error="boom"),
    ]
    found = refusal_summary(samples)
    assert found["refusal_precision"] == pytest.approx(2 / 3)
    assert found["refusal_recall"] == pytest.approx(2 / 4)
    assert found["refusal_f1"] == pytest.approx(4 / 7)
    assert found["refusal_auc"] == pytest.approx((1 + 0.5 + 0 + 3) / 6)


def test_without_both_kinds_there_is_no_auc() -> None:
    assert auc([0.4], []) is None
    assert refusal_summary([confident(answerable=True, refused=False, confidence=0.9)])["refusal_recall"] is None


# --- the rest ---


def test_statements_that_were_withheld_or_shown_with_a_doubt_are_counted() -> None:
    doubtful = Statement("b", (), "unsupported")
    answered = replace(
        answer((TICKET, ())), statements=(Statement("a", (), "supported"), doubtful), withheld=(doubtful,)
    )
    assert values(statement_rates, sample(case(TICKET), answered)) == {
        "withheld": pytest.approx(1 / 3),
        "unsupported": 0.5,
    }


def test_the_language_said_is_held_against_the_language_asked() -> None:
    assert values(answer_language, sample(case(TICKET), answer((TICKET, ())))) == {"language": 1.0}
    persian = answer(("بهای بلیت ۴۵ مرجان است و سگ‌ها رایگان سفر می‌کنند.", ()))
    assert values(answer_language, sample(case(TICKET), persian)) == {"language": 0.0}
    assert values(answer_language, sample(case(TICKET), answer())) == {"language": None}


def test_time_tokens_and_money_are_those_of_the_answer() -> None:
    answered = answer((TICKET, ()), usage=Usage(100, 20, 0.5), timings_ms={"answer": 2.0, "total": 3.0})
    assert values(cost, sample(case(TICKET), answered)) == {"latency_ms": 3.0, "tokens": 120.0, "cost": 0.5}

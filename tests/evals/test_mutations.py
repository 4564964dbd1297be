"""Mutations are wrong in the one way they say, made the same way each time, and most are caught by the checker."""

from __future__ import annotations

import pytest

from evals.mutations import Mutation, mutations
from qa.check import check

SENTENCES = {
    "fa": [
        "شهردار شیراز گفت که ۳۲ اتوبوس تازه از تبریز خریده شد.",
        "در ۱۲ مهر ۱۴۰۳ پل اهواز پس از چهار سال باز شد.",
        "اصفهان به تهران پنج میلیون متر مکعب آب داده است.",
    ],
    "ar": [
        "وصل وفد بغداد إلى دمشق في 14 مايو 2023 ومعه ثلاثة مهندسين.",
        "قالت الشركة إن مصنع تونس لا ينتج أكثر من 45 طنا من الزيت في اليوم.",
        "يستورد لبنان من مصر مليون طن من القمح كل عام.",
    ],
    "en": [
        "The port of Izmir was closed on 7 June 2022 after a fire that burned 16 boats from Athens.",
        "In 1998 Peru had three million hectares of forest and sold wood to Chile.",
        "Oslo will lend 25 trams to Bergen.",
    ],
}
NAMES = {
    "fa": ["شیراز", "تبریز", "اهواز", "اصفهان", "تهران", "مشهد"],
    "ar": ["بغداد", "دمشق", "تونس", "لبنان", "مصر", "طرابلس"],
    "en": ["Izmir", "Athens", "Peru", "Chile", "Oslo", "Bergen", "Lisbon"],
}


def made(language: str) -> list[tuple[str, Mutation]]:
    return [
        (sentence, mutation)
        for sentence in SENTENCES[language]
        for seed in range(5)
        for mutation in mutations(sentence, language, NAMES[language], seed)
    ]


@pytest.mark.parametrize("language", SENTENCES)
def test_every_kind_is_made_and_changes_the_sentence(language: str) -> None:
    found = made(language)
    assert {mutation.kind for _, mutation in found} == {"number", "date", "name", "negation", "swap"}
    assert all(mutation.text != sentence for sentence, mutation in found)


@pytest.mark.parametrize("language", SENTENCES)
def test_a_mutation_differs_where_it_says(language: str) -> None:
    for sentence, mutation in made(language):
        if mutation.kind != "swap":
            assert mutation.was in sentence
            assert (
                sentence.replace(mutation.was, mutation.became, 1) == mutation.text or mutation.became in mutation.text
            )


def test_the_same_seed_makes_the_same() -> None:
    sentence = SENTENCES["en"][0]
    assert mutations(sentence, "en", NAMES["en"], 3) == mutations(sentence, "en", NAMES["en"], 3)


def test_a_sentence_without_figures_or_names_has_few() -> None:
    assert [each.kind for each in mutations("It rained.", "en", NAMES["en"])] == []


@pytest.mark.parametrize("language", SENTENCES)
def test_the_checker_catches_them(language: str) -> None:
    missed = [
        mutation for sentence, mutation in made(language) if check(mutation.text, [sentence]).verdict == "supported"
    ]
    assert missed == []

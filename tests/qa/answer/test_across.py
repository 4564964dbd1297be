"""A sentence in another language, seen through the question's words."""

from __future__ import annotations

import pytest

from qa.answer.across import as_asked
from qa.answer.analysis import analyse
from qa.answer.marking import answer_span
from qa.answer.questions import read_question


@pytest.mark.parametrize(
    ("question", "language", "sentence", "other", "met", "apart"),
    [
        ("Who is the ambassador of Russia?", "en", "سفیر روسیه به تهران رفت.", "fa", {"ambassador", "russia"}, set()),
        ("سفیر روسیه کیست؟", "fa", "The ambassador of Russia went home.", "en", {"سفیر", "روسیه"}, set()),
        ("متى وصل بوتين إلى موسكو؟", "ar", "پوتین دیروز به مسکو رسید.", "fa", {"بوتین"}, set()),
        ("Who is the ambassador of Russia?", "en", "باران دیشب تا صبح بارید.", "fa", set(), {"ambassador", "russia"}),
    ],
)
def test_words_that_mean_the_same_meet(
    question: str, language: str, sentence: str, other: str, met: set[str], apart: set[str]
) -> None:
    asked = read_question(question, language)
    stems = dict(zip(asked.content, asked.stems, strict=True))
    seen = as_asked(asked, analyse(sentence, other))
    assert {stems[word] for word in met} <= seen.content
    assert not {stems[word] for word in apart} & seen.content
    assert len(seen.stems) == len(seen.tokens)


def test_a_sentence_in_the_question_s_language_is_itself() -> None:
    asked = read_question("Who is the ambassador?", "en")
    sentence = analyse("The ambassador went home.", "en")
    assert as_asked(asked, sentence) is sentence


def test_what_a_conversation_adds_is_looked_for_too() -> None:
    asked = read_question("When did he arrive?", "en", "When did he arrive? (ambassador Russia)")
    assert [word for word, _ in asked.carried] == ["ambassador", "russia"]
    seen = as_asked(asked, analyse("سفیر روسیه دیروز رسید.", "fa"))
    assert {stem for _, stem in asked.carried} <= seen.content


@pytest.mark.parametrize(
    ("question", "language", "sentence", "other", "words"),
    [
        (
            "كم عدد القوارب التي غرقت في العاصفة؟",
            "ar",
            "Three boats sank and the clock stopped when a storm struck Port Ellery on 8 January 2026.",
            "en",
            "Three",
        ),
        ("Who is the ambassador of Russia?", "en", "آناتولی پاولوف، سفیر روسیه، دیروز به تهران رفت.", "fa", "پاولوف"),
    ],
)
def test_the_answering_words_are_found_across_languages(
    question: str, language: str, sentence: str, other: str, words: str
) -> None:
    span = answer_span(read_question(question, language), sentence, other)
    assert span is not None
    assert words in sentence[span.start : span.end]
    assert len(sentence[span.start : span.end].split()) <= 3

"""The closer look at passages: early, together in a sentence, in the question's order."""

from __future__ import annotations

from qa.library.hits import Hit
from qa.retrieve.rerank import EARLY, PAIRS, SENTENCE, Wording, reranked
from qa.text import sentences
from qa.values import Passage


def passage(id: str, text: str, language: str = "en") -> Passage:
    return Passage(id, id, 0, 0, len(text), text, tuple(sentences(text)), language=language)


def wording(question: str, language: str = "en") -> Wording:
    return Wording(question, language, lambda stem: 1.0)


def added(asked: Wording, text: str, language: str = "en") -> float:
    return asked.scores([passage("a", text, language)])["a"]


def test_what_speaks_of_it_first_in_one_sentence_and_in_that_order_is_better() -> None:
    asked = wording("Who mends the harbour clock?")
    full = added(asked, "Orla mends the harbour clock. Gulls sit on it.")
    later = added(asked, "Gulls sit on it all day and all night, and nobody minds. Orla mends the harbour clock.")
    apart = added(asked, "Orla mends shoes. The harbour is deep. The clock is old. Gulls sit on it.")
    assert full > later > apart > added(asked, "Gulls sit on the roof.") == 0.0
    assert full <= EARLY + SENTENCE + PAIRS


def test_other_forms_and_other_words_for_the_same_are_met() -> None:
    assert added(wording("قيمت كتابها چقدر است؟", "fa"), "بهای کتاب‌ها بالا رفت.", "fa") > 0.3
    synonym = added(wording("Why did the car stop?"), "An automobile halted.")
    assert 0 <= synonym < SENTENCE + EARLY


def test_the_rarer_word_counts_for_more() -> None:
    asked = Wording("harbour clock", "en", {"harbour": 1.0, "clock": 4.0}.__getitem__)
    assert added(asked, "The clock is old.") > 2 * added(asked, "The harbour is old.")


def test_passages_are_scored_alike_alone_and_together_however_many_words_were_seen() -> None:
    texts = {"a": "Orla mends the harbour clock.\nGulls sit on it.", "b": "The clock\u2028is old. So, 3,500 gulls say."}
    passages = [passage(id, text) for id, text in texts.items()]
    asked = wording("Who mends the 3500 harbour clocks?")
    alone = {each.id: asked.scores([each])[each.id] for each in passages}
    assert asked.scores(passages) == alone
    for start in range(0, 1 << 17, 1 << 13):
        wording("ferry").scores([passage("c", " ".join(f"gull{number}" for number in range(start, start + (1 << 13))))])
    assert asked.scores(passages) == alone
    assert asked.scores([]) == {}


def test_hits_are_ordered_anew_and_those_that_were_not_read_keep_their_score() -> None:
    hits = [Hit("a", 10.0), Hit("b", 9.0), Hit("c", 8.0)]
    read = [passage("a", "Gulls sit on the roof."), passage("b", "Orla mends the harbour clock.")]
    found = reranked(hits, wording("Who mends the harbour clock?"), read)
    assert [hit.id for hit in found] == ["b", "a", "c"]
    assert [hit.score for hit in found[1:]] == [1.0, 0.8]

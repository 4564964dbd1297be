"""Questions over the sample articles that only an article in another language answers."""

from __future__ import annotations

import pytest

from qa import Sanad


@pytest.mark.parametrize("question", ["كم عدد القوارب التي غرقت في العاصفة؟", "چند قایق در طوفان غرق شد؟"])
def test_the_number_is_marked_and_no_other_sentence_is_given(sanad: Sanad, question: str) -> None:
    (cited,) = sanad.ask(question).citations
    assert cited.quote.startswith("Three boats sank")
    assert cited.answer_start is not None
    assert cited.answer_end is not None
    marked = cited.quote[cited.answer_start - cited.start : cited.answer_end - cited.start]
    assert marked in ("Three", "Three boats")

"""Questions of two parts, and questions that only look like it."""

from __future__ import annotations

import pytest

from qa.answer.parts import parts_of


@pytest.mark.parametrize(
    ("question", "language", "parts"),
    [
        ("Who drives the ferry, and since when?", "en", ("Who drives the ferry", "since when?")),
        ("Who opened the museum and in which year?", "en", ("Who opened the museum", "in which year?")),
        ("چه کسی پل را ساخت و در چه سالی؟", "fa", ("چه کسی پل را ساخت", "در چه سالی؟")),
        ("پل کجاست و چند متر طول دارد؟", "fa", ("پل کجاست", "چند متر طول دارد؟")),
        ("مدیر موزه کیست و موزه در چه سالی باز شد؟", "fa", ("مدیر موزه کیست", "موزه در چه سالی باز شد؟")),
        ("من صمم الجسر ومتى افتتح؟", "ar", ("من صمم الجسر", "متى افتتح؟")),
        ("من صمم الجسر، وفي أي عام؟", "ar", ("من صمم الجسر", "في أي عام؟")),
        ("Who are Mara and Orrin?", "en", ()),
        ("Bread and what else is sold?", "en", ()),
        ("مدیر موزه و سفیر چه کسانی هستند؟", "fa", ()),
        ("من هو وزير الصحة والبيئة؟", "ar", ()),
        ("", "en", ()),
    ],
)
def test_two_parts_are_told_apart(question: str, language: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question, language) == parts

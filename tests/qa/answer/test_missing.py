"""A name that the evidence has nowhere is asked about in vain."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import ingest
from qa import Sanad

ARTICLE = (
    "The lighthouse of Norway\n\nThe president of Norway, Mara Quill, opened the lighthouse of Bergen on Monday. "
    "She said that the lamp would burn all winter. وزیر امور خارجه با رئیس‌جمهور ایران دیدار کرد.\n"
)


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("Who is the president of Norway?", False),
        ("Who is the president of Portugal?", True),
        ("Who opened the lighthouse of Bergen?", False),
        ("Who opened the lighthouse of Lisbon?", True),
    ],
)
def test_another_name_is_another_question(tmp_path: Path, question: str, refused: bool) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    ingest([tmp_path / "article.txt"], home=tmp_path / "home")
    with Sanad.open(home=tmp_path / "home") as sanad:
        assert sanad.ask(question).refused is refused

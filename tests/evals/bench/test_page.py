"""The page bench asks the real page over its own protocol, and counts what goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.bench.page import measure
from ingest import ingest
from qa.errors import SanadError


def test_readers_get_words_and_answers_and_the_memory_is_watched(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text("The lamp of Dorra\n\nMira Kestrel lit the lamp of Dorra at noon.", "utf-8")
    ingest([tmp_path / "lamp.txt"], home=tmp_path / "home")
    result = measure(home=tmp_path / "home", readers=3, seconds=1, pause=0.05)
    found = {each.measure: each for each in result.measurements}
    assert found["errors"].values == (0.0,)
    assert len(found["first words, 3 readers"].values) >= 3
    for kind in ("1 reader", "3 readers"):
        first, whole = found[f"first words, {kind}"].values, found[f"whole answer, {kind}"].values
        assert all(0 < one <= all_ for one, all_ in zip(first, whole, strict=True))
    assert found["memory at the end"].median > 50
    assert found["answers a second"].median > 0


def test_an_empty_library_is_said_to_be_empty(tmp_path: Path) -> None:
    ingest([], home=tmp_path / "home")
    with pytest.raises(SanadError, match="empty"):
        measure(home=tmp_path / "home")

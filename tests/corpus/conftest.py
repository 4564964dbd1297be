"""What the tests over the sample articles share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest import ingest
from qa import Sanad
from qa.resources import CORPUS


@pytest.fixture(scope="session")
def sanad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sanad]:
    """A library of the sample articles. No test changes it."""
    with Sanad.open(home=tmp_path_factory.mktemp("home"), llm="extractive") as opened:
        assert ingest([CORPUS], library=opened.library).failed == ()
        yield opened

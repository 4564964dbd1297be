"""The invented articles of the benches: the same each time, in three languages, of the size that they say."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

from evals.bench.articles import LANGUAGES, PASSAGES_PER_ARTICLE, generate, write_articles
from ingest.analysis import analyse
from ingest.containers import open_source
from ingest.readers import read
from ingest.records import Record
from ingest.sources import find_sources


def test_the_same_articles_each_time_however_many_are_asked_for() -> None:
    assert list(generate(20)) == list(islice(generate(60), 20))
    assert list(generate(3, seed=2)) != list(generate(3))


def test_a_bulk_file_of_them_is_read_in_their_languages_and_sizes(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    assert write_articles(path, 120) == path.stat().st_size
    records = [record for source in find_sources([path]).sources for record in open_source(source, shape="")]
    ready = [analyse(record, read(record), budget=256) for record in records if isinstance(record, Record)]
    assert [one.article.language for one in ready] == [*LANGUAGES] * 40
    assert abs(sum(len(one.passages) for one in ready) / len(ready) - PASSAGES_PER_ARTICLE) < 0.5
    assert len({json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()}) == 120
    assert sum("\u200c" in one.article.text for one in ready) > 20

"""One run of the default eval, shared by the tests that look at it; and a small library with cases of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evals.evaluation import Options, Outcome, run
from ingest import ingest
from qa.settings import load_settings

if TYPE_CHECKING:
    pass

ARTICLES = {
    "ferry.txt": "The night ferry of Dorra\n\nMira Kestrel has driven the night ferry of Dorra since 2019. "
    "The crossing takes 25 minutes when the weather is good, says the company.\n",
    "bakery.txt": "A bakery in Capstan Street\n\nThe bakery sells 300 saffron buns a day. "
    "Its owner <b>Iben Sorley</b> & sons bake by candlelight. </script><script>window.hacked = 1</script>\n",
    "bagh.txt": "افتتاح باغ گیاه‌شناسی مهرآباد\n\nباغ گیاه‌شناسی مهرآباد روز ۲۴ آبان ۱۴۰۴ گشایش یافت. "
    "مدیر باغ، نسرین پاکدل، گفت که ۳۲۰ گونه گیاه در آن کاشته شده است.\n",
}
CASES: list[dict[str, Any]] = [
    {
        "id": "en-ferry",
        "language": "en",
        "tags": ["factoid"],
        "question": "Who drives the night ferry of Dorra?",
        "answerable": True,
        "expected": [
            {
                "article": "ferry.txt",
                "quote": "Mira Kestrel has driven the night ferry of Dorra since 2019.",
                "answers": ["Mira Kestrel"],
            }
        ],
    },
    {
        "id": "fa-bagh",
        "language": "fa",
        "tags": ["number"],
        "question": "چند گونه گیاه در باغ گیاه‌شناسی مهرآباد کاشته شده است؟",
        "answerable": True,
        "expected": [
            {
                "article": "bagh.txt",
                "quote": "مدیر باغ، نسرین پاکدل، گفت که ۳۲۰ گونه گیاه در آن کاشته شده است.",
                "answers": ["۳۲۰ گونه"],
            }
        ],
    },
    {
        "id": "en-buns",
        "language": "en",
        "tags": ["number", "wrong </script><script>window.hacked = 2</script>"],
        "question": "How many saffron buns does the bakery in Capstan Street sell a day?",
        "answerable": True,
        "expected": [
            {
                "article": "bakery.txt",
                "quote": "The bakery sells 300 saffron buns a day.",
                "answers": ["three thousand"],
            }
        ],
    },
    {
        "id": "en-moon",
        "language": "en",
        "tags": ["unanswerable-far"],
        "question": "Which comet did the observatory of Quito photograph?",
        "answerable": False,
        "expected": [],
    },
]


@dataclass(frozen=True)
class Own:
    """A library, and a folder of cases over it."""

    home: Path
    cases: Path


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Own:
    """Three articles and four cases, one of which expects what no article says."""
    folder = tmp_path_factory.mktemp("own")
    for part in ("articles", "cases"):
        (folder / part).mkdir()
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    lines = "\n".join(json.dumps(case, ensure_ascii=False) for case in CASES)
    (folder / "cases" / "mine.jsonl").write_text(lines, encoding="utf-8")
    assert ingest([folder / "articles"], home=folder / "home").added == len(ARTICLES)
    return Own(folder / "home", folder / "cases")


@pytest.fixture(scope="session")
def default_run(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """What ``sanad eval`` gives on the embedded default."""
    return run(Options(out=tmp_path_factory.mktemp("eval")), load_settings(llm="extractive"))

"""The table of date expressions: how many are read right, and that none is read wrong and called certain."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from qa.text.dates import find_dates

WRITTEN = date(2025, 11, 16)
FLOOR = 0.98


class Row(NamedTuple):
    """An expression of the table and what it means."""

    part: str
    text: str
    meaning: str


def table() -> list[Row]:
    rows, part = [], ""
    for line in (Path(__file__).with_name("dates.tsv")).read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            part = line[2:]
        elif "\t" in line:
            rows.append(Row(part, *line.split("\t")))
    return rows


def meaning(text: str) -> str:
    """What is read out of a text, as the table writes it."""
    found = []
    for each in find_dates(text, WRITTEN):
        days = each.first.isoformat() if each.first == each.last else f"{each.first}/{each.last}"
        found.append(f"~{days}" if each.approximate else days)
    return ";".join(found) or "-"


def certain(meaning: str) -> set[str]:
    return {part for part in meaning.split(";") if part[0] not in "~-"}


def test_the_table_is_read_right(capsys: pytest.CaptureFixture[str]) -> None:
    rows = table()
    wrong = [row for row in rows if meaning(row.text) != row.meaning]
    false = [row for row in rows if certain(meaning(row.text)) - certain(row.meaning)]
    share = 1 - len(wrong) / len(rows)
    with capsys.disabled():
        parts = Counter(row.part for row in rows)
        print(
            f"\ndates read right: {share:.1%} of {len(rows)} ({', '.join(f'{n} {part}' for part, n in parts.items())})"
        )
        for row in wrong:
            print(f"  {row.text}: {meaning(row.text)} instead of {row.meaning}")
    assert len({row.text for row in rows}) == len(rows) >= 400
    assert share >= FLOOR
    assert false == []

"""What the command line says of copies, changes, teasers, facts and dates that were left empty."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import ingest
from qa import Sanad
from qa.cli.terminal import print_answer, print_article, print_report

REPORT = (
    "The footbridge of Port Ellery reopened on 3 March 2026 after nine months of work. "
    "The repair cost 40 thousand marjans, which the owners of the barge have agreed to pay. "
    "Mayor Ines Calloway crossed it first, with the school band behind her."
)
TEASER = "[A whale was seen off Cape Sella on Sunday](https://post.example/whale)"


def write(folder: Path, name: str, source: str, published: str, text: str) -> None:
    (folder / name).write_text(f"---\nsource: {source}\npublished: {published}\n---\n{text}\n", encoding="utf-8")


def test_copies_changes_teasers_facts_and_doubts_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    write(folder, "wire.md", "The Wire", "2026-03-03", REPORT)
    write(folder, "post.md", "The Post", "03/04/2026", f"{REPORT}\n\n{TEASER}")
    with Sanad.open(home=tmp_path / "home", llm="extractive") as sanad:
        report = ingest([folder], library=sanad.library)
        print_report(report, as_json=False)
        assert "left empty" in (said := capsys.readouterr().err)
        assert "'03/04/2026' may be day/month or month/day" in " ".join(said.split())

        write(folder, "wire.md", "The Wire", "2026-03-03", REPORT.replace("nine", "ten"))
        assert ingest([folder], library=sanad.library).updated == 1
        print_answer(sanad.ask("Who crossed the footbridge of Port Ellery first?"), as_json=False)
        shown = capsys.readouterr().out
        assert "also in The Post" in shown
        assert "updated 20" in shown

        print_answer(sanad.ask("Where was a whale seen on Sunday?"), as_json=False)
        assert "a teaser of another story on this page" in capsys.readouterr().out

        (wire,) = [article for article in sanad.articles() if article.source == "The Wire"]
        print_article(sanad.article(wire.id), sanad.library.facts_of(wire.id), as_json=True)
        facts = json.loads(capsys.readouterr().out)["facts"]
        assert [(fact["kind"], fact["first"] or fact["value"]) for fact in facts] == [
            ("date", "2026-03-03"),
            ("number", "10"),
            ("number", "40000"),
        ]

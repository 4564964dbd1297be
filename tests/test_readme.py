"""What the README shows is true: its Python runs, its commands exist, its settings are settings."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest
import typer

from ingest import ingest
from qa.cli.commands import app
from qa.resources import CORPUS
from qa.settings import Settings
from qa.values import Answer, Citation, Statement

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_runs(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    ingest([CORPUS], home=".sanad")
    exec(compile(code, "README.md", "exec"), {})
    assert "[1]" in capsys.readouterr().out


def test_the_document_it_shows_has_the_keys_of_an_answer() -> None:
    shown = json.loads(re.findall(r"```json\n(.*?)```", README, flags=re.DOTALL)[0])
    assert set(shown) == {field.name for field in fields(Answer)}
    assert set(shown["citations"][0]) == {field.name for field in fields(Citation)}
    assert set(shown["statements"][0]) == {field.name for field in fields(Statement)}


def test_every_command_is_in_the_table() -> None:
    groups = {group.name or "": group.typer_instance for group in app.registered_groups}
    commands = names_of(app) | {f"{name} {each}" for name, group in groups.items() if group for each in names_of(group)}
    table = re.findall(r"^\| (`.*?) \|", README, flags=re.MULTILINE)
    named = {name for row in table for name in re.findall(r"`((?:bench )?[a-z]+)[^`]*`", row)}
    assert commands <= named, commands - named


def names_of(group: typer.Typer) -> set[str]:
    return {command.name or command.callback.__name__ for command in group.registered_commands if command.callback}


def test_the_settings_it_names_exist() -> None:
    named = {name.lower() for name in re.findall(r"SANAD_([A-Z_]+[A-Z])", README)}
    assert named
    assert named <= set(Settings.model_fields)


def test_every_file_it_links_to_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert links
    headings = {f"#{heading.lower().replace(' ', '-')}" for heading in re.findall(r"^#+ (.+)$", README, re.MULTILINE)}
    assert [link for link in links if not (ROOT / link).exists() and link not in headings] == []


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", README, flags=re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target

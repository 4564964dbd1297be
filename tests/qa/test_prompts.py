"""Prompts are strict: what is declared, used and filled in is the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from qa.errors import PromptError
from qa.prompts import Message, load_prompt
from qa.resources import PROMPTS

GOOD = "variables: name\n\n# system\nBe kind.\n\n# user\nGreet {{name}}.\n"


def write(folder: Path, content: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "greet.md").write_text(content, encoding="utf-8")
    return folder


@pytest.mark.parametrize("path", sorted(PROMPTS.glob("*.md")), ids=lambda path: path.stem)
def test_every_shipped_prompt_loads(path: Path) -> None:
    prompt = load_prompt(path.stem)
    assert prompt.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    filled = prompt.fill(**{name: f"<{name}>" for name in prompt.variables})
    assert all(any(f"<{name}>" in message.content for message in filled) for name in prompt.variables)


def test_variables_are_filled_in_once(tmp_path: Path) -> None:
    prompt = load_prompt("greet", write(tmp_path / "a", GOOD))
    assert prompt.fill(name="{{name}} \\1") == [Message("system", "Be kind."), Message("user", "Greet {{name}} \\1.")]


def test_a_missing_or_unknown_variable_is_named(tmp_path: Path) -> None:
    prompt = load_prompt("greet", write(tmp_path / "b", GOOD))
    with pytest.raises(PromptError, match="lacks a value for name"):
        prompt.fill()
    with pytest.raises(PromptError, match="has no variable place"):
        prompt.fill(name="Mara", place="Simab")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (GOOD.replace("{{name}}", "them"), "declares but does not use name"),
        (GOOD.replace("variables: name", "variables:"), "uses but does not declare name"),
        (GOOD.replace("variables: name", ""), "variables"),
        ("variables:\nJust text.", "# system"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(tmp_path: Path, content: str, complaint: str) -> None:
    with pytest.raises(PromptError, match=complaint):
        load_prompt("greet", write(tmp_path / hashlib.sha256(content.encode()).hexdigest(), content))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="nowhere"):
        load_prompt("nowhere", tmp_path)

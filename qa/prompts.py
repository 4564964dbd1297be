"""Prompts are files: ``prompts/NAME.md``, one each, with declared variables.

A file opens with a line ``variables: question, evidence`` and holds sections headed ``# system`` and ``# user``.
A variable is written ``{{question}}``. Everything is strict: a variable that is declared but not used, used but not
declared, missing or left over when filled in, raises PromptError.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qa.errors import PromptError
from qa.resources import PROMPTS

_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_HEADING = re.compile(r"^# (system|user)\s*$", re.MULTILINE)
_DECLARATION = re.compile(r"\Avariables:(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message; ``role`` is ``system`` or ``user``."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file as it was read. ``sha256`` is over the file's bytes, 64 hexadecimal digits."""

    name: str
    sections: tuple[Message, ...]
    variables: frozenset[str]
    sha256: str

    def fill(self, **values: str) -> list[Message]:
        """The messages with every variable replaced, once: text that is put in is never read as a template."""
        _expect_none(self.name, "lacks a value for", self.variables - values.keys())
        _expect_none(self.name, "has no variable", values.keys() - self.variables)
        return [
            Message(section.role, _VARIABLE.sub(lambda match: values[match[1]], section.content))
            for section in self.sections
        ]


@functools.cache
def load_prompt(name: str, folder: Path = PROMPTS) -> Prompt:
    """Read ``folder/name.md``. Raises PromptError when it is missing or contradicts its declaration."""
    path = folder / f"{name}.md"
    try:
        data = path.read_bytes()
        content = data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"Prompt {name!r} cannot be read: {error}.", hint="Restore prompts/.") from error
    declaration = _DECLARATION.search(content)
    if declaration is None:
        raise PromptError(f"Prompt {name!r} does not open with a line `variables: …`.")
    declared = frozenset(part.strip() for part in declaration[1].split(",") if part.strip())
    sections = _sections(name, content[declaration.end() :])
    used = {variable for section in sections for variable in _VARIABLE.findall(section.content)}
    _expect_none(name, "declares but does not use", declared - used)
    _expect_none(name, "uses but does not declare", used - declared)
    return Prompt(name, sections, declared, hashlib.sha256(data).hexdigest())


def _sections(name: str, body: str) -> tuple[Message, ...]:
    parts = _HEADING.split(body)
    if len(parts) < 3 or parts[0].strip():
        raise PromptError(f"Prompt {name!r} needs its text under `# system` and `# user`.")
    return tuple(Message(role, text.strip()) for role, text in zip(parts[1::2], parts[2::2], strict=True))


def _expect_none(name: str, complaint: str, names: Iterable[str]) -> None:
    if listed := ", ".join(sorted(names)):
        raise PromptError(f"Prompt {name!r} {complaint} {listed}.")

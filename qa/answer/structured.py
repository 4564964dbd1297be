"""Reads an LLM's answer as it streams in as JSON: ``{"statements": [{"text": "…", "labels": ["2.3"]}]}``.

A server that was asked for JSON may still send plain sentences with labels; those are read as such.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import from_json

from qa.answer.labels import LabelParser, read_labels
from qa.values import Delta, DraftStatement, Evidence, Label

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "statements": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "labels": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["text", "labels"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["statements"],
    "additionalProperties": False,
}
_FENCE = "```"


class _Written(BaseModel):
    """One entry as an LLM writes it; labels may come as numbers."""

    model_config = ConfigDict(extra="ignore")

    text: str
    labels: list[str | int | float] = []


class StatementsParser:
    """Feed it the stream's chunks, then close it. ``malformed`` is true when what came was not the JSON asked for."""

    def __init__(self, evidence: Evidence, refusal: str) -> None:
        self._evidence = evidence
        self._refusal = refusal
        self._text = ""
        self._plain: LabelParser | None = None
        self._finished = 0  # statements that have been emitted
        self._shown = 0  # code points of the one in progress that have been emitted
        self.malformed = False

    def feed(self, chunk: str) -> Iterator[Delta | DraftStatement]:
        """The words and finished statements that the chunk brings."""
        if self._plain is not None:
            yield from self._plain.feed(chunk)
            return
        self._text += chunk
        beginning = self._text.strip()
        if beginning and not beginning.startswith("{") and not _FENCE.startswith(beginning[: len(_FENCE)]):
            self._plain = LabelParser(self._evidence, self._refusal)
            yield from self._plain.feed(self._text)
            return
        entries = _entries(_partly(self._text))
        for entry in entries[self._finished : -1]:
            yield from self._finish(entry)
        yield from self._show(entries)

    def close(self, *, complete: bool = True) -> Iterator[Delta | DraftStatement]:
        """The rest. What was in progress when the stream broke off is dropped."""
        if self._plain is not None:
            yield from self._plain.close(complete=complete)
            return
        document = _whole(self._text)
        if document is None:
            self.malformed = complete
            return
        for entry in _entries(document)[self._finished :]:
            yield from self._finish(entry)
        self.malformed = self.malformed or not isinstance(document.get("statements"), list)

    def _show(self, entries: list[Any]) -> Iterator[Delta]:
        """What is new of the statement in progress, up to a bracket, which may open a label."""
        if len(entries) <= self._finished or not isinstance(entries[-1], dict):
            return
        words = str(entries[-1].get("text") or "").partition("[")[0]
        if words[self._shown :].strip():
            yield Delta(words[self._shown :])
            self._shown = len(words)

    def _finish(self, entry: Any) -> Iterator[DraftStatement]:
        self._finished, self._shown = self._finished + 1, 0
        try:
            written = _Written.model_validate(entry)
        except ValidationError:
            self.malformed = True
            return
        parser = LabelParser(self._evidence, self._refusal)
        drafts = [each for each in (*parser.feed(written.text), *parser.close()) if isinstance(each, DraftStatement)]
        labels = [label for draft in drafts for label in draft.labels]
        unknown = [label for draft in drafts for label in draft.unknown]
        for each in written.labels:
            found = read_labels(str(each).strip("[] "), self._evidence)
            labels += found.labels if found else ()
            unknown += found.unknown if found else (str(each),)
        if drafts:
            words = " ".join(draft.text for draft in drafts)
            yield DraftStatement(words, _once(labels), tuple(dict.fromkeys(unknown)))


def _once(labels: list[Label]) -> tuple[Label, ...]:
    return tuple(dict.fromkeys(labels))


def _entries(document: Any) -> list[Any]:
    found = document.get("statements") if isinstance(document, dict) else None
    return found if isinstance(found, list) else []


def _partly(text: str) -> Any:
    """What can be read of a JSON object that is not whole yet; None when nothing can."""
    try:
        return from_json(text[text.find("{") :], allow_partial="trailing-strings") if "{" in text else None
    except ValueError:
        return None


def _whole(text: str) -> dict[str, Any] | None:
    """The JSON object in a text, whatever stands behind it; None when there is none."""
    try:
        document, _ = json.JSONDecoder().raw_decode(text[text.find("{") :])
    except ValueError:
        return None
    return document if isinstance(document, dict) else None

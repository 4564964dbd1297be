"""What came of each case, a line of JSON each, on disk as soon as it is known: a killed run goes on from there."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from evals.errors import RunError
from qa.values import Answer, Retrieved, plain

_ANSWER = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True)
class Record:
    """The answer to one case, or only what was found for it (``ranked``), or the error that it failed with."""

    case: str
    answer: Answer | None
    ranked: tuple[Retrieved, ...]
    error: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain values, from which :func:`from_dict` makes it again."""
        ranked = [] if self.answer else [plain(each) for each in self.ranked]
        answer = self.answer.to_dict() if self.answer else None
        return {"case": self.case, "answer": answer, "ranked": ranked, "error": self.error}


def from_dict(data: dict[str, Any]) -> Record:
    """The record that ``to_dict`` gave."""
    answer = _ANSWER.validate_python(data["answer"]) if data["answer"] else None
    ranked = answer.retrieved if answer else tuple(Retrieved(**each) for each in data["ranked"])
    return Record(data["case"], answer, ranked, data["error"])


class Log:
    """The records of one configuration in a file that may hold others too. Safe for use by several threads.

    Every line names the configuration, so that a run with other settings never takes a result for its own.
    """

    def __init__(self, path: Path, configuration: str) -> None:
        self._path = path
        self._configuration = configuration
        self._lock = threading.Lock()
        self.done = {record.case: record for record in self._read()}

    def _read(self) -> list[Record]:
        lines = read_lines(self._path)
        return [from_dict(line) for line in lines if line["configuration"] == self._configuration]

    def add(self, record: Record) -> None:
        """Write a record down; it is on its way to the disk when this returns."""
        line = {"configuration": self._configuration, **record.to_dict()}
        with self._lock:
            append_line(self._path, line)
            self.done[record.case] = record


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a log, none when there is no file. A last line that is half written is cut off.

    Raises RunError when another line is damaged.
    """
    if not path.exists():
        return []
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if whole != data:
        with path.open("r+b") as file:
            file.truncate(len(whole))
    try:
        return [json.loads(line) for line in whole.decode("utf-8").splitlines()]
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise RunError(f"{path} is damaged: {error}.", hint="Remove it and run again.") from error


def append_line(path: Path, line: dict[str, Any]) -> None:
    """Add a line to a log; it is the system's, and outlives this process, when this returns."""
    with path.open("ab") as file:
        file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")

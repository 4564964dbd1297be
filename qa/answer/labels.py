"""Reads an LLM's text as it streams in: whole statements and the labels they carry.

``… confirmed it [1.2, 3.1]. He …`` becomes the words ``… confirmed it.`` with the labels 1.2 and 3.1, as soon
as the next sentence begins. Labels may be cut anywhere by the stream, stand before or after the full stop or in
front of the sentence, be written ``[1.2][1.3]``, ``【1.2】`` or ``[1.2-1.4]``, in digits of any script. A label
that names no sentence of the evidence is reported, never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from qa.text import sentences
from qa.values import Delta, DraftStatement, Evidence, Label, Span

_OPENING = {"[": "]", "【": "】", "［": "］"}
_LONGEST = 80  # code points between brackets; the longest label list worth waiting for
_MAY_BE_LABEL = re.compile(r"[\d\s.,،;؛:٫&\-–—]*(?:†.*)?")
_LABEL = re.compile(
    r"(?P<passage>\d+)\s*[.:٫]\s*(?P<sentence>\d+)"
    r"(?:\s*[-–—]\s*(?:(?P<last_passage>\d+)\s*[.:٫]\s*)?(?P<last>\d+))?"
    r"|(?P<bare>\d+)"
)
_SMALLEST_YEAR = 1000  # [2024] is a year in brackets, [3] is meant as a label
_LONGEST_RANGE = 12
_STRONG_END = re.compile(r"[.!?؟۔。]['\"”’»)\]]*$")
_LIST_MARKER = re.compile(r"^\s*(?:[-*•–—]+\s+|\d{1,2}[.)-]\s+)")
_TIGHT = frozenset(".,،;؛:!?؟»)”")  # no space before these


@dataclass(frozen=True, slots=True)
class LabelGroup:
    """What stood in one pair of brackets: labels that exist, and, as written, those that don't."""

    labels: tuple[Label, ...]
    unknown: tuple[str, ...]


@dataclass(slots=True)
class _Mark:
    """A label group at a place in the text; ``leads`` means it belongs to the sentence after it."""

    place: int
    group: LabelGroup
    leads: bool


def read_labels(inside: str, evidence: Evidence) -> LabelGroup | None:
    """The labels in the text between two brackets, or None when it isn't meant as labels."""
    if not inside.strip() or not _MAY_BE_LABEL.fullmatch(inside):
        return None
    labels: list[Label] = []
    unknown: list[str] = []
    for match in _LABEL.finditer(inside.split("†")[0]):
        if match["bare"]:
            if int(match["bare"]) >= _SMALLEST_YEAR:
                return None
            unknown.append(str(int(match["bare"])))
            continue
        for label in _range(match):
            if evidence.exists(label):
                labels.append(label)
            else:
                unknown.append(str(label))
    if not labels and not unknown:
        return None
    return LabelGroup(tuple(dict.fromkeys(labels)), tuple(dict.fromkeys(unknown)))


def _range(match: re.Match[str]) -> list[Label]:
    first = Label(int(match["passage"]), int(match["sentence"]))
    if not match["last"]:
        return [first]
    last = Label(int(match["last_passage"] or first.passage), int(match["last"]))
    if last.passage != first.passage or not 0 <= last.sentence - first.sentence < _LONGEST_RANGE:
        return [first, last]
    return [Label(first.passage, sentence) for sentence in range(first.sentence, last.sentence + 1)]


class LabelParser:
    """Feed it the stream's chunks, then close it. It never emits a label, nor a word twice.

    ``refusal`` is the word by which the LLM says that the evidence does not answer; it is never shown, and
    ``refused`` is true once it has been seen.
    """

    def __init__(self, evidence: Evidence, refusal: str) -> None:
        self._evidence = evidence
        self._refusal = refusal
        self.refused = False
        self._held = ""  # an opening bracket and what followed it, until it is known to be a label or not
        self._text = ""  # words that are not yet part of a finished statement, labels taken out
        self._shown = 0  # how much of _text has been emitted
        self._marks: list[_Mark] = []
        self._line_leads = False  # whether labels stand in front of their sentences on this line

    def feed(self, chunk: str) -> Iterator[Delta | DraftStatement]:
        """The words and finished statements that the chunk brings."""
        for character in chunk:
            self._read(character)
        yield from self._finish_statements()
        yield from self._show(self._safe_end())

    def close(self, *, complete: bool = True) -> Iterator[Delta | DraftStatement]:
        """The rest. After a break-off (``complete`` false) a last statement without end or label is dropped."""
        if self._held and (not _MAY_BE_LABEL.fullmatch(self._held[1:]) or not self._held[1:].strip()):
            self._write(self._held)
        self._held = ""
        yield from self._finish_statements(last=True)
        rest = self._text.rstrip()
        if rest and (complete or (_STRONG_END.search(rest) and self._marks)):
            yield from self._finish(len(self._text), len(self._text))

    def _read(self, character: str) -> None:
        if not self._held:
            if character in _OPENING:
                self._held = character
            else:
                self._write(character)
            return
        inside = self._held[1:]
        if character == _OPENING[self._held[0]]:
            self._held, group = "", read_labels(inside, self._evidence)
            if group is None:
                self._write(f"[{inside}]")
            else:
                self._mark(group)
        elif len(inside) < _LONGEST and _MAY_BE_LABEL.fullmatch(inside + character):
            self._held += character
        else:
            held, self._held = self._held, ""
            self._write(held)
            self._read(character)

    def _write(self, words: str) -> None:
        for character in words:
            at_mark = bool(self._marks) and self._marks[-1].place >= len(self._text.rstrip())
            if character == "\n":
                self._line_leads = False
            elif at_mark and character in _TIGHT and not self._marks[-1].leads:
                self._text = self._text.rstrip()
            elif at_mark and not character.isspace() and self._at_line_start():
                self._lead()
            if not (at_mark and character == " " and self._text.endswith((" ", "\n"))):
                self._text += character

    def _mark(self, group: LabelGroup) -> None:
        after_end = bool(_STRONG_END.search(self._text.rstrip()))
        leads = not self._text.strip() or (self._line_leads and after_end)
        self._line_leads |= leads
        self._marks.append(_Mark(len(self._text), group, leads))

    def _at_line_start(self) -> bool:
        return "\n" in self._text[len(self._text.rstrip()) :]

    def _lead(self) -> None:
        """The labels at the start of this line turn out to have words after them: they are those words' labels."""
        line = self._text.rindex("\n")
        for mark in self._marks:
            if mark.place > line:
                mark.leads = self._line_leads = True

    def _finish_statements(self, *, last: bool = False) -> Iterator[Delta | DraftStatement]:
        while (boundary := self._boundary(last=last)) is not None:
            yield from self._finish(*boundary)

    def _boundary(self, *, last: bool) -> tuple[int, int] | None:
        """Where the first statement ends and the next begins, once that can't change any more."""
        spans = sentences(self._text)
        for one, following in pairwise(spans):
            newline = "\n" in self._text[one.end : following.start]
            if not newline and not _STRONG_END.search(self._text[one.start : one.end]):
                continue
            settled = last or newline or following is not spans[-1] or self._has_whole_word(following)
            return (one.end, following.start) if settled else None
        return None

    def _has_whole_word(self, span: Span) -> bool:
        return any(character.isspace() for character in self._text[span.start :].lstrip())

    def _finish(self, end: int, cut: int) -> Iterator[Delta | DraftStatement]:
        yield from self._show(end)
        start = len(self._text[:end]) - len(self._text[:end].lstrip())
        mine = [mark for mark in self._marks if mark.place <= (start if mark.leads else cut)]
        statement = _tidy(self._text[:end])
        self._marks = [
            _Mark(max(0, mark.place - cut), mark.group, mark.leads) for mark in self._marks if mark not in mine
        ]
        self._text, self._shown = self._text[cut:], 0
        if self._refusal in statement:
            self.refused = True
            statement = statement.replace(self._refusal, "").strip()
        if self.refused and not mine:  # why it does not answer is no statement about the articles
            return
        if any(character.isalnum() for character in _LIST_MARKER.sub("", f"{statement} ")):
            labels = tuple(dict.fromkeys(label for mark in mine for label in mark.group.labels))
            unknown = tuple(dict.fromkeys(label for mark in mine for label in mark.group.unknown))
            yield DraftStatement(statement, labels, unknown)

    def _safe_end(self) -> int:
        """How far words may be shown: not beyond the end of a sentence that may turn out to be the statement's."""
        spans = sentences(self._text)
        for one, following in pairwise(spans):
            if _STRONG_END.search(self._text[one.start : one.end]) or "\n" in self._text[one.end : following.start]:
                return one.end
        return len(self._text.rstrip())

    def _show(self, end: int) -> Iterator[Delta]:
        beginning = self._text[:end].strip()
        if beginning and (self._refusal.startswith(beginning) or beginning.startswith(self._refusal)):
            return
        words = self._text[self._shown : end]
        if words.strip():
            self._shown = end
            yield Delta(words)


def _tidy(words: str) -> str:
    """A statement as a reader wants it: no list marker, no emphasis marks, no line breaks."""
    return " ".join(_LIST_MARKER.sub("", words).replace("**", "").split())

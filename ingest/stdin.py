"""Standard input as a source: JSON Lines, a web page or plain text, told by how it begins."""

from __future__ import annotations

import json
import shutil
from typing import IO

STDIN = "-"
_SAMPLE = 65_536
_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<?xml", b"<!--")
_MARKS = b"\xef\xbb\xbf\xff\xfe"


def spool(stdin: IO[bytes], file: str) -> str:
    """Copy standard input to a file, since it can be read only once; gives the format that it is in."""
    with open(file, "wb") as copy:
        shutil.copyfileobj(stdin, copy)
    with open(file, "rb") as copy:
        return told_format(copy.read(_SAMPLE))


def told_format(start: bytes) -> str:
    """``.jsonl``, ``.html``, ``.pdf`` or ``.txt``, by the first bytes."""
    if start.startswith(b"%PDF-"):
        return ".pdf"
    plain = start.replace(b"\x00", b"").lstrip(_MARKS + b" \t\r\n")  # UTF-16 is ASCII with NULs between
    if plain[:20].lower().startswith(_PAGE):
        return ".html"
    return ".jsonl" if plain.startswith(b"{") and _is_object(plain) else ".txt"


def _is_object(start: bytes) -> bool:
    """Whether the first line is a JSON object, or the beginning of one too long to see its end."""
    line, _, more = start.partition(b"\n")
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return not more and len(start) >= _SAMPLE // 2 and line[1:].lstrip().startswith(b'"')

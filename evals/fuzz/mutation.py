"""Damage: what broken programs, bad connections and people who mean harm do to files."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from io import BytesIO

from evals.fuzz.seeds import packed

LARGEST = 400_000
"""Bytes that a damaged file has at most: hangs show in small files, and the many make the round."""

_TOKENS: tuple[bytes, ...] = tuple(
    token.encode("utf-8", "surrogatepass")
    for token in (
        *("\x00", "\ufeff", "\ufffe", "\ud83d", "\ufffd", "\u2028", "\r", "\u200c", "\u202e", "\u0640", "\x1b", "\x85"),
        *(
            "<",
            ">",
            "</",
            "<!--",
            "-->",
            "]]>",
            "<![CDATA[",
            "<script>",
            "</article>",
            "<table>",
            "&#0;",
            "&#xD800;",
            "&x;",
        ),
        *(
            "<?xml version='1.0' encoding='utf-16'?>",
            "<!DOCTYPE a [<!ENTITY b 'c'>]>",
            "<meta charset=utf-7>",
            "<base href=x:>",
        ),
        *(
            '{"',
            '"}',
            "[[[[",
            "\\ud800",
            "\\u0000",
            "NaN",
            "1e999",
            "-0",
            "9" * 400,
            "null",
            "true",
            '"id": 1,',
            '"text": ""',
        ),
        *("---\n", "# ", "- ", "|", "* * *", "![](", "```", '"', ",,,,", ";", "\t", "''"),
        *(
            "obj",
            "endobj",
            "stream\n",
            "endstream",
            "<<",
            ">>",
            "/Length -1",
            "/Kids[2 0 R]",
            "/Filter/FlateDecode",
            "xref",
        ),
        *("1404/13/45", "۳۱ شهریور", "2 days ago", "99:99", "0000-00-00", "۱۲۳۴۵۶۷۸۹" * 20, "مليون " * 30, "a" * 3000),
        *("http://127.0.0.1:1/", "file:///etc/passwd", "//x", "http://[", "urn:x", "page0.html", "\u0661\u06f1" * 50),
    )
)
_NESTS = (b"<div>", b"<b>", b"<ul><li>", b"<table><tr><td>", b'{"a":', b"[", b"(", b"<<", b"> ", b"<w:p>", b"\xc2\xab")
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859-6", "utf-8-sig", "utf-7")

Mutate = Callable[[random.Random, bytes, bytes], bytes]


def damaged(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """``data`` with one to five damages; ``other`` is another file, parts of which may get into it.

    Half of the archives are opened, damaged within, and packed again, as damage to their bytes rarely gets further
    than the checksum.
    """
    if data.startswith(b"PK") and chance.random() < 0.6 and (inside := _damaged_inside(chance, data, other)):
        return inside
    for _ in range(chance.choice((1, 1, 2, 3, 5))):
        data = chance.choice(_MUTATIONS)(chance, data, other)[:LARGEST]
    return data


def _damaged_inside(chance: random.Random, data: bytes, other: bytes) -> bytes | None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(members))
    members[name] = damaged(chance, members[name], other)
    if chance.random() < 0.1:
        members[chance.choice(("../../up.txt", "a" * 300 + ".txt", "\u202etxt.exe", "/abs.txt", "x!y:3.txt"))] = other
    return packed(members)


def _flip(chance: random.Random, data: bytes, _: bytes) -> bytes:
    out = bytearray(data)
    for _n in range(chance.randint(1, 20)):
        if out:
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _cut(chance: random.Random, data: bytes, _: bytes) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[start + chance.choice((1, 10, 100, 1000, len(data))) :]


def _insert(chance: random.Random, data: bytes, _: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(_TOKENS) * chance.choice((1, 1, 1, 3, 50)) + data[at:]


def _replace(chance: random.Random, data: bytes, _: bytes) -> bytes:
    at = chance.randint(0, len(data))
    token = chance.choice(_TOKENS)
    return data[:at] + token + data[at + len(token) :]


def _repeat(chance: random.Random, data: bytes, _: bytes) -> bytes:
    start = chance.randint(0, len(data))
    piece = data[start : start + chance.choice((1, 5, 30, 200, 2000))]
    return data[:start] + piece * chance.choice((2, 10, 200, 5000)) + data[start:]


def _nest(chance: random.Random, data: bytes, _: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(_NESTS) * chance.choice((100, 1000, 10_000)) + data[at:]


def _splice(chance: random.Random, data: bytes, other: bytes) -> bytes:
    at, start = chance.randint(0, len(data)), chance.randint(0, len(other))
    return data[:at] + other[start : start + chance.choice((10, 300, 5000))] + data[at:]


def _shuffle(chance: random.Random, data: bytes, _: bytes) -> bytes:
    mark = chance.choice((b"\n", b">", b",", b" ", b"\r\n"))
    pieces = data.split(mark)
    chance.shuffle(pieces)
    return mark.join(pieces)


def _recode(chance: random.Random, data: bytes, _: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(_ENCODINGS), "ignore")


def _noise(chance: random.Random, data: bytes, _: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 16, 300))) + data[at:]


_MUTATIONS: tuple[Mutate, ...] = (
    _flip,
    _cut,
    _insert,
    _insert,
    _replace,
    _repeat,
    _nest,
    _splice,
    _shuffle,
    _recode,
    _noise,
)

"""Bytes to text, without ever guessing in silence: what cannot be told for certain is refused with the reason."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from qa.errors import SourceError

_MARKS = (  # UTF-32 before UTF-16: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
)
# Words that hardly any running text in these languages goes without; a wrong code page gives none of them.
_FUNCTION_WORDS = frozenset("و در به از که این را با است برای من في على إلى أن عن هذا التي الذي ما لا كان".split())
_ARABIC_PAGES = ("windows-1256", "iso8859-6")
_WESTERN = frozenset({"iso8859-1", "cp1252", "ascii", "iso8859-15"})
_ACCENTED = 0.15
"""Of bytes: French has 0.04, and Arabic in a code page 0.5, or 0.2 among markup."""
_WORDS_SAMPLE = 200_000
_NOT_ASCII = re.compile(r"[^\W\d_]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_REMEDY = "; save it as UTF-8"


def decode(data: bytes, *declared: str | None, mend: bool = False) -> str:
    """The text of ``data``, its byte order mark removed and not a character else changed.

    ``declared`` are the encodings that are claimed for it, the most trusted first; one is believed when nothing in
    the bytes speaks against it. With ``mend``, a few damaged bytes in UTF-8 become U+FFFD, as in a browser. Raises
    SourceError for what is empty, binary, damaged, or in an encoding that cannot be told for certain.
    """
    text = _decode(data, [name for name in declared if name], mend)
    if not text.strip():
        raise SourceError("is empty")
    position = text.find("\x00")
    if position >= 0:
        raise SourceError(f"holds a NUL character at {position}: it is damaged or not text")
    return text


def is_legacy(sample: bytes) -> bool:
    """Whether a file that begins like this is in a code page: no UTF-8, and not UTF-8 with some damage either."""
    try:
        sample[: sample.rfind(b"\n") + 1 or len(sample)].decode("utf-8")
    except UnicodeDecodeError:
        return not _mostly_utf8(sample)
    return False


def refuse_surrogates(text: str) -> str:
    """``text`` as it is. Raises SourceError when it holds half of a surrogate pair, which no file can hold."""
    if text.isascii() or not (found := re.search("[\ud800-\udfff]", text)):
        return text
    raise SourceError(f"holds half of a surrogate pair (U+{ord(found.group()):04X}) at {found.start()}")


def _decode(data: bytes, declared: Sequence[str], mend: bool) -> str:
    if not data.strip():
        raise SourceError("is empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(f"is {what}, not text")
    if _wide(data):
        return _strictly(data, _wide(data))
    try:
        return data.decode("utf-8")  # no text of another encoding is valid UTF-8 by chance, whatever it claims
    except UnicodeDecodeError as error:
        if mend and _mostly_utf8(data):
            return data.decode("utf-8", errors="replace")
        return _legacy(data, declared, error)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"is damaged: byte {error.start} does not fit its encoding, {encoding}{_REMEDY}") from error


def _as_declared(data: bytes, declared: Sequence[str]) -> str | None:
    """``data`` in the first of these encodings that fits: every byte is in it, and none is a control character.

    Western encodings have a letter for every byte and are what servers claim that were never told better, so that
    few letters may be accented in a text that is believed to be in one.
    """
    for name in declared:
        try:
            codec = codecs.lookup(name).name
            if codec in _WESTERN:
                codec = "cp1252"
                if _high(data) >= _ACCENTED:
                    continue
            text = data.decode(codec) if codec not in ("utf-8", "utf-16", "utf-32") else ""
        except (LookupError, UnicodeError, TypeError, ValueError):
            continue
        if text and not _CONTROL.search(text):
            return text
    return None


def _wide(data: bytes) -> str:
    """The UTF-16 that ``data`` without a mark is plainly in, or an empty string.

    In UTF-16 every other byte of Arabic-script or Latin text is one of a few: the block's number.
    """
    sample = data[: 4096 - len(data[:4096]) % 2]
    if len(sample) < 8 or len(data) % 2:
        return ""
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        blocks = sum(byte in (0x00, 0x06, 0x20, 0xFB, 0xFE) for byte in high) / len(high)
        latin = high.count(0) / len(high)
        arabic = high.count(6) / len(high)
        if blocks > 0.97 and (latin > 0.9 or arabic > 0.4):
            return encoding
    return ""


def _legacy(data: bytes, declared: Sequence[str], error: UnicodeDecodeError) -> str:
    if _mostly_utf8(data):
        raise SourceError(f"is damaged: byte {error.start} breaks its UTF-8{_REMEDY}") from error
    if _binary(data):
        raise SourceError("is binary, not text") from error
    pages = {page: _function_words(data, page) for page in _ARABIC_PAGES}
    best = max(pages, key=lambda page: pages[page])
    if pages[best] >= 0.05:  # running Persian and Arabic have 0.15 to 0.3, a wrong code page under 0.01
        return _strictly(data, best)
    text = _as_declared(data, declared)
    return _western(data, error) if text is None else text


def _mostly_utf8(data: bytes) -> bool:
    """Whether the bytes above ASCII are UTF-8 but for a few that are damaged."""
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("�")
    beyond = sum(map(len, re.findall("[^\x00-\x7f]+", text)))
    return beyond > 0 and damaged / beyond < 0.1


def _binary(data: bytes) -> bool:
    sample = data[:8192]
    control = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in sample)
    return b"\x00" in sample or control / len(sample) > 0.02


def _function_words(data: bytes, encoding: str) -> float:
    """The share of function words among the words that are not ASCII, as markup and numbers are."""
    try:
        text = data[:_WORDS_SAMPLE].decode(encoding).replace("ي", "ی")
    except UnicodeDecodeError:
        return 0.0
    words = [word for word in _NOT_ASCII.findall(text) if not word.isascii()]
    return sum(word in _KNOWN for word in words) / max(len(words), 1)


def _western(data: bytes, error: UnicodeDecodeError) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    western = best is not None and best.encoding in ("cp1252", "latin_1", "cp1250") and best.chaos < 0.1
    if western and _high(data) < _ACCENTED:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    found = f"; it may be {best.encoding}" if best is not None else ""
    raise SourceError(f"is in an encoding that cannot be told for certain{found}{_REMEDY}") from error


def _high(data: bytes) -> float:
    sample = data[:_WORDS_SAMPLE]
    return sum(byte > 127 for byte in sample) / len(sample)


_KNOWN = frozenset(word.replace("ي", "ی") for word in _FUNCTION_WORDS)

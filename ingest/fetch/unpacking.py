"""Compressed bytes unpacked a piece at a time, so that little that grows to much is noticed before it is held."""

from __future__ import annotations

import zlib

from qa.errors import SourceError

_PIECE = 1 << 16
_ANY_HEADER = 32 + zlib.MAX_WBITS  # gzip or zlib, told by its head
_NO_HEADER = -zlib.MAX_WBITS


class Unpacker:
    """Takes what comes over the wire and gives what it holds, at most ``limit`` bytes of it.

    ``coding`` is a Content-Encoding: gzip, deflate or none. Raises SourceError for another, for damage, and once
    there is more than ``limit``.
    """

    def __init__(self, coding: str, limit: int) -> None:
        self._coding = coding.strip().lower()
        if self._coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise SourceError(f"comes compressed as {self._coding[:40]!r}, which was not asked for")
        self._plain = self._coding in ("", "identity")
        self._limit = limit
        self._size = 0
        self._held = b""
        self._inflater: zlib._Decompress | None = None

    def feed(self, data: bytes) -> bytes:
        """What ``data``, the next bytes, unpacks to."""
        if self._plain:
            return self._counted(data)
        data, self._held = self._held + data, b""
        if self._inflater is None and len(data) == 1:  # the head is told by two
            self._held = data
            return b""
        out = bytearray()
        while data:
            inflater = self._inflater = self._inflater or zlib.decompressobj(self._window(data))
            try:
                out += self._counted(inflater.decompress(data, _PIECE))
            except zlib.error as error:
                raise SourceError(f"is damaged: what it sends is not {self._coding}") from error
            data = inflater.unconsumed_tail
            if inflater.eof:  # another member may follow
                data, self._inflater = inflater.unused_data.lstrip(b"\x00"), None
        return bytes(out)

    def end(self) -> bytes:
        """What is left when all has been fed. Raises SourceError when the end is missing."""
        if self._held:
            raise SourceError("breaks off before its end; try again")
        if self._inflater is None:
            return b""
        rest = self._counted(self._inflater.flush(_PIECE))
        if not self._inflater.eof:
            raise SourceError("breaks off before its end; try again")
        return rest

    def _window(self, data: bytes) -> int:
        """Deflate comes with zlib's head by the standard and without it from some servers."""
        headed = self._coding != "deflate" or (data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0)
        return _ANY_HEADER if headed else _NO_HEADER

    def _counted(self, data: bytes) -> bytes:
        self._size += len(data)
        if self._size > self._limit:
            raise SourceError(
                f"is larger than {self._limit / 1_000_000:g} MB; download it, split it and name the files"
            )
        return data


def unpack(data: bytes, limit: int) -> bytes:
    """A gzip file's content. Raises SourceError for damage, and when it holds more than ``limit`` bytes."""
    unpacker = Unpacker("gzip", limit)
    return unpacker.feed(data) + unpacker.end()

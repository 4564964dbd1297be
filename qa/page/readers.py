"""Who a reader is: whoever brings the cookie that the page gave them, known here by its hash alone."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

READER_COOKIE: Final = "sanad_reader"
LONGEST: Final = 200


def reader_of(cookies: Mapping[str, str]) -> str | None:
    """The reader's name in the catalog, 64 characters; None for a browser that keeps no cookie."""
    brought = str(cookies.get(READER_COOKIE, ""))[:LONGEST]
    return sha256(brought.encode("utf-8", "surrogatepass")).hexdigest() if len(brought) >= 16 else None

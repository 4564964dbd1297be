"""What glibc is told, so that memory which was freed does not stay with the process."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from functools import cache

_M_ARENA_MAX = -8  # of <malloc.h>
_ARENAS = 2


@cache
def keep_memory_together() -> None:
    """Have the threads of Chroma, tantivy and Python share two heaps: with one each, most of them lie half empty.

    It does nothing where the C library is another one.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)


def give_back_memory() -> None:
    """Let go of what Chroma, tantivy and pickles have freed and glibc keeps: 90 MB after 1,500 articles."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)

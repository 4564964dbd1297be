"""What glibc is told, so that memory which was freed does not stay with the process."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from functools import cache

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # of <malloc.h>
_ARENAS = 2
_LARGE = 8_192  # what is made of an article takes some 38 kB; with 65,536, 48 MB more after 20,000 articles


@cache
def keep_memory_together() -> None:
    """Have the threads of Chroma, tantivy and Python share two heaps: with one each, most of them lie half empty.

    And have each large block returned to the system when it is freed; or else glibc keeps ever larger ones in the
    heap, 28 MB of 273 in batches of 384 articles. It does nothing where the C library is another one.
    """
    with suppress(AttributeError, OSError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(_M_ARENA_MAX, _ARENAS)
        library.mallopt(_M_MMAP_THRESHOLD, _LARGE)


def give_back_memory() -> None:
    """Let go of what Chroma, tantivy and pickles have freed and glibc keeps: 90 MB after 1,500 articles."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)

"""Counts tokens as OpenAI's newer models do, with a file that llama-index-core ships: nothing is downloaded."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from qa.settings import use_bundled_encodings

if TYPE_CHECKING:
    import tiktoken

_ENCODING = "o200k_base"


def count_tokens(text: str) -> int:
    """o200k_base tokens of a text."""
    return len(encoding().encode_ordinary(text))


@functools.cache
def encoding() -> tiktoken.Encoding:
    """The tokenizer; loading it takes some 0.3 s, once."""
    use_bundled_encodings()
    import tiktoken

    return tiktoken.get_encoding(_ENCODING)

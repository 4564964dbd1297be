"""What Sanad says to its readers, in Persian, Arabic and English: ``qa/texts/{fa,ar,en}.json``.

The files hold nested sections with the same keys and placeholders (a test holds that). A placeholder is
``{name}``; a doubled brace is a brace.
"""

from __future__ import annotations

import functools
import json
import string
from pathlib import Path
from typing import Any

LANGUAGES = ("fa", "ar", "en")
_FOLDER = Path(__file__).with_name("texts")
# Languages that readers of another interface language are likeliest to read; all others get English.
_NEIGHBOURS = {"ckb": "fa", "ur": "fa", "ps": "fa", "az": "fa", "ku": "fa", "tg": "fa"}


def interface_language(language: str) -> str:
    """The language of ``LANGUAGES`` to speak to somebody who wrote in ``language`` (ISO 639)."""
    return language if language in LANGUAGES else _NEIGHBOURS.get(language, "en")


def text(key: str, language: str, **values: object) -> str:
    """The text of a dotted key such as ``answer.withheld`` in a language, with its placeholders filled in.

    Raises KeyError for a key or a placeholder that is missing: both are mistakes of the program.
    """
    template = texts(language).get(key)
    if template is None:
        raise KeyError(f"qa/texts/{interface_language(language)}.json has no text {key!r}")
    return template.format(**values)


@functools.cache
def texts(language: str) -> dict[str, str]:
    """Every text of a language by dotted key, placeholders unfilled."""
    path = _FOLDER / f"{interface_language(language)}.json"
    return dict(_flatten(json.loads(path.read_text(encoding="utf-8"))))


def placeholders(template: str) -> set[str]:
    """The names of the placeholders in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _flatten(section: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in section.items():
        key = f"{prefix}{name}"
        pairs += _flatten(value, f"{key}.") if isinstance(value, dict) else [(key, str(value))]
    return pairs

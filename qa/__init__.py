"""Sanad: ask your articles; every sentence of the answer points to the exact words it rests on.

>>> from qa import Filters, Sanad

The names below are imported when they are first used, so that ``import qa`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    "Sanad": "qa.sanad",
    "Conversation": "qa.conversation",
    "Settings": "qa.settings",
    "load_settings": "qa.settings",
    "SanadError": "qa.errors",
    "Answer": "qa.values",
    "Article": "qa.values",
    "Citation": "qa.values",
    "Filters": "qa.values",
    "Finding": "qa.values",
    "Passage": "qa.values",
    "Span": "qa.values",
    "Statement": "qa.values",
}
__all__ = [  # noqa: RUF022  (in the order of _HOME)
    "Sanad",
    "Conversation",
    "Settings",
    "load_settings",
    "SanadError",
    "Answer",
    "Article",
    "Citation",
    "Filters",
    "Finding",
    "Passage",
    "Span",
    "Statement",
]

if TYPE_CHECKING:
    from qa.conversation import Conversation
    from qa.errors import SanadError
    from qa.sanad import Sanad
    from qa.settings import Settings, load_settings
    from qa.values import Answer, Article, Citation, Filters, Finding, Passage, Span, Statement


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *_HOME]

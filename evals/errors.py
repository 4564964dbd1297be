"""What an eval raises on purpose, below :class:`qa.errors.SanadError`.

SanadError
├── DatasetError       a set of cases cannot be read
└── RunError           a run, a report or a baseline cannot be used
"""

from __future__ import annotations

from qa.errors import SanadError


class DatasetError(SanadError):
    """A set of cases cannot be read."""

    exit_code = 2


class RunError(SanadError):
    """A run, a report or a baseline cannot be used."""

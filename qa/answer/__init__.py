"""Answers a question from the library, statement by statement, each checked against what it cites."""

from qa.answer.engine import Engine

__all__ = ["Engine"]

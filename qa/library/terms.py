"""The one analysis of a text into the terms that the lexical index holds and a question is looked up by."""

from __future__ import annotations

from collections import Counter

from qa.text import content_words, fold, ngrams, stem


def document_terms(text: str, title: str | None, language: str) -> dict[str, str]:
    """The terms of a passage per channel, joined by spaces."""
    return {
        "words": " ".join(_words(text, language)),
        "grams": " ".join(_grams(text)),
        "title": " ".join(_words(title or "", language)),
    }


def query_terms(text: str, language: str) -> dict[str, dict[str, int]]:
    """The terms of a question per channel, with how often each occurs."""
    words = Counter(_words(text, language))
    return {"words": words, "grams": Counter(_grams(text)), "title": words}


def _words(text: str, language: str) -> list[str]:
    return [stem(word, language) for word in content_words(text, language)]


def _grams(text: str) -> list[str]:
    return [gram.replace(" ", "_") for gram in ngrams(fold(text).text)]

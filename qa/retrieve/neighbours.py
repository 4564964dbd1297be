"""Passages of one article that follow each other become one, so that they are read as they were written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.values import Passage


def joined(passages: Sequence[Passage], text_of: Callable[[str], str | None]) -> list[Passage]:
    """The passages, best first, with neighbours joined: only blanks lie between them in their article.

    What is joined has the sentences of all its parts, in order, and the id, the ordinal, the score and the place of
    the best of them. ``text_of`` gives an article's text, None when it is gone: an article that was changed or
    removed since its passages were found joins nothing, and neither does a teaser.
    """
    found = list(passages)
    for article_id in dict.fromkeys(passage.article_id for passage in passages if not passage.teaser):
        parts = [each for each in passages if each.article_id == article_id and not each.teaser]
        ordinals = {each.ordinal for each in parts}
        if not any(ordinal + 1 in ordinals for ordinal in ordinals):
            continue
        text = text_of(article_id)
        if text is None or any(text[each.start : each.end] != each.text for each in parts):
            continue
        for run in _runs(parts, text):
            best = max(run, key=lambda each: each.score)
            found[found.index(best)] = _one(run, best, text)
            found = [each for each in found if each not in run]
    return found


def _runs(parts: Sequence[Passage], text: str) -> list[list[Passage]]:
    """The passages of one article in lists of two or more that follow each other."""
    runs: list[list[Passage]] = []
    for part in sorted(parts, key=lambda each: each.start):
        last = runs[-1][-1] if runs else None
        if (
            last
            and last.ordinal + 1 == part.ordinal
            and last.end <= part.start
            and not text[last.end : part.start].strip()
        ):
            runs[-1].append(part)
        else:
            runs.append([part])
    return [run for run in runs if len(run) > 1]


def _one(run: Sequence[Passage], best: Passage, text: str) -> Passage:
    start, end = run[0].start, run[-1].end
    sentences = tuple(sentence for part in run for sentence in part.sentences)
    return replace(best, start=start, end=end, text=text[start:end], sentences=sentences)

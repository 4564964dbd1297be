"""How Sanad says that it does not answer, and what it names instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.answer.citations import citation
from qa.texts import text
from qa.values import Citation, Evidence, RefusalReason, Span

NEAREST = 3  # articles named with a refusal


def refusal_text(reason: RefusalReason, language: str, nearest: Sequence[Citation]) -> str:
    """The refusal in the reader's language, with the nearest articles' titles."""
    refused = text(f"answer.refused.{reason}", language)
    if not nearest:
        return refused
    named = text("answer.list_separator", language).join(_name(cited, language) for cited in nearest)
    return f"{refused} {text('answer.nearest', language, list=named)}"


def nearest_passages(evidence: Evidence, sentences: Sequence[Span | None]) -> tuple[Citation, ...]:
    """The best passage of each of the first few articles; ``sentences[i]`` is what to quote of passage i.

    None means the passage's first sentence.
    """
    chosen: dict[str, Citation] = {}
    for passage, sentence in zip(evidence.passages, sentences, strict=True):
        if passage.article_id in chosen or not passage.sentences:
            continue
        span = sentence or passage.sentences[0]
        chosen[passage.article_id] = citation(len(chosen) + 1, passage, span)
        if len(chosen) == NEAREST:
            break
    return tuple(chosen.values())


def outlet_and_date(cited: Citation, language: str) -> str:
    """Where and when an article appeared: "Simab Herald, 2025-03-14"; its title when neither is known."""
    known = [part for part in (cited.source, (cited.published or "")[:10]) if part]
    return text("answer.about_separator", language).join(known) or cited.title or ""


def _name(cited: Citation, language: str) -> str:
    title = cited.title or f"{' '.join(cited.quote.split()[:8])} …"
    about = outlet_and_date(replace(cited, title=None), language)
    return f"«{title}» ({about})" if about else f"«{title}»"

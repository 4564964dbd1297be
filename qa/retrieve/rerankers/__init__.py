"""What may order the passages anew at the end, if it is asked for: a model on this machine, or the LLM."""

from __future__ import annotations

from qa.retrieve.rerankers.reranker import Preset, Reranker
from qa.settings import Settings

__all__ = ["Preset", "Reranker", "make_reranker"]


def make_reranker(settings: Settings) -> Reranker | None:
    """The reranker that the settings ask for, None for none. Loads nothing heavy before it is used."""
    if settings.reranker == "fastembed":
        from qa.retrieve.rerankers.cross_encoder import DEFAULT_MODEL, CrossEncoder

        return CrossEncoder(settings.reranker_model or DEFAULT_MODEL)
    if settings.reranker == "llm":
        from qa.retrieve.rerankers.llm import LLMReranker

        return LLMReranker(settings)
    return None

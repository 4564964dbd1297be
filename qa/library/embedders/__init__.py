"""What turns texts into vectors: this program (``embedded``), a server (``openai``), a local model (``fastembed``)."""

from __future__ import annotations

from qa.library.embedders.embedder import Embedder, Vectors
from qa.settings import Settings

__all__ = ["Embedder", "Vectors", "make_embedder"]


def make_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings ask for. Loads nothing heavy before it is used."""
    if settings.embeddings == "openai":
        from qa.library.embedders.server import ServerEmbedder

        return ServerEmbedder(settings)
    if settings.embeddings == "fastembed":
        from qa.library.embedders.local import DEFAULT_MODEL, LocalEmbedder

        return LocalEmbedder(settings.embedding_model or DEFAULT_MODEL)
    from qa.library.embedders.embedded import EmbeddedEmbedder

    return EmbeddedEmbedder()

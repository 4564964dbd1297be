"""What turns texts into vectors: this program (``embedded``), a server (``openai``), a local model (``fastembed``)."""

from qa.library.embedders.embedder import Embedder, Vectors, make_embedder

__all__ = ["Embedder", "Vectors", "make_embedder"]

"""Finds the passages that a question may be answered from."""

from qa.retrieve.retriever import Retrieval, Retriever

__all__ = ["Retrieval", "Retriever"]

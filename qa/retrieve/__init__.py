"""Finds the passages that a question may be answered from."""

from qa.retrieve.retriever import Retriever

__all__ = ["Retriever"]

"""Time from a cold start to the first result: ``sanad ask`` beside a stock LlamaIndex + Chroma script.

Both answer the same question from the same articles, already ingested, in a new process each time, in turn
(A B A B …), so that a machine whose speed drifts is fair to both. The stock script embeds with LlamaIndex's
MockEmbedding and stops at the passages found: it computes nothing and waits for no LLM, so what is measured is
what a user waits for before any work is done.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from evals.bench.process import SANAD_COMMAND, run
from evals.bench.result import SANAD, STOCK, Measurement, Progress, Result
from qa.resources import CORPUS, starter_questions

_STOCK_OPEN = """
import sys
import chromadb
from llama_index.core import MockEmbedding, StorageContext, VectorStoreIndex
from llama_index.llms.openai import OpenAI  # what a stock script answers with; imported, not called
from llama_index.vector_stores.chroma import ChromaVectorStore

folder, question = sys.argv[1:3]
collection = chromadb.PersistentClient(path=folder).get_or_create_collection("stock")
store = ChromaVectorStore(chroma_collection=collection)
embedding = MockEmbedding(embed_dim=256)
"""
STOCK_INGEST = (
    _STOCK_OPEN
    + """
from pathlib import Path
from llama_index.core import Document
files = [path for path in sorted(Path(sys.argv[3]).rglob("*")) if path.suffix in {".txt", ".md", ".html", ".jsonl"}]
VectorStoreIndex.from_documents(
    [Document(text=path.read_text(encoding="utf-8")) for path in files],
    storage_context=StorageContext.from_defaults(vector_store=store),
    embed_model=embedding,
)
"""
)
STOCK_ASK = (
    _STOCK_OPEN
    + """
index = VectorStoreIndex.from_vector_store(store, embed_model=embedding)
print(index.as_retriever(similarity_top_k=8).retrieve(question))
"""
)
NOTE = "The stock script embeds with MockEmbedding, calls no LLM and stops at the passages found."


def measure(*, runs: int = 7, progress: Progress | None = None) -> Result:
    """Seconds of a cold ``sanad --help``, ``sanad ask`` and the stock script's search, ``runs`` times in turn."""
    question = starter_questions()[0]
    with tempfile.TemporaryDirectory() as folder:
        home, stock = str(Path(folder, "sanad")), str(Path(folder, "stock"))
        run([*SANAD_COMMAND, "ingest", str(CORPUS), "--home", home])
        run([sys.executable, "-c", STOCK_INGEST, stock, question, str(CORPUS)])
        commands = (
            [*SANAD_COMMAND, "--help"],
            [*SANAD_COMMAND, "ask", question, "--home", home],
            [sys.executable, "-c", STOCK_ASK, stock, question],
        )
        spent: list[list[float]] = [[], [], []]
        for turn in range(runs + 1):
            for times, command in zip(spent, commands, strict=True):
                times.append(run(command).seconds)
            if progress:
                progress(turn, runs)
    shown, asked, theirs = (tuple(times[1:]) for times in spent)  # the first of each warms the disk
    measurements = (
        Measurement("--help", SANAD, "s", shown),
        Measurement("cold question", SANAD, "s", asked),
        Measurement("cold question", STOCK, "s", theirs),
    )
    return Result("startup", measurements, (NOTE,))

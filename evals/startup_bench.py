"""Time from a cold start to the first result: ``sanad ask`` beside a stock LlamaIndex + Chroma script.

    python -m evals.startup_bench [--runs N]

Both answer the same question from the same articles, already ingested, in a new process each time, in turn
(A B A B …), so that a machine whose speed drifts is fair to both. The stock script embeds with LlamaIndex's
MockEmbedding and stops at the passages found: it computes nothing and waits for no LLM, so what is measured is
what a user waits for before any work is done. Printed: seconds, median of N runs, and the ratio.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from qa.resources import CORPUS, starter_questions

STOCK_OPEN = """
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
    STOCK_OPEN
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
    STOCK_OPEN
    + """
index = VectorStoreIndex.from_vector_store(store, embed_model=embedding)
print(index.as_retriever(similarity_top_k=8).retrieve(question))
"""
)


def run(command: list[str]) -> float:
    """Wall-clock seconds of one process. Raises CalledProcessError when it fails."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begin


def measure(runs: int) -> tuple[list[float], list[float]]:
    """Seconds of each run: Sanad's, then the stock script's."""
    question = starter_questions()[0]
    sanad = [sys.executable, "-m", "qa.cli.commands"]
    with tempfile.TemporaryDirectory() as folder:
        home, stock = str(Path(folder, "sanad")), str(Path(folder, "stock"))
        run([*sanad, "ingest", str(CORPUS), "--home", home])
        run([sys.executable, "-c", STOCK_INGEST, stock, question, str(CORPUS)])
        ours, theirs = [], []
        for _ in range(runs + 1):
            ours.append(run([*sanad, "ask", question, "--home", home]))
            theirs.append(run([sys.executable, "-c", STOCK_ASK, stock, question]))
    return ours[1:], theirs[1:]  # the first of each warms the disk


def main() -> None:
    """Print the two medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    ours, theirs = measure(parser.parse_args().runs)
    mine, stock = statistics.median(ours), statistics.median(theirs)
    pairs = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    sys.stdout.write(f"sanad ask {mine:.2f} s, stock {stock:.2f} s, ratio (median of pairs) {pairs:.2f}\n")


if __name__ == "__main__":
    main()

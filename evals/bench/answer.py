"""From a question to the LLM's first word, and what the prompt costs, beside stock LlamaIndex's CitationQueryEngine.

Both ask the same scripted server, a process of its own that answers at once, over the same Chroma collection with the
same vectors, in turn (A B A B …). What the server itself takes is measured with a bare connection that sends the very
same request, and taken off. Prompt tokens (o200k_base) are those of one request each, for the same passages.
"""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from evals.bench.make_library import make_library
from evals.bench.questions import first_words
from evals.bench.result import SANAD, STOCK, Measurement, Progress, Result
from evals.scripted_server import ScriptedServer
from qa import Sanad
from qa.tokenizer import count_tokens
from qa.values import Delta, Passage

if TYPE_CHECKING:
    from llama_index.core.query_engine import CitationQueryEngine

SOURCES = (3, 10)
_SERVER = """
import sys
from evals.scripted_server import ScriptedServer
with ScriptedServer(lambda asked: "It is so [1.1]. It is so [1].") as server:
    print(server.url, flush=True)
    sys.stdin.read()
"""
_NOTE = (
    "Stock is CitationQueryEngine over the same Chroma collection and vectors, streaming, its citation chunks as they "
    "are by default. The scripted server answers at once; what it takes by itself is taken off."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to one system: seconds to the first word, and the requests that the server got."""

    seconds: float
    requests: tuple[dict[str, Any], ...]


def measure(
    *, runs: int = 30, passages: int = 12_000, home: Path | None = None, progress: Progress | None = None
) -> Result:
    """First tokens in ms and prompt tokens, ``runs`` questions each, with 3 and with 10 sources.

    ``home`` is a library to ask; without one, ``passages`` invented passages go into a new one.
    """
    with tempfile.TemporaryDirectory() as folder, _server() as url:
        place = home or Path(folder)
        if home is None:
            make_library(place, passages)
        measurements: list[Measurement] = []
        for number, sources in enumerate(SOURCES):
            with Sanad.open(
                home=place, llm="openai", openai_base_url=url, top_k=sources, llm_timeout=20, model="scripted"
            ) as sanad:
                questions = first_words(sanad, runs + 1)
                measurements += _first_tokens(sanad, url, questions, sources)
                measurements += _prompt_tokens(sanad, questions[1:], sources)
                size = sanad.status().passages
            if progress:
                progress(number + 1, len(SOURCES))
    return Result("answer", tuple(measurements), (_NOTE, f"{size} passages."))


def _first_tokens(sanad: Sanad, url: str, questions: Sequence[str], sources: int) -> list[Measurement]:
    sanad.engine.warm_up()
    engine = stock_engine(sanad, url, sources)
    spent: dict[str, list[float]] = {SANAD: [], STOCK: []}
    for question in questions:
        spent[SANAD].append(_sanad_first(sanad, question))
        spent[STOCK].append(_stock_first(engine, question))
    found = []
    bodies = dict(zip((SANAD, STOCK), _bodies(sanad, questions[0], sources), strict=True))
    for system, seconds in spent.items():
        alone = [_bare_first(url, bodies[system][0]) for _ in questions]
        own = statistics.median(alone[1:])
        values = tuple((each - own) * 1000 for each in seconds[1:])  # the first of each warms up
        found.append(Measurement(f"first token, {sources} sources", system, "ms", values))
    return found


def _prompt_tokens(sanad: Sanad, questions: Sequence[str], sources: int) -> list[Measurement]:
    counts: dict[str, list[float]] = {SANAD: [], STOCK: []}
    calls: dict[str, list[float]] = {SANAD: [], STOCK: []}
    for question in questions:
        for system, bodies in zip((SANAD, STOCK), _bodies(sanad, question, sources), strict=True):
            counts[system].append(sum(count_tokens(each["content"]) for body in bodies for each in body["messages"]))
            calls[system].append(len(bodies))
    return [
        Measurement(f"{name}, {sources} sources", system, unit, tuple(values[system]))
        for name, unit, values in (("prompt", "tokens", counts), ("LLM calls", "calls", calls))
        for system in (SANAD, STOCK)
    ]


def _bodies(sanad: Sanad, question: str, sources: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What each system sends to the LLM for one question and the same passages."""
    with ScriptedServer(lambda asked: "It is so [1.1]. It is so [1].") as server:
        settings = sanad.settings.model_copy(update={"openai_base_url": server.url})
        with Sanad.from_settings(settings) as other:
            other.ask(question)
            ours = [request.body for request in server.requests]
            server.requests.clear()
            engine = stock_engine(other, server.url, sources, given=other.search(question, top_k=sources))
            "".join(_words(engine, question))
            theirs = [request.body for request in server.requests]
    return ours, theirs


def stock_engine(sanad: Sanad, url: str, sources: int, given: Sequence[Passage] | None = None) -> CitationQueryEngine:
    """A CitationQueryEngine as its documentation shows it; ``given`` are the passages that it is to find, if any."""
    from llama_index.core import QueryBundle, VectorStoreIndex
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.query_engine import CitationQueryEngine
    from llama_index.core.schema import NodeWithScore, TextNode
    from llama_index.llms.openai_like import OpenAILike

    library = sanad.library

    class SameVectors(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return [float(each) for each in library.embedder.embed_query(query)]

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_query_embedding(text)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    class Given(BaseRetriever):
        def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
            return [NodeWithScore(node=TextNode(text=each.text), score=each.score) for each in given or ()]

    llm = OpenAILike(model="scripted", api_base=url, api_key="none", is_chat_model=True, context_window=128_000)
    index = VectorStoreIndex.from_vector_store(library.vector_store(), embed_model=SameVectors())
    retriever = Given() if given is not None else None
    return CitationQueryEngine.from_args(index, llm=llm, retriever=retriever, similarity_top_k=sources, streaming=True)


def _sanad_first(sanad: Sanad, question: str) -> float:
    begin = time.perf_counter()
    events = sanad.stream(question, understand=False)
    for event in events:
        if isinstance(event, Delta):
            break
    seconds = time.perf_counter() - begin
    for _ in events:
        pass
    return seconds


def _stock_first(engine: CitationQueryEngine, question: str) -> float:
    begin = time.perf_counter()
    words = _words(engine, question)
    next(words)
    seconds = time.perf_counter() - begin
    "".join(words)
    return seconds


def _words(engine: CitationQueryEngine, question: str) -> Iterator[str]:
    answer: Any = engine.query(question)
    return iter(answer.response_gen)


def _bare_first(url: str, body: dict[str, Any]) -> float:
    """Seconds from sending a request over a bare connection to the first event of the answer."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.connect()
    data = json.dumps(body).encode()
    begin = time.perf_counter()
    connection.request("POST", f"{parts.path}/chat/completions", data, {"Authorization": "Bearer none"})
    answer = connection.getresponse()
    answer.read(1)
    seconds = time.perf_counter() - begin
    answer.read()
    connection.close()
    return seconds


@contextmanager
def _server() -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait(timeout=30)

"""The chat page under readers: time to the first words and to the whole answer, and the server's memory.

The real ``sanad serve`` runs as a process of its own over a library of invented articles. Readers speak to it as the
page's script does: they open the page, send a question into Gradio's queue and follow its stream. First words are
there when the first statement, or the refusal, is drawn in what the server has sent; what a browser takes to show it is
not measured. One reader asks alone first; then many at once, each pausing between an answer and the next question.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import secrets
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx

from evals.bench.articles import PASSAGES_PER_ARTICLE
from evals.bench.make_library import make_library
from evals.bench.process import Running, serving
from evals.bench.questions import first_words
from evals.bench.result import SANAD, Measurement, Progress, Result
from evals.bench.watched import resident_mb
from evals.summary import percentile
from qa.errors import SanadError
from qa.sanad import Sanad
from qa.texts import LANGUAGES

QUESTIONS: Final = 200  # different ones
ALONE: Final = 20  # questions of the reader who is alone, and those that warm the server up before
_WORDS: Final = re.compile(r'class=\\"(?:statement|refusal)\b')  # in the stream, as JSON has it
_TROUBLE: Final = re.compile(r'data-state=\\"(?:failed|stopped)\\"')
_SHARES: Final = (0.5, 0.95, 0.99)
_SAMPLE: Final = 1.0  # seconds between two looks at the memory
_PATIENCE: Final = 60.0  # seconds that a reader waits
NOTE: Final = (
    "First words: from sending a question until its first statement or its refusal has come over the page's stream. "
    "Answered without an LLM. What the browser takes to draw it is not in it."
)


@dataclass(slots=True)
class Heard:
    """What readers have met with, in milliseconds."""

    opened: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def measure(
    *,
    articles: int = 10_000,
    home: Path | None = None,
    readers: int = 20,
    seconds: float = 120.0,
    pause: float = 2.0,
    progress: Progress | None = None,
) -> Result:
    """Ask as one reader and then as ``readers`` for so many seconds, each pausing ``pause`` seconds between questions.

    ``home`` is a library to ask; without one, invented articles go into a new one, which takes longer than the rest.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = home or Path(folder)
        if home is None:
            make_library(place, articles * PASSAGES_PER_ARTICLE)
        with Sanad.open(place, llm="extractive") as sanad:
            questions = first_words(sanad, QUESTIONS)
            size = sanad.status().passages
        if not questions:
            raise SanadError(f"The library in {place} is empty.", hint="Leave --home out to make one.")
        with serving(place) as (server, address):
            alone, many, memory = asyncio.run(
                _read(server, address, questions, readers=readers, seconds=seconds, pause=pause, progress=progress)
            )
    named = {
        "page, 1 reader": alone.opened,
        "first words, 1 reader": alone.first,
        "whole answer, 1 reader": alone.whole,
        f"first words, {readers} readers": many.first,
        f"whole answer, {readers} readers": many.whole,
    }
    found = [Measurement(name, SANAD, "ms", tuple(values), size) for name, values in named.items() if values]
    found.append(Measurement("memory at the start", SANAD, "MB", (memory[0],), size))
    found.append(Measurement("memory at the end", SANAD, "MB", (memory[-1],), size))
    found.append(Measurement("answers a second", SANAD, "1/s", (len(many.whole) / seconds,), size))
    found.append(Measurement("errors", SANAD, "", (float(len(alone.errors + many.errors)),), size))
    return Result("page", tuple(found), (NOTE, *_notes(many, memory), *_said(alone.errors + many.errors)))


def _notes(many: Heard, memory: Sequence[float]) -> Iterator[str]:
    for name, values in (("First words", many.first), ("Whole answer", many.whole)):
        shares = ((f"p{100 * share:.0f}", percentile(values, share)) for share in _SHARES)
        found = ", ".join(f"{share} {value:.0f}" for share, value in shares if value is not None)
        if found:
            yield f"{name} of {len(values)}, in ms: {found}."
    third = max(1, len(memory) // 3)
    parts = [sum(part) / len(part) for part in (memory[:third], memory[-third:])]
    yield f"Memory of the server, mean of the first and of the last third: {parts[0]:.0f} and {parts[1]:.0f} MB."


def _said(errors: Sequence[str]) -> list[str]:
    return [f"Error: {each}" for each in sorted(set(errors))[:5]]


async def _read(
    server: Running,
    address: str,
    questions: Sequence[str],
    *,
    readers: int,
    seconds: float,
    pause: float,
    progress: Progress | None,
) -> tuple[Heard, Heard, list[float]]:
    endless = itertools.cycle(questions)
    warm, alone, many = Heard(), Heard(), Heard()
    for heard in (warm, alone):
        async with _Reader(address, 0, heard) as reader:
            for _ in range(ALONE):
                await reader.open()
                await reader.ask(next(endless))
    until = time.monotonic() + seconds

    async def one(number: int) -> None:
        await asyncio.sleep(pause * number / readers)  # they do not all press the key at once
        async with _Reader(address, number, many) as reader:
            await reader.open()
            while time.monotonic() < until:
                await reader.ask(next(endless))
                await asyncio.sleep(pause)

    async def watch() -> list[float]:
        seen = [resident_mb(server.pid)]
        while (left := until - time.monotonic()) > 0:
            await asyncio.sleep(min(_SAMPLE, left))
            seen.append(resident_mb(server.pid))
            if progress:
                progress(min(int(seconds), int(seconds - left) + 1), int(seconds))
        return seen

    asking = [asyncio.create_task(one(number)) for number in range(readers)]
    memory = await watch()
    await asyncio.gather(*asking)
    return alone, many, [*memory, resident_mb(server.pid)]


class _Reader:
    """One browser, as far as the server can tell: its cookies, its connection, its conversation."""

    def __init__(self, address: str, number: int, heard: Heard) -> None:
        self._language = LANGUAGES[number % len(LANGUAGES)]
        self._client = httpx.AsyncClient(base_url=f"{address}{self._language}/", timeout=_PATIENCE)
        self._conversation = secrets.token_hex(12)
        self._heard = heard
        self._ask: dict[str, Any] = {}
        self._session = ""

    async def __aenter__(self) -> _Reader:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def open(self) -> None:
        """Fetch the page and what it is made of, and find out where questions go."""
        begin = time.perf_counter()
        page = await self._client.get("")
        config = (await self._client.get("config")).raise_for_status().json()
        self._heard.opened.append((time.perf_counter() - begin) * 1000)
        page.raise_for_status()
        ask = next(each for each in config["dependencies"] for _, event in each["targets"] if event == "ask")
        self._session = secrets.token_hex(6)  # Gradio's name for a page that is open
        self._ask = {"data": [], "fn_index": ask["id"], "trigger_id": ask["targets"][0][0]}

    async def ask(self, question: str) -> None:
        """Ask, and follow the answer to its end."""
        sent = {"question": question, "conversation": self._conversation}
        begin = time.perf_counter()
        try:
            body = {**self._ask, "event_data": sent, "session_hash": self._session}
            (await self._client.post("gradio_api/queue/join", json=body)).raise_for_status()
            mine = {"session_hash": self._session}
            async with self._client.stream("GET", "gradio_api/queue/data", params=mine) as stream:
                await self._follow(stream.aiter_lines(), begin)
        except httpx.HTTPError as error:
            self._heard.errors.append(f"{type(error).__name__}: {error}")

    async def _follow(self, lines: Any, begin: float) -> None:
        """To the end of the stream, as a browser does: who leaves before leaves the server with what it had to say."""
        first = whole = None
        async for line in lines:
            spent = (time.perf_counter() - begin) * 1000
            if first is None and _WORDS.search(line):
                first = spent
            if _TROUBLE.search(line):
                self._heard.errors.append("an answer failed")
            if '"msg":"process_completed"' in line and json.loads(line.removeprefix("data:")).get("success"):
                whole = spent
        if first is None or whole is None:
            self._heard.errors.append("an answer broke off or ended without words")
        else:
            self._heard.first.append(first)
            self._heard.whole.append(whole)

"""An LLM as a judge, asked in the language of the question, each question once: what it said is kept on disk.

LlamaIndex's FaithfulnessEvaluator asks the same, but in English, of a whole answer at once, and reads any "yes" in the
reply as consent; so the prompts are our own (``prompts/support.*.md``) and the first word must be one of two.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from evals.errors import RunError
from evals.judges.values import Judgement
from evals.records import append_line, read_lines
from qa.evidence import defuse
from qa.llm import LLM
from qa.prompts import Message, load_prompt
from qa.settings import Settings
from qa.values import Usage

CACHE: Final = Path("reports") / "judge.jsonl"
SUPPORTED: Final = "SUPPORTED"
UNSUPPORTED: Final = "UNSUPPORTED"
_PROMPTS: Final = {"fa": "support.fa", "ar": "support.ar", "en": "support.en"}
_OTHER: Final = "support.en"


@dataclass(frozen=True, slots=True)
class Bill:
    """What a judge cost: how many questions the server was asked, how many the cache answered, and the usage."""

    asked: int = 0
    cached: int = 0
    usage: Usage = Usage()  # noqa: RUF009  frozen


class LLMJudge:
    """Asks the LLM that ``settings`` name. Safe for use by several threads at once.

    The cache is filed by prompt, model, statement and quotes; a judge that is killed goes on where it was.
    """

    def __init__(self, settings: Settings, cache: Path = CACHE) -> None:
        self._llm = LLM(settings)
        self._path = cache
        self._lock = threading.Lock()
        self._known = {line["key"]: line for line in read_lines(cache)}
        self.bill = Bill()

    @property
    def name(self) -> str:
        """The model and the server."""
        return f"{self._llm.model} at {self._llm.address}"

    def judge(self, statement: str, quotes: Sequence[str], *, language: str) -> Judgement:
        """One verdict, asked for or remembered. A reply without a verdict supports nothing and is not remembered.

        Raises LLMError when the server fails; what it has judged is kept.
        """
        prompt = load_prompt(_PROMPTS.get(language, _OTHER))
        key = _key(prompt.sha256, self._llm.model, statement, *quotes)
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self.bill = Bill(self.bill.asked, self.bill.cached + 1, self.bill.usage)
                return Judgement(known["supported"], float(known["supported"]), known["reason"])
        messages = prompt.fill(
            statement=defuse(statement),
            quotes="\n".join(f"- {defuse(quote)}" for quote in quotes),
            fence=f"judge-{key[:8]}",
            supported=SUPPORTED,
            unsupported=UNSUPPORTED,
        )
        reply, usage = self._ask(messages)
        word, _, rest = reply.strip().partition("\n")
        supported = word.strip(" .*`:").upper() == SUPPORTED
        readable = supported or word.strip(" .*`:").upper() == UNSUPPORTED
        reason = " ".join(rest.split()) if readable else f"no verdict in {reply[:80]!r}"
        with self._lock:
            self.bill = Bill(self.bill.asked + 1, self.bill.cached, self.bill.usage + usage)
            if readable:
                line = {"key": key, "supported": supported, "reason": reason, "usage": asdict(usage)}
                self._known[key] = line
                self._path.parent.mkdir(parents=True, exist_ok=True)
                append_line(self._path, line)
        return Judgement(supported, float(supported), reason, usage)

    def _ask(self, messages: Sequence[Message]) -> tuple[str, Usage]:
        words: list[str] = []
        usage = Usage()
        for piece in self._llm.stream(messages):
            if isinstance(piece, Usage):
                usage += piece
            else:
                words.append(piece)
        return "".join(words), usage


def _key(*parts: str) -> str:
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def expect_llm(settings: Settings) -> Settings:
    """Settings that name an LLM for a judge. Raises RunError when there is none."""
    if not (settings.openai_api_key or settings.openai_base_url):
        raise RunError("--judge llm needs an LLM.", hint="Set OPENAI_API_KEY or OPENAI_BASE_URL, and SANAD_MODEL.")
    return settings

"""The answerer that lets an LLM write: it writes words and labels, the program makes the quotes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from qa.answer.answerers import Piece
from qa.answer.labels import LabelParser
from qa.answer.structured import SCHEMA, StatementsParser
from qa.errors import LLMError, LLMResponseError, LLMSchemaError
from qa.evidence import REFUSAL, fence_evidence
from qa.llm import LLM
from qa.prompts import Message, load_prompt
from qa.settings import Settings
from qa.tokenizer import encoding
from qa.values import Evidence, Usage

PROMPT = "answer"
PROMPT_JSON = "answer_json"
_LANGUAGES = {"fa": "Persian", "ar": "Arabic", "en": "English"}
_THOUGHT = ("<think>", "</think>")  # how open reasoning models fence their thoughts off in the answer itself


class LLMAnswerer:
    """Writes an answer with one call of an LLM. Raises SettingsError when no server is set."""

    mode: Literal["extractive", "openai"] = "openai"

    def __init__(self, settings: Settings) -> None:
        self._llm = LLM(settings)
        self._budget = settings.evidence_tokens
        self._structured = settings.structured
        self.model: str | None = settings.model

    @property
    def prompts(self) -> dict[str, str]:
        """The hash of the prompt in use, by name."""
        name = PROMPT_JSON if self._structured else PROMPT
        return {name: load_prompt(name).sha256}

    def warm_up(self) -> None:
        """Load the client, the tokenizer and the prompts now rather than at the first question."""
        self._llm.warm_up()
        encoding()
        load_prompt(PROMPT)

    def draft(self, evidence: Evidence) -> Iterator[Piece]:
        """The LLM's statements as they stream in; nothing when it says that the articles do not answer.

        Raises LLMError, after the statements that were whole by then. A server that takes no JSON schema is asked
        again without one, then and from then on: it refused before it wrote anything.
        """
        fenced = fence_evidence(evidence, self._budget)
        values = {
            "question": evidence.question,
            "language": _LANGUAGES.get(evidence.language, "the language of the question"),
            "fence": fenced.fence,
            "evidence": fenced.text,
        }
        if self._structured:
            parser = StatementsParser(evidence, REFUSAL)
            try:
                yield from self._read(load_prompt(PROMPT_JSON).fill(**values), parser, SCHEMA)
            except LLMSchemaError:
                self._structured = False
            else:
                if parser.malformed:
                    raise LLMResponseError(f"The answer of {self.model} is not the JSON that it was asked for.")
                return
        yield from self._read(load_prompt(PROMPT).fill(**values, refusal=REFUSAL), LabelParser(evidence, REFUSAL))

    def _read(
        self, messages: list[Message], parser: LabelParser | StatementsParser, schema: dict[str, Any] | None = None
    ) -> Iterator[Piece]:
        spoken = _Spoken()
        try:
            for piece in self._llm.stream(messages, schema):
                if isinstance(piece, Usage):
                    yield piece
                else:
                    yield from parser.feed(spoken.feed(piece))
        except LLMError:
            yield from parser.close(complete=False)
            raise
        yield from parser.feed(spoken.rest())
        yield from parser.close()


class _Spoken:
    """Lets through what an LLM says, without the thoughts that some put before it."""

    def __init__(self) -> None:
        self._held = ""
        self._decided = False

    def feed(self, words: str) -> str:
        """What may be shown now."""
        if self._decided:
            return words
        self._held += words
        opening, closing = _THOUGHT
        beginning = self._held.lstrip()
        if beginning.startswith(opening):
            _, ended, after = beginning.partition(closing)
            return self._release(after) if ended else ""
        if opening.startswith(beginning):
            return ""
        return self._release(self._held)

    def rest(self) -> str:
        """What was held at the end; a thought that never ended is no answer."""
        return "" if self._decided or self._held.lstrip().startswith(_THOUGHT[0]) else self._release(self._held)

    def _release(self, words: str) -> str:
        self._decided, self._held = True, ""
        return words

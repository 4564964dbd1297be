"""Follow-up questions made standalone, without a model unless the settings ask for one.

A follow-up leans on what came before: it has a pronoun («او», «هو», "she"), opens like a continuation («و …»,
«ماذا عن», "what about"), names hardly anything by itself, or asks for words that the articles cited last have and
that no other article has more of ("How much is the fare?"). It is then searched for together with the content words
of the question before it and the words that answered that one. The standalone question is kept in the answer, so
that a reader sees what was searched for. With ``SANAD_FOLLOW_UPS=llm`` and an LLM, the LLM writes it instead, from a
window of the conversation that is bounded in tokens. The history is never evidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.rewriting import Rewriter, Rewritten
from qa.text import content_words, detect_language, fold, stem, words
from qa.text.known_names import find_names
from qa.values import Answer, Done, Event, Filters, Passage, Usage, final_answer

if TYPE_CHECKING:
    from qa.sanad import Sanad

CUES = Path(__file__).parent / "text" / "data" / "followups.json"
FEW_WORDS = 1  # a question with at most this many content words names no topic of its own
CARRIED_WORDS = 12  # at most this many words are carried over, so that the new question stays in charge
ANSWER_WORDS = 8  # an answering span longer than this is a clause, not a name, number or date


@dataclass(frozen=True, slots=True)
class Cues:
    """What marks a follow-up in one language, folded: words that point back, openings, and words that ask after "and".

    Arabic joins "and" to the word that asks, or to the preposition before it. Some words point back unless they
    stand behind certain others: "What happened there?", but "How many are there?".
    """

    pointing_back: frozenset[str]
    unless_after: Mapping[str, frozenset[str]]
    opening: tuple[str, ...]
    joined_interrogatives: frozenset[str]


@cache
def _cues() -> dict[str, Cues]:
    data = json.loads(CUES.read_text(encoding="utf-8"))
    return {
        language: Cues(
            frozenset(each["pointing_back"].split()),
            {word: frozenset(others.split()) for word, others in each.get("pointing_back_unless_after", {}).items()},
            tuple(each["opening"]),
            frozenset(each["joined_interrogatives"].split()),
        )
        for language, each in data.items()
    }


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer."""

    question: str
    standalone: str
    answer: Answer


class Conversation:
    """Questions that may lean on the ones before. Not safe for use by several threads at once."""

    def __init__(self, sanad: Sanad, turns: tuple[Turn, ...] = ()) -> None:
        self._sanad = sanad
        self._llm: Rewriter | None = None
        self.turns = turns

    def ask(
        self, question: str, *, filters: Filters | None = None, top_k: int | None = None, understand: bool = True
    ) -> Answer:
        """The cited answer to ``question``, read in the light of the turns before it."""
        return final_answer(self.stream(question, filters=filters, top_k=top_k, understand=understand))

    def stream(
        self, question: str, *, filters: Filters | None = None, top_k: int | None = None, understand: bool = True
    ) -> Iterator[Event]:
        """:meth:`qa.Sanad.stream` in the light of the turns before; the turn is remembered at Done."""
        rewriting = self._standalone(question)
        alone = rewriting.question or question
        limits: dict[str, Any] = {"filters": filters, "top_k": top_k, "understand": understand}
        for event in self._sanad.stream(question, standalone=alone, **limits):
            if isinstance(event, Done):
                event = Done(_with_rewriting(event.answer, rewriting, self._rewriter()))
                self.turns = (*self.turns, Turn(question, alone, event.answer))
            yield event

    def _standalone(self, question: str) -> Rewritten:
        """What to search for, and what finding it out has used."""
        if not self.turns:
            return Rewritten(question, Usage())
        previous = self.turns[-1]
        if not (leans_on_context(question) or self._stays_on_topic(question, previous)):
            return Rewritten(question, Usage())
        used = Usage()
        if rewriter := self._rewriter():
            written = rewriter.rewrite(question, self.turns, detect_language(question))
            if written.question:
                return written
            used = written.usage
        return Rewritten(standalone_question(question, previous), used)

    def _rewriter(self) -> Rewriter | None:
        settings = self._sanad.settings
        if settings.follow_ups == "llm" and settings.answerer == "openai" and self._llm is None:
            self._llm = Rewriter(settings)
        return self._llm

    def _stays_on_topic(self, question: str, previous: Turn) -> bool:
        """Whether the articles cited last have at least as many of the question's words as any other passage.

        A question that names what none of them has is about something else.
        """
        cited = {citation.article_id for citation in previous.answer.citations}
        language = detect_language(question)
        asked = _stems(question, language)
        near = [passage for id in cited for passage in self._sanad.library.passages_of(id)]
        named = _stems(" ".join(_names(question, language)), language)
        if named and not any(_covered(named, passage) for passage in near):
            return False
        far = [passage for passage in self._sanad.search(question, understand=False) if passage.article_id not in cited]
        covered = max((_covered(asked, passage) for passage in near), default=0)
        return covered > 0 and covered >= max((_covered(asked, passage) for passage in far), default=0)


def _with_rewriting(answer: Answer, rewriting: Rewritten, rewriter: Rewriter | None) -> Answer:
    """The answer with what the rewriting used added to its usage; no more than that changes."""
    if rewriter is None or rewriting.usage == Usage():
        return answer
    one, other = answer.usage, rewriting.usage
    costs = [each for each in (one.cost, other.cost) if each is not None]
    usage = Usage(
        one.prompt_tokens + other.prompt_tokens,
        one.completion_tokens + other.completion_tokens,
        sum(costs) if costs else None,
    )
    return replace(answer, usage=usage, prompts={**answer.prompts, **rewriter.prompts})


def standalone_question(question: str, previous: Turn) -> str:
    """``question`` with what it leaves unsaid added in brackets; unchanged when nothing is left to add."""
    language = detect_language(question)
    own = set(content_words(question, language))
    carried = [word for word in _topic(previous) if fold(word).text not in own]
    return f"{question} ({' '.join(carried[:CARRIED_WORDS])})" if carried else question


def leans_on_context(question: str) -> bool:
    """Whether the question can't be understood by itself."""
    language = detect_language(question)
    content = content_words(question, language)
    cues = _cues().get(language)
    if len(content) <= FEW_WORDS or cues is None:
        return len(content) <= FEW_WORDS
    tokens = [word.folded for word in words(question)]
    if cues.pointing_back.intersection(tokens) or tokens[0] in cues.joined_interrogatives:
        return True
    for before, token in pairwise(["", *tokens]):
        if token in cues.unless_after and before not in cues.unless_after[token]:
            return True
    return len(content) <= 2 * FEW_WORDS and fold(question).text.strip().startswith(cues.opening)


def _names(question: str, language: str) -> list[str]:
    """The names in a question, and whatever else has a capital inside it."""
    capitals = [word.text for word in words(question)[1:] if word.text[0].isupper()]
    return [*(question[start:end] for start, end in find_names(question, language)), *capitals]


def _covered(asked: set[str], passage: Passage) -> int:
    """How many of the asked stems the passage or its title has."""
    return len(asked & _stems(f"{passage.title or ''}\n{passage.text}", passage.language))


def _stems(text: str, language: str) -> set[str]:
    return {stem(word, language) for word in content_words(text, language)}


def _topic(turn: Turn) -> list[str]:
    """The words of the turn that a follow-up may mean: of its standalone question, then of its short answers."""
    language = detect_language(turn.standalone)
    content = set(content_words(turn.standalone, language))
    topic = [word.text for word in words(turn.standalone) if word.folded in content]
    for citation in turn.answer.citations:
        if citation.answer_start is None or citation.answer_end is None:
            continue
        span = citation.quote[citation.answer_start - citation.start : citation.answer_end - citation.start]
        if len(span.split()) <= ANSWER_WORDS:
            topic += [word.text for word in words(span)]
    return list(dict.fromkeys(topic))

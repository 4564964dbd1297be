"""The engine: question in, events out, an Answer at the end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from qa.answer.answerers import Answerer
from qa.answer.extractive import ExtractiveAnswerer
from qa.answer.judge import Claim, LLMJudge
from qa.answer.judging import Checker
from qa.answer.llm_answerer import LLMAnswerer
from qa.answer.missing import unspoken
from qa.answer.model import load_model
from qa.answer.reader import bears_on, read
from qa.answer.refusal import nearest_passages
from qa.answer.reply import Examined, Reply, blank_answer
from qa.check import check
from qa.errors import (
    LLMAuthenticationError,
    LLMConnectionError,
    LLMError,
    LLMLengthError,
    LLMRateLimitError,
    LLMTimeoutError,
    QuestionError,
)
from qa.settings import Settings
from qa.text import detect_language
from qa.texts import text
from qa.values import Answer, Delta, Done, DraftStatement, Event, Evidence, Filters, Found, RefusalReason

if TYPE_CHECKING:
    from qa.library import Library
    from qa.retrieve import Retrieval, Retriever

_REASONS: tuple[tuple[type[LLMError], str], ...] = (
    (LLMConnectionError, "connection"),
    (LLMAuthenticationError, "authentication"),
    (LLMRateLimitError, "rate_limit"),
    (LLMTimeoutError, "timeout"),
    (LLMLengthError, "length"),
)


class Engine:
    """Answers questions from a library. Safe for use by several threads at once.

    ``answerer`` writes the answers in the place of what ``settings`` name, and ``checker`` judges them.
    """

    def __init__(
        self,
        library: Library,
        retriever: Retriever,
        settings: Settings,
        *,
        answerer: Answerer | None = None,
        checker: Checker = check,
    ) -> None:
        self._library = library
        self._retriever = retriever
        self._settings = settings
        self._extractive = ExtractiveAnswerer()
        self._given = answerer
        self._checker = checker
        self._llm: LLMAnswerer | None = None
        self._judge: LLMJudge | None = None

    def warm_up(self) -> None:
        """Load what the first answer would otherwise wait for."""
        load_model()
        if isinstance(answerer := self._answerer(), LLMAnswerer):
            answerer.warm_up()
            if judge := self._judge_of(answerer):
                judge.warm_up()

    def _judge_of(self, answerer: Answerer) -> LLMJudge | None:
        """Who judges after the rules: an LLM what an LLM wrote, if that is set. A quote needs no judge."""
        if self._settings.judge == "none" or answerer is self._extractive:
            return None
        if self._judge is None:
            self._judge = LLMJudge(self._settings)
        return self._judge

    def _answerer(self) -> Answerer:
        if self._given is not None:
            return self._given
        if self._settings.answerer == "extractive":
            return self._extractive
        if self._llm is None:
            self._llm = LLMAnswerer(self._settings)
        return self._llm

    def stream(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        top_k: int | None = None,
        standalone: str | None = None,
        understand: bool = True,
    ) -> Iterator[Event]:
        """Found, then Delta and Checked as statements come, then Done, always last.

        ``standalone`` is what is searched for and answered, when the question leans on a conversation. Raises
        QuestionError for an empty question, SettingsError when an LLM is set but no server, and what the library
        and the retriever raise. An LLM that fails raises nothing: the extractive answer takes its place, and
        ``Answer.notice`` says so.
        """
        question = question.strip()
        if not question:
            raise QuestionError("The question is empty.", hint="Write what you want to know.")
        whole = (standalone or "").strip() or question
        search = partial(
            self._retriever.find,
            whole,
            filters=filters,
            top_k=top_k or self._settings.top_k,
            understand=understand,
        )
        return self._stream(question, whole, search, self._answerer())

    def _stream(
        self, question: str, whole: str, search: Callable[[], Retrieval], answerer: Answerer
    ) -> Iterator[Event]:
        clock = _Clock()
        passages, understood = search()
        asked = question if question != whole else None
        evidence = Evidence(whole, detect_language(whole), passages, asked, understood)
        clock.stop("retrieve")
        yield Found(evidence)
        clock.skip()

        language = detect_language(question)
        judge = self._judge_of(answerer)
        reply = Reply(evidence, withhold=self._settings.unsupported == "withhold", checker=self._checker)
        if passages and (answerer is self._extractive or bears_on(evidence)):
            try:
                yield from _write(answerer, judge, evidence, reply, clock)
            except LLMError as error:
                begun = bool(reply.statements)
                if not begun:
                    answerer, judge = self._extractive, None
                    yield from _write(answerer, judge, evidence, reply, clock)
                reply.notice = _notice(error, "broke_off" if begun else _outcome(reply), language)
            if answerer is not self._extractive and reply.strays_from(language):
                reply.notice = " ".join(filter(None, (reply.notice, text("answer.other_language", language))))
            for checked in reply.disagree():
                clock.stop("check")
                yield checked
                clock.skip()
        if dropped := [each.words for each in understood if each.dropped]:
            said = text("answer.dropped", language, words=", ".join(dropped))
            reply.notice = " ".join(filter(None, (said, reply.notice)))
        prompts = {**answerer.prompts, **(judge.prompts(evidence.language) if judge else {})}
        if reply.statements:
            reply.notice = " ".join(filter(None, (reply.notice, _left_open(evidence, language)))) or None
        blank = blank_answer(question, evidence, language, mode=answerer.mode, model=answerer.model, prompts=prompts)
        if answerer is self._extractive and passages:
            blank = replace(blank, confidence=read(evidence).confidence)
        answer = self._conclude(reply, evidence, blank)
        clock.stop("answer")
        yield Done(replace(answer, timings_ms=clock.timings()))

    def _conclude(self, reply: Reply, evidence: Evidence, blank: Answer) -> Answer:
        if reply.statements:
            return reply.answer(blank)
        nearest = nearest_passages(evidence, read(evidence).best_of) if evidence.passages else ()
        return reply.refusal(blank, self._why(reply, evidence), nearest)

    def _why(self, reply: Reply, evidence: Evidence) -> RefusalReason:
        if reply.withheld:
            return "nothing_supported"
        if evidence.passages:
            return "weak_evidence"
        return "empty_library" if self._library.is_empty() else "no_evidence"


def _write(
    answerer: Answerer, judge: LLMJudge | None, evidence: Evidence, reply: Reply, clock: _Clock
) -> Iterator[Event]:
    """Pass the answerer's words on, each whole statement checked; with a judge, all of them once it has spoken."""
    held: list[Examined] = []
    failed: LLMError | None = None
    try:
        for piece in answerer.draft(evidence):
            clock.stop("answer")
            if isinstance(piece, Delta):
                yield piece
                clock.skip()
            elif not isinstance(piece, DraftStatement):
                reply.spend(piece)
            elif judge is not None:
                held.append(reply.examine(piece))
            else:
                checked = reply.file(reply.examine(piece))
                clock.stop("check")
                yield checked
                clock.skip()
    except LLMError as error:
        failed = error
    clock.stop("answer")
    if judge is not None:
        yield from _judge(judge, held, evidence, reply, clock)
    if failed is not None:
        raise failed


def _judge(judge: LLMJudge, held: list[Examined], evidence: Evidence, reply: Reply, clock: _Clock) -> Iterator[Event]:
    doubtful = [each for each in held if each.to_judge]
    judgement = judge.judge([Claim(each.draft.text, each.quotes) for each in doubtful], evidence.language)
    reply.spend(judgement.usage)
    verdicts = dict(zip(map(id, doubtful), judgement.supported, strict=True))
    for each in held:
        checked = reply.file(each.judged(verdicts[id(each)]) if id(each) in verdicts else each)
        clock.stop("check")
        yield checked
        clock.skip()


def _outcome(reply: Reply) -> str:
    """What to say when the extractive reader has stepped in: that it quotes, if it found something to quote."""
    return "fallback" if reply.statements else "unusable"


def _left_open(evidence: Evidence, language: str) -> str | None:
    """What to say when the question has a number or a date that nothing found speaks of."""
    if not (parts := unspoken(evidence)):
        return None
    named = text("answer.list_separator", language).join(f"«{part}»" for part in parts)
    return text("answer.unspoken", language, parts=named)


def _notice(error: LLMError, kind: str, language: str) -> str:
    reason = next((name for family, name in _REASONS if isinstance(error, family)), "response")
    return text(f"answer.{kind}", language, reason=text(f"answer.reason.{reason}", language))


class _Clock:
    """Adds up, in milliseconds, how long each stage took, without the time in which the consumer held a piece."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._spent = {"retrieve": 0.0, "answer": 0.0, "check": 0.0}

    def stop(self, stage: str) -> None:
        """The time since the last stop went to ``stage``."""
        now = time.perf_counter()
        self._spent[stage] += (now - self._last) * 1000
        self._last = now

    def skip(self) -> None:
        """The time since the last stop was not ours."""
        self._last = time.perf_counter()

    def timings(self) -> dict[str, float]:
        """Every stage and the total."""
        spent = {**self._spent, "total": sum(self._spent.values())}
        return {name: round(milliseconds, 3) for name, milliseconds in spent.items()}

"""What has been written for one question so far, and the Answer it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.answer.citations import CitationBook
from qa.answer.disagreements import Rivalry, find_rivalries
from qa.answer.judging import Checker, judge
from qa.answer.refusal import outlet_and_date, refusal_text
from qa.check import check, finding, language_of
from qa.check.tokens import LANGUAGES
from qa.texts import text
from qa.values import (
    Answer,
    Check,
    Checked,
    Citation,
    Disagreement,
    DraftStatement,
    Evidence,
    Label,
    RefusalReason,
    Retrieved,
    Statement,
    Usage,
    Verdict,
)

_TELLING = 3  # words in which a language shows; a name alone may well be in another script


@dataclass(frozen=True, slots=True)
class Examined:
    """A drafted statement, the quotes that it cites, and what the rules say of it."""

    draft: DraftStatement
    quotes: tuple[str, ...]
    check: Check

    @property
    def to_judge(self) -> bool:
        """Whether it passed the rules and is not simply what a quote says, word for word."""
        said = " ".join(self.draft.text.split())
        return self.check.verdict == "supported" and all(said != " ".join(quote.split()) for quote in self.quotes)

    def judged(self, supported: bool | None) -> Examined:
        """The same with a judge's verdict, which can only lower its own; None is no verdict."""
        if supported:
            return self
        found = finding("support", "judge_silent" if supported is None else "judged_unsupported")
        verdict: Verdict = "unchecked" if supported is None else "unsupported"
        return replace(self, check=replace(self.check, verdict=verdict, findings=(*self.check.findings, found)))


class Reply:
    """Collects the checked statements of one answer."""

    def __init__(self, evidence: Evidence, *, withhold: bool, checker: Checker = check) -> None:
        self._evidence = evidence
        self._withhold = withhold
        self._checker = checker
        self._book = CitationBook(evidence)
        self.statements: list[Statement] = []
        self.withheld: list[Statement] = []
        self.cited: list[Label] = []
        self._rivalries: list[Rivalry] = []
        self.usage = Usage()
        self.notice: str | None = None

    def examine(self, draft: DraftStatement) -> Examined:
        """Check a statement by the rules."""
        quotes = tuple(cited.quote for cited in CitationBook(self._evidence).cite(draft))
        return Examined(draft, quotes, judge(draft, self._evidence, quotes, self._checker))

    def file(self, examined: Examined) -> Checked:
        """Make a checked statement part of the reply, or withhold it. A withheld one uses up no citation number."""
        draft, verdict = examined.draft, examined.check
        if verdict.verdict == "unsupported" and self._withhold:
            statement = Statement(draft.text, (), verdict.verdict, verdict.findings)
            self.withheld.append(statement)
            return Checked(statement, (), withheld=True)
        citations = self._book.cite(draft)
        ids = tuple(cited.id for cited in citations)
        translated = _is_translated(draft.text, citations, self._evidence.language)
        statement = Statement(draft.text, ids, verdict.verdict, verdict.findings, translated)
        self.statements.append(statement)
        self.cited += draft.labels
        return Checked(statement, citations)

    def disagree(self) -> Iterator[Checked]:
        """Look for sources that contradict what is cited; each that is not cited yet becomes a statement, verbatim."""
        self._rivalries = find_rivalries(self._evidence, self.cited)
        for version in (version for rivalry in self._rivalries for version in rivalry.versions):
            if version.label not in self.cited:
                passage, _ = self._evidence.locate(version.label)
                sentence = " ".join(passage.sentence(version.label.sentence - 1).split())
                yield self.file(self.examine(DraftStatement(sentence, (version.label,), answer=version.value)))

    def strays_from(self, language: str) -> bool:
        """Whether a statement of some words is written in another language than ``language``, fa, ar or en."""
        written = (each.text for each in (*self.statements, *self.withheld) if len(each.text.split()) >= _TELLING)
        return language in LANGUAGES and any(language_of(words, language) != language for words in written)

    def spend(self, usage: Usage) -> None:
        """Add what a call of an LLM used."""
        self.usage += usage

    def answer(self, blank: Answer) -> Answer:
        """``blank`` filled in with the statements and their citations."""
        disagreements = tuple(self._disagreement(rivalry) for rivalry in self._rivalries)
        versions = (self._versions(each, blank.language) for each in disagreements)
        parts = (self._body(blank.language), *versions, self._note(blank.language))
        return replace(
            blank,
            answer="\n\n".join(part for part in parts if part),
            disagreements=disagreements,
            statements=tuple(self.statements),
            citations=self._book.citations,
            withheld=tuple(self.withheld),
            usage=self.usage,
            notice=self.notice,
        )

    def refusal(self, blank: Answer, reason: RefusalReason, nearest: tuple[Citation, ...]) -> Answer:
        """``blank`` filled in as a refusal that names the nearest passages."""
        parts = (refusal_text(reason, blank.language, nearest), self._note(blank.language))
        return replace(
            blank,
            answer="\n\n".join(part for part in parts if part),
            refused=True,
            refusal_reason=reason,
            withheld=tuple(self.withheld),
            nearest=nearest,
            usage=self.usage,
            notice=self.notice,
        )

    def _body(self, language: str) -> str:
        return " ".join(_shown(statement, language) for statement in self.statements)

    def _disagreement(self, rivalry: Rivalry) -> Disagreement:
        """The versions as citations, those of the newest article first and those without a date last."""
        told = []
        for version in rivalry.versions:
            passage, _ = self._evidence.locate(version.label)
            cited = next(
                each
                for each in self._book.citations
                if each.article_id == passage.article_id and each.start <= version.value.start < each.end
            )
            value = cited.quote[version.value.start - cited.start : version.value.end - cited.start]
            told.append((cited.published or "", cited.id, value))
        told.sort(key=lambda each: each[0], reverse=True)
        return Disagreement(rivalry.kind, tuple(id for _, id, _ in told), tuple(value for _, _, value in told))

    def _versions(self, disagreement: Disagreement, language: str) -> str:
        """«Sources disagree: …», each version with its outlet and date."""
        book = {cited.id: cited for cited in self._book.citations}
        versions = (
            text("answer.version", language, value=value, about=outlet_and_date(book[id], language), number=id)
            for id, value in zip(disagreement.citations, disagreement.values, strict=True)
        )
        return text("answer.disagree", language, list=text("answer.list_separator", language).join(versions))

    def _note(self, language: str) -> str:
        count = len(self.withheld)
        if not count:
            return ""
        return text("answer.withheld_one" if count == 1 else "answer.withheld_many", language, **_count(count))


def blank_answer(
    question: str, evidence: Evidence, language: str, *, mode: str, model: str | None, prompts: Mapping[str, str]
) -> Answer:
    """An Answer that says nothing yet."""
    return Answer(
        question=question,
        standalone_question=evidence.question,
        language=language,
        answer="",
        refused=False,
        mode=mode,
        model=model,
        retrieved=tuple(Retrieved(each.article_id, each.start, each.end, each.score) for each in evidence.passages),
        prompts=dict(prompts),
        understood=evidence.understood,
    )


def _is_translated(words: str, citations: Sequence[Citation], language: str) -> bool:
    """Whether a statement is in another language than all its quotes; ``language`` is that of the question."""
    said = language_of(words, language)
    return bool(citations) and all(language_of(cited.quote, cited.language) != said for cited in citations)


def _shown(statement: Statement, language: str) -> str:
    marks = {
        "answer.translated_mark": statement.translated,
        "answer.unsupported_mark": statement.verdict == "unsupported",
        "answer.unchecked_mark": statement.verdict == "unchecked",
    }
    parts = [statement.text, "".join(f"[{number}]" for number in statement.citations)]
    parts += [text(mark, language) for mark, holds in marks.items() if holds]
    return " ".join(part for part in parts if part)


def _count(count: int) -> dict[str, int]:
    return {"count": count} if count > 1 else {}

"""What the command line prints: values as text for people, or as one JSON document for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

if TYPE_CHECKING:
    from evals.bench.result import Result
    from ingest import IngestReport
    from qa.errors import SanadError
    from qa.library import Status
    from qa.library.journal import Feedback
    from qa.settings import Settings
    from qa.values import Answer, Article, Citation, Fact, Passage

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

SHOWN_FAILURES = 20


def print_json(document: Any) -> None:
    """One JSON document on standard output. Text stays readable: no escapes for Persian or Arabic."""
    text = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    out.file.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")


def print_error(error: SanadError, *, as_json: bool) -> None:
    """What happened and what to do, in one line."""
    if as_json:
        print_json({"error": {"type": type(error).__name__, "message": error.message, "hint": error.hint}})
    err.print(f"[red]sanad:[/] {escape(str(error))}")


def print_answer(answer: Answer, *, as_json: bool) -> None:
    """The answer with its numbered quotes, or the refusal with the nearest passages."""
    if as_json:
        print_json(answer.to_dict())
        return
    out.print(f"[bold]{escape(answer.question)}[/]")
    out.print(escape(answer.answer))
    if answer.notice:
        out.print(f"[yellow]{escape(answer.notice)}[/]")
    for citation in answer.nearest if answer.refused else answer.citations:
        _print_citation(citation)
    if answer.refusal_reason == "empty_library":
        err.print("`sanad ingest PATH` reads articles into the library; without a PATH, the samples in corpus/.")
    total = answer.timings_ms.get("total", 0.0)
    out.print(f"[dim]{answer.model or answer.mode} · {total:.0f} ms[/]\n")


def _print_citation(citation: Citation) -> None:
    where = " · ".join(part for part in (citation.title, citation.source, citation.published) if part)
    out.print(f"  [cyan]\\[{citation.id}][/] «{escape(' '.join(citation.quote.split()))}»")
    out.print(f"      [dim]{escape(where or citation.article_id)} ({citation.start}–{citation.end})[/]")
    changed = citation.modified or citation.updated
    notes = [
        "a teaser of another story on this page" if citation.teaser else None,
        f"updated {changed[:16].replace('T', ' ')}" if changed else None,
        f"also in {', '.join(copy.source or copy.title or copy.article_id for copy in citation.also_in)}"
        if citation.also_in
        else None,
    ]
    if said := " · ".join(note for note in notes if note):
        out.print(f"      [dim]{escape(said)}[/]")


def print_passages(passages: Sequence[Passage], *, as_json: bool) -> None:
    """Passages, best first."""
    if as_json:
        print_json([asdict(passage) for passage in passages])
        return
    for number, passage in enumerate(passages, start=1):
        where = " · ".join(part for part in (passage.title, passage.source, passage.published) if part)
        out.print(f"[cyan]{number}.[/] {escape(where or passage.article_id)} [dim]{passage.score:.3f}[/]")
        out.print(f"   {escape(' '.join(passage.text.split()))}")
    if not passages:
        out.print("Nothing found.")


def print_articles(articles: Sequence[Article], *, as_json: bool) -> None:
    """Headers, one article a line."""
    if as_json:
        print_json([article.header() for article in articles])
        return
    for article in articles:
        date = (article.published or "—")[:10]
        about = escape(" · ".join(part for part in (article.title, article.source) if part))
        out.print(f"[cyan]{escape(article.id)}[/]  {date:10}  {article.language:3}  {about}")
    if not articles:
        out.print("The library holds no such article. `sanad ingest PATH` adds some.")


def print_article(article: Article, facts: Sequence[Fact], *, as_json: bool) -> None:
    """One article, header and text; as JSON with the dates and numbers that it names, too."""
    if as_json:
        print_json({**asdict(article), "facts": [fact._asdict() for fact in facts]})
        return
    for name, value in article.header().items():
        if value is not None:
            out.print(f"[dim]{name}:[/] {escape(str(value))}")
    out.print()
    out.print(escape(article.text))


def print_removed(ids: Sequence[str], *, as_json: bool) -> None:
    """Which articles are gone."""
    if as_json:
        print_json({"removed": list(ids)})
        return
    for name in ids:
        out.print(f"removed {escape(name)}")


def print_report(report: IngestReport, *, as_json: bool) -> None:
    """What an ingest did, and what failed with its reason."""
    if as_json:
        print_json(report.to_dict())
        return
    counts = ("added", "updated", "unchanged", "removed")
    summary = ", ".join(f"{getattr(report, name)} {name}" for name in counts)
    err.print(f"{summary}, {len(report.failed)} failed in {report.seconds:.1f} s")
    _print_details(report)


def print_watching(sources: Sequence[str]) -> None:
    """That a watch begins."""
    err.print(f"Watching {escape(', '.join(sources))}. Ctrl+C ends it.")


def print_round(report: IngestReport, *, as_json: bool) -> None:
    """One line on a round of a watch that changed anything (with ``as_json``, one JSON document), and new failures."""
    if not report.changed and not report.failed:
        return
    if as_json:
        out.file.write(json.dumps(report.to_dict(), ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
        out.file.flush()
        return
    if report.changed:
        done = [f"{number} {name}" for name in ("added", "updated", "removed") if (number := getattr(report, name))]
        err.print(f"{datetime.now():%H:%M:%S} {', '.join(done)}")
    _print_details(report)


def _print_details(report: IngestReport) -> None:
    for gone in report.departed[:SHOWN_FAILURES]:
        name = f"{gone.article_id} ({gone.title})" if gone.title else gone.article_id
        err.print(f"  [yellow]removed[/] {escape(name)}: it has left {escape(gone.source)}")
    for failure in report.failed[:SHOWN_FAILURES]:
        err.print(f"  [red]failed[/] {escape(failure.source)}: {escape(failure.reason)}")
    for doubt in report.doubts[:SHOWN_FAILURES]:
        err.print(f"  [yellow]left empty[/] {escape(doubt)}")
    for kind, items in (("removed", report.departed), ("failed", report.failed), ("left empty", report.doubts)):
        if len(items) > SHOWN_FAILURES:
            err.print(f"  … and {len(items) - SHOWN_FAILURES} more {kind}; --json lists them all")


def print_status(status: Status, settings: Settings, *, as_json: bool) -> None:
    """The library's state and the settings, secrets masked."""
    chosen = {name: value for name, value in settings.model_dump(mode="json").items() if value is not None}
    if as_json:
        print_json({**status.to_dict(), "answerer": settings.answerer, "settings": chosen})
        return
    for name, value in {**status.to_dict(), "answerer": settings.answerer}.items():
        out.print(f"[dim]{name}:[/] {escape(str(value))}")
    out.print("[dim]settings:[/] " + escape(", ".join(f"{name}={value}" for name, value in chosen.items())))


def print_feedback(given: Sequence[Feedback], *, as_json: bool) -> None:
    """Readers' verdicts, each with the question, the answer and the reason."""
    if as_json:
        print_json([asdict(each) for each in given])
        return
    for each in given:
        mark = "[green]good[/]" if each.verdict == "good" else "[red]bad[/]"
        out.print(f"{each.time[:16]}  {mark}  [bold]{escape(each.question)}[/]")
        out.print(f"   {escape(' '.join(each.answer.split()))}")
        if each.reason:
            out.print(f"   why: {escape(each.reason)}")
    if not given:
        out.print("No feedback yet. Readers give it with the thumbs under an answer on the page.")


def print_bench(result: Result, *, as_json: bool) -> None:
    """What a bench measured."""
    from evals.bench.result import table

    if as_json:
        print_json(result.to_dict())
        return
    out.print(escape(table(result)))


def print_eval(document: dict[str, Any], text: str, *, as_json: bool) -> None:
    """What an eval found: the whole document as JSON, or its text."""
    if as_json:
        print_json(document)
        return
    out.print(escape(text))


def print_address(address: str) -> None:
    """Where the page is, once it can be opened."""
    err.print(f"Open [bold]{address}[/] in a browser. Ctrl+C ends it.")


class _Rate(ProgressColumn):
    """How many are done in a second, of late."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.0f}/s" if task.speed else "", style="progress.data.speed")


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, with rate and time left; the yielded function takes (done, total)."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(title, total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield advance

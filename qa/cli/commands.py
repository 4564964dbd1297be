"""The command line. A command parses, calls, prints; everything else lives elsewhere.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 ``ask`` refused, 4 an eval fell below its floor.
With ``--json`` standard output holds one JSON document; progress and messages go to standard error.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli.benches import bench
from qa.cli.evaluation import evaluate
from qa.errors import SanadError

if TYPE_CHECKING:
    from qa.sanad import Sanad
    from qa.values import Filters

app = typer.Typer(
    name="sanad",
    help="Ask your articles. Every sentence of the answer points to the exact words it rests on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command(name="eval")(evaluate)
app.add_typer(bench, name="bench")

Home = Annotated[Path | None, typer.Option("--home", metavar="DIR", help="Folder of the library (default: .sanad).")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Only articles of this day or later.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Only articles of this day or earlier.")]
Source = Annotated[str | None, typer.Option("--source", metavar="NAME", help="Only articles of this outlet.")]
Lang = Annotated[str | None, typer.Option("--lang", metavar="fa|ar|en", help="Only articles in this language.")]
TopK = Annotated[int | None, typer.Option("--top-k", metavar="N", min=1, max=50, help="Passages to consider.")]
Literal = Annotated[
    bool, typer.Option("--literal", help="Read no dates, outlets or languages of articles out of the words.")
]
Host = Annotated[str | None, typer.Option("--host", help="Address to listen on (default: 127.0.0.1).")]
Port = Annotated[int | None, typer.Option("--port", help="Port to listen on (default: 7860).")]
Shelf = Annotated[
    str, typer.Option("--library", metavar="hidden|read|write", help="What readers may do in the library tab.")
]


def main() -> None:
    """Run the command line; known errors become one line and an exit code, never a traceback."""
    try:
        app()
    except SanadError as error:
        from qa.cli.terminal import print_error

        print_error(error, as_json="--json" in sys.argv)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)


@app.command()
def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE]...",
            help="Files, folders, archives, addresses of pages, feeds and sitemaps, or - for standard input.",
        ),
    ] = None,
    home: Home = None,
    json: Json = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from loopback and private addresses too.")
    ] = False,
    delay: Annotated[float, typer.Option(min=0, help="Seconds between two requests to one host.")] = 1.0,
    discover_feeds: Annotated[
        bool, typer.Option("--discover-feeds", help="Read the feeds that a page names, not the page.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove articles that have left these folders, files and feeds.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Read again and again, until Ctrl+C.")] = False,
    every: Annotated[float, typer.Option(min=1, help="Seconds between two rounds of --watch.")] = 60.0,
) -> None:
    """Read articles into the library (default: the sample articles in corpus/).

    It reads .txt, .md, .html, .mhtml, .pdf, .docx, .epub, .jsonl, .csv and .zip of these. What cannot be read is named
    with its reason, and the rest goes in. Exit code 1: nothing could be read.
    """
    from ingest.fetch import Fetcher, Limits
    from qa.cli.terminal import print_report
    from qa.resources import CORPUS

    named = sources or [str(CORPUS)]
    fetcher = Fetcher(allow_private=allow_private, limits=Limits(delay=delay))
    if watch:
        _watch(named, home, json, every=every, fetcher=fetcher, discover_feeds=discover_feeds, prune=prune)
        return
    report = _ingest(named, home, fetcher=fetcher, discover_feeds=discover_feeds, prune=prune)
    print_report(report, as_json=json)
    if report.failed and not report.articles:
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION")],
    home: Home = None,
    json: Json = False,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    lang: Lang = None,
    top_k: TopK = None,
    literal: Literal = False,
) -> None:
    """Answer a question from the library, with citations. Exit code 3: the articles do not answer it."""
    from qa.cli.terminal import print_answer

    with _open(home) as sanad:
        filters = _filters(since, until, source, lang)
        answer = sanad.ask(question, filters=filters, top_k=top_k, understand=not literal)
        print_answer(answer, as_json=json)
    if answer.refused:
        raise typer.Exit(3)


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY")],
    home: Home = None,
    json: Json = False,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    lang: Lang = None,
    top_k: TopK = None,
    literal: Literal = False,
) -> None:
    """Show the passages that bear on a query, best first."""
    from qa.cli.terminal import print_passages

    with _open(home) as sanad:
        filters = _filters(since, until, source, lang)
        passages = sanad.search(query, filters=filters, top_k=top_k, understand=not literal)
        print_passages(passages, as_json=json)


@app.command()
def chat(home: Home = None, host: Host = None, port: Port = None, library: Shelf = "hidden") -> None:
    """Open the chat page; an empty library is filled from corpus/ first."""
    from qa.cli.around_page import fill_if_empty, shelf_options, show_sample
    from qa.cli.terminal import print_address
    from qa.memory import keep_memory_together
    from qa.page import serve as serve_page

    keep_memory_together()  # before there are threads
    with _open(home, host=host, port=port) as sanad:
        fill_if_empty(sanad)
        show_sample(sanad)
        where: dict[str, Any] = {"host": sanad.settings.host, "port": sanad.settings.port}
        serve_page(sanad, **where, ready=print_address, **shelf_options(sanad, library))


@app.command()
def serve(home: Home = None, host: Host = None, port: Port = None, library: Shelf = "hidden") -> None:
    """Serve the chat page and the HTTP API (its description is at /openapi.json)."""
    from qa.cli.around_page import shelf_options
    from qa.cli.terminal import print_address
    from qa.http import api_app
    from qa.memory import keep_memory_together
    from qa.page import mount_page, run

    keep_memory_together()  # before there are threads
    with _open(home, host=host, port=port) as sanad:
        served = api_app(sanad)
        mount_page(served, sanad, **shelf_options(sanad, library))
        settings = sanad.settings
        run(served, host=settings.host, port=settings.port, hosts=settings.hosts, ready=print_address)


@app.command()
def feedback(home: Home = None, json: Json = False) -> None:
    """List what readers of the page think of the answers they got, newest first."""
    from qa.cli.terminal import print_feedback
    from qa.library import Library
    from qa.settings import load_settings

    with Library.open(load_settings(home=home), create=False, check=False) as library:
        print_feedback(library.journal.feedback(), as_json=json)


@app.command(name="list")
def list_(
    home: Home = None,
    json: Json = False,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    lang: Lang = None,
) -> None:
    """List the articles in the library, newest first."""
    from qa.cli.terminal import print_articles

    with _open(home) as sanad:
        print_articles(sanad.articles(_filters(since, until, source, lang)), as_json=json)


@app.command()
def show(article: Annotated[str, typer.Argument(metavar="ARTICLE")], home: Home = None, json: Json = False) -> None:
    """Show one article, whole. The beginning of its id will do."""
    from qa.cli.terminal import print_article

    with _open(home) as sanad:
        whole = sanad.article(article)
        print_article(whole, sanad.library.facts_of(whole.id), as_json=json)


@app.command()
def remove(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...")], home: Home = None, json: Json = False
) -> None:
    """Remove articles from the library."""
    from qa.cli.terminal import print_removed

    with _open(home) as sanad:
        ids = [sanad.article(article).id for article in articles]
        sanad.remove(ids)
        print_removed(ids, as_json=json)


@app.command()
def status(home: Home = None, json: Json = False) -> None:
    """Say what is in the library, what answers, how each setting is set, and what is wrong."""
    from qa.cli.terminal import print_status
    from qa.library import Library
    from qa.settings import load_settings

    settings = load_settings(home=home)
    with Library.open(settings, check=False) as library:
        print_status(library.status(), settings, as_json=json)


@app.command()
def rebuild(
    home: Home = None,
    json: Json = False,
    embeddings: Annotated[str | None, typer.Option(help="embedded, openai or fastembed.")] = None,
    embedding_model: Annotated[str | None, typer.Option(help="The embedder's model.")] = None,
) -> None:
    """Make Chroma and the lexical index anew from the catalog, with another embedder if one is named."""
    from qa.cli.terminal import print_status, progress
    from qa.library import Library
    from qa.settings import load_settings

    settings = load_settings(home=home, embeddings=embeddings, embedding_model=embedding_model)
    with Library.open(settings, create=False, check=False) as library, progress("Rebuilding") as advance:
        library.rebuild(settings, progress=lambda step: advance(step.done, step.total))
    with Library.open(settings) as library:
        print_status(library.status(), settings, as_json=json)


def _open(home: Path | None, **overrides: Any) -> Sanad:
    from qa.sanad import Sanad

    return Sanad.open(home, **overrides)


def _filters(since: str | None, until: str | None, source: str | None, lang: str | None) -> Filters:
    from qa.filters import parse_filters

    return parse_filters(since=since, until=until, source=source, language=lang)


def _ingest(sources: list[str], home: Path | None, **options: Any) -> Any:
    from ingest import ingest as run
    from qa.cli.terminal import progress
    from qa.settings import load_settings

    with progress("Reading") as advance:
        return run(sources, settings=load_settings(home=home), progress=advance, **options)


def _watch(sources: list[str], home: Path | None, json: bool, **options: Any) -> None:
    from contextlib import suppress

    from ingest.watch import watch
    from qa.cli.terminal import print_round, print_watching
    from qa.settings import load_settings

    print_watching(sources)
    with suppress(KeyboardInterrupt):
        for report in watch(sources, settings=load_settings(home=home), **options):
            print_round(report, as_json=json)


if __name__ == "__main__":
    main()

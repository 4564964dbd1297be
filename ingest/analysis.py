"""A draft made into an article with its passages: metadata, clutter, splitting."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ingest.clutter import as_spans
from ingest.metadata import describe
from ingest.page import read_page
from ingest.records import Draft, Record
from ingest.splitting import split
from qa.library import Prepared, facts_in, sketch_of
from qa.values import Article


def analyse(record: Record, draft: Draft, *, budget: int) -> Prepared:
    """The article and its passages of at most ``budget`` tokens.

    A function of its arguments and, where nothing says when the record was fetched, of the day: "2 days ago" counts
    from it.
    """
    page = read_page(draft.text, title=draft.title, clutter=draft.clutter)
    fetched = date.fromisoformat(record.fetched[:10]) if record.fetched else datetime.now(UTC).date()
    header = describe(draft, page, fetched)
    article = Article(
        id=record.id,
        text=draft.text,
        title=header.title,
        source=header.source,
        url=header.url,
        author=header.author,
        published=header.published,
        language=header.language,
        origin=record.origin,
        clutter=as_spans(item for item in page.clutter if item.kind != "teaser"),
        teasers=page.teasers,
        place=header.place,
        section=header.section,
        modified=header.modified,
        approximate=header.approximate,
    )
    passages = split(article, budget=budget)
    return Prepared(
        article,
        passages,
        record.fingerprint,
        sketch_of(passages),
        facts_in(article, passages),
        doubts=tuple(f"{record.origin}: {doubt}" for doubt in header.doubts),
    )

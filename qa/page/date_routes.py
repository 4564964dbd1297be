"""How a date that a reader types is read, while they type it: in every calendar, or that it cannot be."""

from __future__ import annotations

from fastapi import FastAPI, Query
from fastapi.responses import PlainTextResponse, Response

from qa.errors import SettingsError
from qa.filters import parse_filters
from qa.page.dates import other_dates, reader_date
from qa.page.frame import SAFE_HEADERS
from qa.page.routes import Language, page_router, refused
from qa.texts import text

LONGEST_DATE = 60  # characters


def add_dates(app: FastAPI) -> None:
    """Put the reading of dates on an application."""
    page = page_router()

    @page.get("/day")
    def day(language: Language, written: str = Query(max_length=LONGEST_DATE), last: bool = False) -> Response:
        """The day that is meant, in the reader's calendar and the others; of a month or year, its first or last."""
        try:
            filters = parse_filters(until=written) if last else parse_filters(since=written)
        except SettingsError:
            return refused(text("page.dates.unreadable", language), 400)
        meant = filters.until if last else filters.since
        found = meant.isoformat() if meant else None
        read = [each for each in (reader_date(found, language), other_dates(found, language)) if each]
        return PlainTextResponse(" · ".join(read), headers=SAFE_HEADERS)

    app.include_router(page)

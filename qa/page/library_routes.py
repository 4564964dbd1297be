"""Addresses of the library tab. Those that the page's access does not allow are not there at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from qa.page.intake import MOST_BYTES, MOST_FILES, Add, Intake, address
from qa.page.library_html import Access, at_work_html, job_html, sheet_html
from qa.page.routes import Language, done, page_router, piece, refused
from qa.page.shelf import Column, Shelf, View
from qa.texts import text

if TYPE_CHECKING:
    from qa.sanad import Sanad

FRAMING: Final = 200_000  # bytes of a form that are not its files


class Wanted(BaseModel):
    """What of the table is wanted, as query parameters."""

    model_config = ConfigDict(extra="forbid")

    sought: str = Field("", max_length=200)
    source: str = Field("", max_length=500)
    language: str = Field("", max_length=16)
    sort: Column = "published"
    descending: bool = True
    page: int = Field(1, ge=1, le=1_000_000)

    def view(self) -> View:
        """The same as a value."""
        return View(**self.model_dump())


class Address(BaseModel):
    """A web address, pasted."""

    model_config = ConfigDict(extra="forbid")

    address: str = Field(max_length=2000)


def add_library(app: FastAPI, sanad: Sanad, access: Access, add: Add | None) -> None:
    """Put the addresses of the library tab on an application, as far as ``access`` allows."""
    if access == "hidden":
        return
    _add_reading(app, sanad, removes=access == "write")
    if access == "write":
        _add_removing(app, sanad)
        if add is not None:
            _add_adding(app, Intake(add, sanad.settings.home / "uploads"))


def _add_reading(app: FastAPI, sanad: Sanad, *, removes: bool) -> None:
    page = page_router()
    shelf = Shelf(sanad)

    @page.get("/library")
    def sheet(language: Language, wanted: Annotated[Wanted, Query()]) -> HTMLResponse:
        view = wanted.view()
        return piece(sheet_html(shelf.sheet(view), view, language, removes=removes))

    @page.get("/library/at-work")
    def at_work(language: Language) -> HTMLResponse:
        settings = sanad.settings
        embedder = sanad.library.embedder.identity
        about = {"embedder": embedder, "answerer": settings.answerer, "model": settings.model}
        return piece(at_work_html(language, **about, sources=shelf.sources()))

    app.include_router(page)


def _add_removing(app: FastAPI, sanad: Sanad) -> None:
    page = page_router()

    @page.delete("/library/article")
    def remove(language: Language, id: str) -> Response:
        return done(sanad.remove([id]) == 1, language)

    app.include_router(page)


def _add_adding(app: FastAPI, intake: Intake) -> None:
    page = page_router()

    def begun(language: str, sources: Sequence[str | Path]) -> Response:
        if intake.start(sources):
            return piece(job_html(intake.now(), language))
        return refused(text("page.library.busy", language), 409)

    @page.get("/library/job")
    def job(language: Language) -> HTMLResponse:
        return piece(job_html(intake.now(), language))

    @page.post("/library/address")
    def fetch(language: Language, given: Address) -> Response:
        found = address(given.address)
        return begun(language, [found]) if found else refused(text("page.library.no_address", language), 400)

    @page.post("/library/files")
    async def files(language: Language, request: Request) -> Response:
        length = request.headers.get("content-length", "")
        limits = {"files": MOST_FILES, "megabytes": MOST_BYTES // 1_000_000}
        if not length.isdecimal() or int(length) > MOST_BYTES + FRAMING:
            return refused(text("page.library.too_much", language, **limits), 413)
        if intake.busy():
            return refused(text("page.library.busy", language), 409)
        async with request.form(max_files=MOST_FILES, max_fields=1) as form:
            given = [each for each in form.getlist("files") if isinstance(each, UploadFile)]
            if not given:
                return refused(text("page.library.no_files", language), 400)
            stored = [await run_in_threadpool(intake.store, each.filename or "", each.file) for each in given]
        return await run_in_threadpool(begun, language, stored)

    app.include_router(page)

"""The HTTP API: the same questions and answers as in Python, as JSON. Its description is at ``/openapi.json``.

    POST /api/ask            an Answer; with ``"stream": true``, its events as they come (server-sent events)
    GET  /api/search         passages, best first
    GET  /api/articles       headers, newest first
    GET  /api/articles/{id}  one article, whole
    GET  /api/status         what is in the library

Errors are ``{"error": {"type", "message", "hint"}}``: 400 for wrong input, 404 for an article that isn't there,
503 when a store or the LLM cannot be reached.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from qa.errors import ArticleNotFoundError, LibraryError, LLMError, QuestionError, SanadError, SettingsError
from qa.filters import parse_filters
from qa.sanad import Sanad
from qa.values import Checked, Delta, Done, Event, Filters, Found, final_answer, plain

STATUS_CODES: tuple[tuple[type[SanadError], int], ...] = (
    (QuestionError, 400),
    (SettingsError, 400),
    (ArticleNotFoundError, 404),
    (LibraryError, 503),
    (LLMError, 503),
    (SanadError, 500),
)
EVENT_NAMES: dict[type[Event], str] = {Found: "found", Delta: "delta", Checked: "checked", Done: "done"}


class Limits(BaseModel):
    """What a search is limited to; dates in any calendar."""

    model_config = ConfigDict(extra="forbid")

    since: str | None = Field(None, description="Articles of this day or later.", examples=["2025-11-16"])
    until: str | None = Field(None, description="Articles of this day or earlier.")
    source: str | None = Field(None, description="Articles of this outlet.")
    lang: str | None = Field(None, description="fa, ar or en.")
    top_k: int | None = Field(None, ge=1, le=50, description="Passages to consider.")


class Asking(Limits):
    """The limits of a search, and whether its words may set more."""

    understand: bool = Field(True, description="Read dates, outlets and languages of articles out of the words.")


class Question(Asking):
    """A question, as it is posted."""

    question: str = Field(max_length=4000)
    stream: bool = Field(False, description="Send events as they come instead of one document.")


class Search(Asking):
    """A search, as query parameters."""

    q: str = Field(max_length=4000)


def api_router(sanad: Sanad) -> APIRouter:
    """The API over one library."""
    router = APIRouter(prefix="/api", tags=["sanad"])

    @router.post("/ask", response_model=None)
    def ask(question: Question) -> StreamingResponse | dict[str, Any]:
        """Answer a question with citations, or refuse."""
        events = sanad.stream(
            question.question, filters=_filters(question), top_k=question.top_k, understand=question.understand
        )
        if question.stream:
            return StreamingResponse(_server_sent(events), media_type="text/event-stream")
        return final_answer(events).to_dict()

    @router.get("/search")
    def search(query: Annotated[Search, Query()]) -> list[dict[str, Any]]:
        """The passages that bear on a query, best first."""
        hits = sanad.search(query.q, filters=_filters(query), top_k=query.top_k, understand=query.understand)
        return [plain(hit) for hit in hits]

    @router.get("/articles")
    def articles(
        query: Annotated[Limits, Query()], limit: int = Query(100, ge=1, le=1000), offset: int = Query(0, ge=0)
    ) -> list[dict[str, Any]]:
        """The articles' headers, newest first."""
        found = sanad.articles(_filters(query), limit=limit, offset=offset)
        return [article.header() for article in found]

    @router.get("/articles/{article_id}")
    def article(article_id: str) -> dict[str, Any]:
        """One article, whole."""
        return plain(sanad.article(article_id))

    @router.get("/status")
    def status() -> dict[str, Any]:
        """What is in the library."""
        return {**sanad.status().to_dict(), "answerer": sanad.settings.answerer}

    return router


def api_app(sanad: Sanad) -> FastAPI:
    """An application with the API. It has no documentation page: those load their scripts from other hosts."""
    from qa import __version__

    app = FastAPI(title="Sanad", version=__version__, docs_url=None, redoc_url=None)
    app.include_router(api_router(sanad))
    app.add_exception_handler(SanadError, _error_response)
    return app


def _error_response(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, SanadError)
    code = next(code for kind, code in STATUS_CODES if isinstance(error, kind))
    return JSONResponse(_error_document(error), status_code=code)


def _error_document(error: SanadError) -> dict[str, Any]:
    return {"error": {"type": type(error).__name__, "message": error.message, "hint": error.hint}}


def _server_sent(events: Iterator[Event]) -> Iterator[str]:
    """``event: NAME`` and ``data: JSON`` blocks; an error in the middle is an event too, and the last one."""
    try:
        for event in events:
            yield _block(EVENT_NAMES[type(event)], plain(event))
    except SanadError as error:
        yield _block("error", _error_document(error))


def _block(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _filters(limits: Limits) -> Filters:
    return parse_filters(since=limits.since, until=limits.until, source=limits.source, language=limits.lang)

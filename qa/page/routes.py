"""Addresses under ``/page/{language}/`` for what is a reader's own: conversations, what was found, feedback.

Each answers with a piece of the page, as markup, or with why not, as plain text. They ask for a header that only the
page's own script sends: a browser lets no other site's page send it, whatever cookies it has.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field

from qa.errors import SanadError
from qa.page import export
from qa.page.conversations import LONGEST_REASON, LONGEST_TITLE, Conversations
from qa.page.frame import SAFE_HEADERS
from qa.page.lists import conversations_html
from qa.page.readers import reader_of
from qa.page.sources import also_found
from qa.texts import text

Language = Literal["fa", "ar", "en"]


class PageRoute(APIRoute):
    """A route whose errors are one line of plain text, for the page to show."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with what Sanad raises on purpose turned into an answer."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except SanadError as error:
                return refused(str(error), 503)

        return handled


class Title(BaseModel):
    """A conversation's new title."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, max_length=LONGEST_TITLE)


class Judgement(BaseModel):
    """What a reader thinks of an answer; a verdict of None takes it back."""

    model_config = ConfigDict(extra="forbid")

    conversation: str = Field(max_length=32)
    exchange: str = Field(max_length=32)
    verdict: Literal["good", "bad"] | None
    reason: str = Field("", max_length=LONGEST_REASON)


def from_the_page(x_sanad_page: Annotated[str, Header()] = "") -> None:
    """Refuse what the page's own script has not sent."""
    if not x_sanad_page:
        raise HTTPException(403)


def reader(request: Request) -> str | None:
    """The reader who asks."""
    return reader_of(request.cookies)


Reader = Annotated[str | None, Depends(reader)]


def add_conversations(app: FastAPI, conversations: Conversations) -> None:
    """The list of conversations, what changes it, a conversation as a file, and feedback."""
    page = page_router()

    @page.get("/conversations")
    def listed(language: Language, reader: Reader, sought: str = "", now: str = "") -> HTMLResponse:
        kept = conversations.listed(reader, sought[:200])
        return piece(conversations_html(kept, language, now=now, sought=sought))

    @page.put("/conversations/{id}")
    def rename(language: Language, reader: Reader, id: str, title: Title) -> Response:
        return done(conversations.rename(reader, id, title.title), language)

    @page.delete("/conversations/{id}")
    def delete(language: Language, reader: Reader, id: str) -> Response:
        return done(conversations.delete(reader, id), language)

    @page.get("/also")
    def also(language: Language, reader: Reader, conversation: str, exchange: str) -> Response:
        found = conversations.find(reader, conversation, exchange)
        return done(False, language) if found is None else piece(also_found(found, language))

    @page.post("/feedback")
    def judge(language: Language, reader: Reader, given: Judgement) -> Response:
        judged = conversations.judge(reader, given.conversation, given.exchange, given.verdict, given.reason)
        return done(judged is not None, language)

    app.include_router(page)

    @app.get("/page/{language}/conversation.{kind}", include_in_schema=False)
    def conversation(language: Language, kind: Literal["md", "html"], reader: Reader, conversation: str) -> Response:
        kept = conversations.whole(reader, conversation)
        made = export.as_markdown(kept, language) if kind == "md" else export.as_html(kept, language)
        return Response(
            made,
            media_type="text/markdown" if kind == "md" else "text/html",
            headers={"Content-Disposition": f'attachment; filename="sanad.{kind}"', **SAFE_HEADERS},
        )


def page_router() -> APIRouter:
    """A router for what only the page's own script may ask for."""
    return APIRouter(
        prefix="/page/{language}",
        include_in_schema=False,
        dependencies=[Depends(from_the_page)],
        route_class=PageRoute,
    )


def piece(markup: str) -> HTMLResponse:
    """A piece of the page."""
    return HTMLResponse(markup, headers=SAFE_HEADERS)


def done(well: bool, language: str) -> Response:
    """Nothing to show; or that what was to be changed is not there."""
    if well:
        return Response(status_code=204, headers=SAFE_HEADERS)
    return refused(text("page.gone", language), 404)


def refused(why: str, status: int) -> Response:
    """Why it can't be done, for the page to show."""
    return PlainTextResponse(why, status_code=status, headers=SAFE_HEADERS)

"""Web archives (.mhtml): the page that was saved, without what it loads."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from ingest.readers.html import read_html
from ingest.records import Draft
from qa.errors import SourceError


def read_mhtml(data: bytes) -> Draft:
    """The article of the saved page, with the address it was saved from. Raises SourceError."""
    message = message_from_bytes(data)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    content = page.get_payload(decode=True) if page else None
    if page is None or not isinstance(content, bytes):
        raise SourceError("is a web archive without a page")
    draft = read_html(content, encoding=page.get_content_charset())
    return replace(draft, url=draft.url or _address(message, page))


def _address(message: Message, page: Message) -> str | None:
    for found in (message.get("Snapshot-Content-Location"), page.get("Content-Location")):
        if found and str(found).startswith(("http://", "https://")):
            return str(found).strip()
    return None

"""Article ids and fingerprints: the same article gets the same id each time, a changed one another fingerprint."""

from __future__ import annotations

import re
from hashlib import blake2b
from urllib.parse import unquote, urlsplit

from qa.errors import SourceError

ANALYSIS = "2"
"""Grows whenever readers, cleaning or splitting change what they make of the same bytes."""

MAX_ID = 200
_SLUG_LENGTH = 48
_NOT_SLUG = re.compile(r"[\W_]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")


def id_of_file(origin: str, name: str) -> str:
    """The id of the article at ``origin``: readable by ``name``, its file name, and unique by where it lies."""
    return f"{_slug(name.rsplit('.', 1)[0])}-{short_hash(origin)}"


def id_of_url(url: str) -> str:
    """The id of the article at a web address; the same for all ways to write it, see plain_url."""
    url = plain_url(url)
    parts = urlsplit(url)
    last = unquote(parts.path).rstrip("/").rsplit("/", 1)[-1]
    return f"{_slug(last.rsplit('.', 1)[0] or parts.netloc)}-{short_hash(url)}"


def plain_url(url: str) -> str:
    """An address in one way of writing: no fragment, no default port, no trackers, what needs escapes escaped.

    What is no address stays as it is.
    """
    from courlan import normalize_url

    try:
        return normalize_url(urlsplit(url)._replace(fragment=""))
    except ValueError:
        return url


def id_of_content(title: str | None, text: str) -> str:
    """The id of an article of which nothing but its content is known."""
    return f"{_slug(title or text[:60])}-{short_hash((title or '') + text)}"


def given_id(value: str) -> str:
    """An id that came with the article, without outer white space. Raises SourceError when it can't be one."""
    name = value.strip()
    if not name or len(name) > MAX_ID or _CONTROL.search(name):
        raise SourceError(f"has an id that cannot be used: one line, at most {MAX_ID} characters")
    return name


def fingerprint(data: bytes, *parts: str) -> str:
    """A hash of raw bytes and of all else that the article is made from."""
    digest = blake2b(data, digest_size=16)
    for part in (ANALYSIS, *parts):
        digest.update(b"\x00" + part.encode("utf-8", errors="surrogatepass"))
    return digest.hexdigest()


def _slug(name: str) -> str:
    words = _NOT_SLUG.sub("-", name.casefold()).strip("-")
    return words[:_SLUG_LENGTH].rstrip("-") or "article"


def short_hash(text: str) -> str:
    """Eight hexadecimal digits that stand for a text."""
    return blake2b(text.encode("utf-8", errors="surrogatepass"), digest_size=4).hexdigest()

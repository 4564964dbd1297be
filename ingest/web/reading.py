"""Reads addresses: a page gives its article, a feed or a sitemap those of all pages that it lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import escape

from ingest.fetch import Fetched, Fetcher
from ingest.fetch.robots import Robots
from ingest.fetch.unpacking import unpack
from ingest.fetch.visits import BY_NAME, Visit, Visits
from ingest.identity import ANALYSIS, fingerprint, id_of_file, id_of_url, plain_url
from ingest.records import Given, Record
from ingest.report import Failure
from ingest.web.feeds import read_feed
from ingest.web.listings import Entry, listing_kind
from ingest.web.pages import feeds_named, own_address, page_format
from ingest.web.sitemaps import read_address_list, read_sitemap
from qa.errors import SourceError

REVISIT = timedelta(hours=24)
"""A page of which its listing says nothing new is asked again after this time."""

_DEPTH = 3
_GZIP = b"\x1f\x8b"
_BULK = frozenset({".jsonl", ".csv", ".zip"})


@dataclass(frozen=True, slots=True)
class Looked:
    """What an address is: a page (``fetched``, None when there is nothing new to it) or a listing (``entries``)."""

    fetched: Fetched | None = None
    visit: Visit | None = None
    kind: str | None = None
    entries: tuple[Entry, ...] = ()


@dataclass
class Tally:
    """What a listing was seen to list; ``whole`` while nothing of it could not be read."""

    whole: bool
    articles: set[str] = field(default_factory=set)


class Web:
    """The web in one run. ``known`` gives, of article ids, the fingerprints that the library holds.

    ``shape`` names the settings that articles are made under. ``bulk`` opens a fetched file that holds several
    articles: (data, format, address) to records. With ``discover``, a page stands for the feeds that it names.
    ``settled`` are marks, by address, of pages that need no second try: no article could be read from them, and their
    listing says nothing new of them.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        visits: Visits,
        known: Callable[[Sequence[str]], Mapping[str, str]],
        *,
        shape: str,
        bulk: Callable[[bytes, str, str], Iterable[Record | Failure]],
        discover: bool = False,
        settled: Mapping[str, str] | None = None,
    ) -> None:
        self.settled = settled or {}
        self._fetcher = fetcher
        self._visits = visits
        self._known = known
        self._shape = shape
        self._bulk = bulk
        self._discover = discover
        self._robots = Robots(fetcher)
        self._seen: set[str] = set()
        self._told: set[str] = set()
        self.listed = 0
        """How many pages the listings have named so far."""
        self.present: dict[str, set[str]] = {}
        """By address, what each feed or sitemap lists that was read whole: its articles, as far as they are known."""
        self.marks: dict[str, str] = {}
        """By address, what the listings say of the pages that were asked for."""

    def records(self, url: str) -> Iterator[Record | Failure]:
        """The articles that an address gives, each fetched when its turn comes, and a Failure for each that fails.

        An article that several listings of the run name comes once.
        """
        try:
            for item in self._address(url, discover=self._discover):
                name = item.id if isinstance(item, Record) else item.source
                if name not in self._told:
                    self._told.add(name)
                    yield item
        except SourceError as error:
            yield Failure(url, str(error))

    def _address(self, url: str, *, discover: bool) -> Iterator[Record | Failure]:
        looked = self._look(url)
        if looked.kind:
            yield from self._listing(url, looked)
        elif not discover:
            for item in self._page(url, looked):
                if isinstance(item, Record):
                    self._visits.list_article(BY_NAME, item.id)
                yield item
        else:
            feeds = feeds_named(looked.fetched) if looked.fetched else []
            if not feeds:
                raise SourceError("names no feed; give the address of one")
            for feed in feeds:
                try:
                    yield from self._address(feed, discover=False)
                except SourceError as error:
                    yield Failure(feed, str(error))

    # --- listings ---

    def _listing(self, url: str, looked: Looked) -> Iterator[Record | Failure]:
        tally = Tally(bool(looked.entries))
        for item in self._listed(url, looked, tally, 0):
            if isinstance(item, Record):
                self._visits.list_article(url, item.id)
            yield item
        if tally.whole:
            self.present[url] = tally.articles

    def _listed(self, url: str, looked: Looked, tally: Tally, depth: int) -> Iterator[Record | Failure]:
        """What a listing lists; ``tally`` is told of it, also of what fails now and became an article before."""
        self.listed += len(looked.entries) if looked.kind != "index" else 0
        for entry in looked.entries:
            try:
                if looked.kind == "index":
                    yield from self._nested(entry.key, tally, depth + 1)
                    continue
                for item in self._entry(url, entry):
                    if isinstance(item, Record):
                        tally.articles.add(item.id)
                    yield item
            except SourceError as error:
                before = self._visits.of(plain_url(entry.key))
                tally.whole &= looked.kind != "index"
                tally.articles |= {before.article} if before and before.article else set()
                yield Failure(entry.url or entry.key, str(error))

    def _nested(self, url: str, tally: Tally, depth: int) -> Iterator[Record | Failure]:
        if depth > _DEPTH:
            raise SourceError("is a sitemap within a sitemap within a sitemap; it is not read")
        if url in self._seen:
            raise SourceError("is listed as a sitemap twice; it is read once")
        self._seen.add(url)
        looked = self._look(url)
        if not looked.kind:
            raise SourceError("is no sitemap, though an index of sitemaps lists it")
        yield from self._listed(url, looked, tally, depth)

    def _entry(self, listing: str, entry: Entry) -> Iterator[Record | Failure]:
        if entry.content is not None or entry.url is None:
            yield self._whole_entry(listing, entry)
            return
        url = plain_url(entry.url)
        visit = self._visits.of(url)
        if url in self._seen:
            yield _again(entry.url, visit)
            return
        self._seen.add(url)
        held = self._held(visit)
        if held and visit and visit.mark == entry.mark and _age(visit) < REVISIT:
            yield held
            return
        if self.settled.get(entry.url) == entry.mark:
            yield _again(entry.url, visit)
            return
        self.marks[entry.url] = entry.mark
        if not self._robots.allows(entry.url):
            raise SourceError("is not fetched: its host asks programs not to (robots.txt)")
        looked = self._look(entry.url, delay=self._robots.delay(entry.url))
        if looked.kind:
            raise SourceError("is a feed or sitemap, though another lists it as a page")
        yield from self._page(entry.url, looked, entry.given, entry.mark)

    def _whole_entry(self, listing: str, entry: Entry) -> Record:
        """The record of an entry that holds its article itself."""
        title = escape(entry.given.title or "")
        page = f"<html><head><title>{title}</title></head><body><article>{entry.content or ''}</article></body></html>"
        data = page.encode("utf-8", errors="surrogatepass")
        origin = entry.url or f"{listing}#{entry.key}"
        identity = id_of_url(entry.url) if entry.url else id_of_file(origin, entry.given.title or "entry")
        mark = fingerprint(data, ".html", self._shape, repr(entry.given))
        return Record(identity, origin, ".html", data, mark, encoding="utf-8", given=entry.given)

    # --- pages ---

    def _page(self, url: str, looked: Looked, given: Given | None = None, mark: str = "") -> Iterator[Record | Failure]:
        fetched = looked.fetched
        if fetched is None or fetched.data is None:
            if looked.visit is not None and (held := self._held(looked.visit)):
                self._visits.keep(plain_url(url), replace(looked.visit, mark=mark, at=_now()))
                yield held
            return
        format = page_format(fetched)
        if format is None:
            raise SourceError(f"is {fetched.kind[:80]}, which cannot be read")
        if format in _BULK:
            yield from self._bulk(fetched.data, format, url)
            return
        own = own_address(fetched) if format == ".html" else fetched.url
        given = replace(given or Given(), url=own)
        record = Record(
            id=id_of_url(own),
            origin=url,
            format=format,
            data=fetched.data,
            fingerprint=fingerprint(fetched.data, format, self._shape, fetched.encoding or "", repr(given)),
            encoding=fetched.encoding,
            fetched=fetched.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            given=given,
        )
        visit = _visit(fetched)
        self._visits.keep(
            plain_url(url),
            replace(visit, mark=mark, article=record.id, fingerprint=record.fingerprint, shape=self._made_under),
        )
        yield record

    def _held(self, visit: Visit | None) -> Record | None:
        """A record that stands for a page as the library holds it, or None when it does not hold it as it was."""
        if visit is None or visit.article is None or visit.fingerprint is None or visit.shape != self._made_under:
            return None
        if self._known([visit.article]).get(visit.article) != visit.fingerprint:
            return None
        return Record(visit.article, visit.final, ".html", b"", visit.fingerprint)

    @property
    def _made_under(self) -> str:
        return f"{ANALYSIS} {self._shape}"

    # --- fetching ---

    def _look(self, url: str, delay: float = 0.0) -> Looked:
        """Fetch an address, unless it has not changed since the last visit."""
        key = plain_url(url)
        visit = self._visits.of(key)
        useful = visit is not None and (visit.body is not None or self._held(visit) is not None)
        fetched = self._fetcher.get(url, visit.validators if visit and useful else None, delay=delay)
        if fetched.data is None and visit is not None:
            if visit.body is None:
                return Looked(visit=visit)
            fetched = replace(fetched, data=visit.body, kind=visit.kind, encoding=visit.encoding, url=visit.final)
        looked = _classified(fetched, self._fetcher.limits.size)
        if looked.kind:
            self._visits.keep(key, replace(_visit(fetched), body=fetched.data))
        return looked


def _classified(fetched: Fetched, limit: int) -> Looked:
    data = fetched.data or b""
    if data.startswith(_GZIP):
        data = unpack(data, limit)
    kind = listing_kind(data)
    if kind == "feed":
        entries = read_feed(data, fetched.url, fetched.kind, fetched.encoding)
        return Looked(kind=kind, entries=tuple(entries))
    if kind:
        return Looked(kind=kind, entries=tuple(read_sitemap(data)))
    if fetched.kind == "text/plain" and data[:4] == b"http":
        entries = read_address_list(data.decode("utf-8", errors="replace"))
        if entries:
            return Looked(kind="sitemap", entries=tuple(entries))
    return Looked(fetched=replace(fetched, data=data))


def _again(url: str, visit: Visit | None) -> Record | Failure:
    """What stands for a page that was tried before, so that each listing of it knows its article."""
    if visit and visit.article:
        return Record(visit.article, url, ".html", b"", visit.fingerprint or "")
    return Failure(url, "failed before")


def _visit(fetched: Fetched) -> Visit:
    return Visit(fetched.url, _stamp(fetched.at), fetched.validators, fetched.kind, fetched.encoding)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _now() -> str:
    return _stamp(datetime.now(UTC))


def _age(visit: Visit) -> timedelta:
    try:
        return datetime.now(UTC) - datetime.fromisoformat(visit.at)
    except ValueError:
        return REVISIT

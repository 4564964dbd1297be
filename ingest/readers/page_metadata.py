"""What a web page states about its article, in JSON-LD, in meta tags and in its visible date line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_ARTICLE = re.compile(r"Article|BlogPosting|Report", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"\s+[|•·»–—-]\s+[^|•·»–—]{2,40}$")
_TITLE_META = ("og:title", "twitter:title", "dc.title", "citation_title")
_AUTHOR_META = ("author", "article:author", "dc.creator", "byl", "parsely-author", "citation_author")
_SITE_META = ("og:site_name", "application-name", "publisher", "dc.publisher", "citation_journal_title")
_DATE_META = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "publish_date",
    "pubdate",
    "publishdate",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "sailthru.date",
    "citation_publication_date",
    "date",
)
_MODIFIED_META = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
)
_SECTION_META = ("article:section", "section", "parsely-section", "dc.subject.section", "category")
_PLACE_META = ("geo.placename", "dc.coverage", "article:location", "dateline")
_HEAD_LIMIT = 200


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """All as stated; ``published`` and ``modified`` in whatever form; ``head`` are the page's visible date lines."""

    title: str | None
    author: str | None
    site: str | None
    url: str | None
    published: str | None
    language: str | None
    head: str
    modified: str | None
    section: str | None
    place: str | None


def page_metadata(tree: Any) -> PageMetadata:
    """What the parsed page says about its article. Nothing is guessed: what is not stated is None."""
    meta = _meta(tree)
    story = _story(tree)
    return PageMetadata(
        title=_title(tree, meta, story),
        author=_name(story.get("author")) or _author(meta),
        site=_first(meta, _SITE_META) or _name(story.get("publisher")),
        url=_canonical(tree) or meta.get("og:url"),
        published=_text(story.get("datePublished")) or _first(meta, _DATE_META) or _time_tag(tree),
        language=_text(tree.get("lang")) or _text(tree.get("{http://www.w3.org/XML/1998/namespace}lang")),
        head=_date_lines(tree),
        modified=_text(story.get("dateModified")) or _first(meta, _MODIFIED_META),
        section=_name(story.get("articleSection")) or _first(meta, _SECTION_META),
        place=_text(story.get("dateline"))
        or _name(story.get("locationCreated"))
        or _name(story.get("contentLocation"))
        or _first(meta, _PLACE_META),
    )


def _meta(tree: Any) -> dict[str, str]:
    """Content of the meta tags by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = _text(tag.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _story(tree: Any) -> dict[str, Any]:
    """The first JSON-LD object of the page that describes an article, or an empty one."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            values = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # a page's broken JSON-LD says nothing; its meta tags may
        for item in _objects(values):
            kinds = item.get("@type")
            if any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in _listed(kinds)):
                return item
    return {}


def _objects(values: Any) -> Iterator[dict[str, Any]]:
    for item in _listed(values):
        if isinstance(item, dict):
            yield item
            yield from _objects(item.get("@graph"))


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _title(tree: Any, meta: dict[str, str], story: dict[str, Any]) -> str | None:
    stated = _text(story.get("headline")) or _first(meta, _TITLE_META)
    headings = [text for tag in tree.iter("h1") if (text := _text(tag.text_content()))]
    whole = _text("".join(tag.text_content() for tag in list(tree.iter("title"))[:1]))
    title = stated or (headings[0] if len(headings) == 1 else None) or whole
    if title is None:
        return None
    for heading in headings:
        if title.startswith(heading) and len(heading) > 10:
            return heading
    return _SITE_SUFFIX.sub("", title) or title


def _name(value: Any) -> str | None:
    """The names in a JSON-LD author or publisher: a string, an object with a name, or a list of these."""
    names = []
    for item in _listed(value):
        name = _text(item.get("name") if isinstance(item, dict) else item)
        if name and not name.startswith(("http://", "https://")):
            names.append(name)
    return "، ".join(dict.fromkeys(names)) or None


def _author(meta: dict[str, str]) -> str | None:
    name = _first(meta, _AUTHOR_META)
    return None if name is None or name.startswith(("http://", "https://", "@")) else name


def _canonical(tree: Any) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith("http"):
            return _text(link.get("href"))
    return None


def _time_tag(tree: Any) -> str | None:
    """The first <time> that the page marks as the publication's."""
    for tag in tree.iter("time"):
        marks = f"{tag.get('itemprop') or ''} {tag.get('class') or ''}".lower()
        if tag.get("datetime") and (tag.get("pubdate") is not None or re.search("publish|pubdate|entry-date", marks)):
            return _text(tag.get("datetime"))
    times = {tag.get("datetime") for tag in tree.iter("time") if tag.get("datetime")}
    return _text(times.pop()) if len(times) == 1 else None


def _date_lines(tree: Any) -> str:
    """Short visible texts of elements that the page's own marks call a date, one a line."""
    found = []
    for tag in tree.iter("time", "span", "div", "p", "li", "td"):
        marks = f"{tag.get('class') or ''} {tag.get('id') or ''} {tag.get('itemprop') or ''}".lower()
        if tag.tag != "time" and not re.search(
            r"\bdate|date\b|publish|updated|modified|news[-_]?time|\btime\b|tarikh|\bmeta\b|byline|author", marks
        ):
            continue
        text = _text(tag.text_content())
        if text and len(text) <= _HEAD_LIMIT:
            found.append(text)
    return "\n".join(dict.fromkeys(found[:3]))


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if meta.get(name)), None)


def _text(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None

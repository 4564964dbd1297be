"""Tables (.csv): a row an article; the first row names the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from qa.errors import SourceError

MAX_CELL = 20_000_000
_DELIMITERS = ",;\t|"
_COLUMNS = {
    "text": ("text", "body", "content", "article", "article_text", "full_text"),
    "id": ("id", "article_id", "doc_id"),
    "title": ("title", "headline"),
    "source": ("source", "outlet", "publisher", "site"),
    "url": ("url", "link"),
    "author": ("author", "authors", "byline"),
    "published": ("published", "date", "published_at", "publish_date", "pubdate"),
    "lang": ("lang", "language"),
    "modified": ("modified", "updated", "updated_at", "modified_at"),
    "section": ("section", "category"),
    "place": ("place", "location", "dateline"),
}


def read_rows(text: str) -> Iterator[dict[str, str]]:
    """Each row with the keys of a JSON line, empty cells left out. Raises SourceError when there is no text column."""
    csv.field_size_limit(MAX_CELL)
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    rows = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, restkey="_more", restval="")
    names = {name.strip().lower(): name for name in rows.fieldnames or () if name}
    chosen = {key: next((names[one] for one in known if one in names), None) for key, known in _COLUMNS.items()}
    if chosen["text"] is None:
        raise SourceError(f"has no column named text; its columns are {', '.join(list(names)[:12]) or 'without names'}")
    try:
        for row in rows:
            yield {key: row[name] for key, name in chosen.items() if name and row.get(name)}
    except csv.Error as error:
        raise SourceError(f"is no readable table at row {rows.line_num}: {error}") from error

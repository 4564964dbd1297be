"""Near-copies: which articles of a library tell the same, and which one of them counts.

Who is a near-copy of whom is a matter of two sketches alone (:func:`qa.library.sketches.near_copies`). Articles that
hang together by it are gone through from the earliest published, ties by id: each counts as the first before it of
which it is a near-copy and that counts itself, else it counts itself. So the groups follow from what is in the
library, whatever the order in which it came. All is done in the transaction that changes the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, delete, insert, select, update

from qa.library.database import portions
from qa.library.records import Revised
from qa.library.schema import articles, buckets, sketches
from qa.library.sketches import Sketch, near_copies
from qa.values import Copy


def forget(connection: Connection, ids: Sequence[str]) -> set[int]:
    """Take articles out of their groups, before they go or change; the numbers of those they leave behind."""
    gone = _sketches(connection, sketches.c.article_id, ids)
    if not gone:
        return set()
    web = _Web(connection, gone)
    left = {number for neighbours in web.neighbours(gone) for number in neighbours} - set(gone)
    for number, sketch in gone.items():
        connection.execute(delete(buckets).where(buckets.c.number == number, buckets.c.bucket.in_(sketch.buckets)))
    for some in portions(gone):
        connection.execute(delete(sketches).where(sketches.c.number.in_(some)))
    return left


def regroup(connection: Connection, revised: Sequence[Revised], left: Iterable[int] = ()) -> None:
    """Put articles that are new or changed into groups, and those that others have left behind."""
    rows = [{"article_id": one.article.id, "sketch": one.sketch.written()} for one in revised if one.sketch]
    if rows:
        connection.execute(insert(sketches), rows)
    added = _sketches(connection, sketches.c.article_id, [row["article_id"] for row in rows])
    entries = [{"bucket": key, "number": number} for number, sketch in added.items() for key in set(sketch.buckets)]
    if entries:
        connection.execute(insert(buckets), entries)
    _settle(connection, {**_sketches(connection, sketches.c.number, list(left)), **added})


def copies_of(connection: Connection, ids: Iterable[str]) -> dict[str, list[Copy]]:
    """By the id of an article that counts for others, all of its group, itself too, the earliest first."""
    columns = [articles.c[name] for name in ("counts_as", "id", "title", "source", "url", "published")]
    found: dict[str, list[Copy]] = {}
    for some in portions(sorted(set(ids))):
        for group, *copy in connection.execute(select(*columns).where(articles.c.counts_as.in_(some))):
            found.setdefault(group, []).append(Copy(*copy))
    return {
        id: sorted(each, key=lambda copy: _seniority(copy.published, copy.article_id)) for id, each in found.items()
    }


class _Web:
    """Who is a near-copy of whom, found out as it is asked."""

    def __init__(self, connection: Connection, known: Mapping[int, Sketch]) -> None:
        self._connection = connection
        self._known = dict(known)

    def neighbours(self, numbers: Iterable[int]) -> list[list[int]]:
        """For each number, those of its near-copies."""
        asked = list(numbers)
        met: dict[int, set[int]] = {number: set() for number in asked}
        wanted: dict[int, list[int]] = {}
        for number in asked:
            for key in self._known[number].buckets:
                wanted.setdefault(key, []).append(number)
        for some in portions(wanted):
            for row in self._connection.execute(select(buckets).where(buckets.c.bucket.in_(some))):
                for number in wanted[row.bucket]:
                    met[number].add(row.number)
        unknown = sorted({other for others in met.values() for other in others} - set(self._known))
        self._known |= _sketches(self._connection, sketches.c.number, unknown)
        return [self._copies(number, sorted(others - {number})) for number, others in met.items()]

    def connected(self, numbers: Iterable[int]) -> dict[int, list[int]]:
        """All that hang together with these, each with its near-copies."""
        found: dict[int, list[int]] = {}
        frontier = set(numbers)
        while frontier:
            ordered = sorted(frontier)
            found.update(zip(ordered, self.neighbours(ordered), strict=True))
            frontier = {other for number in ordered for other in found[number]} - set(found)
        return found

    def _copies(self, number: int, others: Sequence[int]) -> list[int]:
        alike = near_copies(self._known[number], [self._known[other] for other in others])
        return [other for other, copy in zip(others, alike, strict=True) if copy]


def _settle(connection: Connection, seeds: Mapping[int, Sketch]) -> None:
    """Say of the seeds, and of all that hang together with them, what they count as."""
    copies = _Web(connection, seeds).connected(seeds)
    query = select(sketches.c.number, articles.c.id, articles.c.published, articles.c.counts_as)
    query = query.join(articles, articles.c.id == sketches.c.article_id)
    found = [row for some in portions(copies) for row in connection.execute(query.where(sketches.c.number.in_(some)))]
    rows = sorted(found, key=lambda row: _seniority(row.published, row.id))
    place = {row.number: index for index, row in enumerate(rows)}
    counting: set[int] = set()
    grouped: dict[int, str] = {}
    for index, row in enumerate(rows):
        first = min((at for number in copies[row.number] if (at := place[number]) in counting), default=None)
        if first is None:
            counting.add(index)
        else:
            grouped[index] = grouped[first] = rows[first].id
    for index, row in enumerate(rows):
        if row.counts_as != grouped.get(index):
            change = update(articles).where(articles.c.id == row.id)
            connection.execute(change.values(counts_as=grouped.get(index)))


def _seniority(published: str | None, id: str) -> tuple[bool, str, str]:
    return published is None, published or "", id


def _sketches(connection: Connection, column: Column[Any], values: Iterable[object]) -> dict[int, Sketch]:
    """The sketches of which ``column`` has one of these values, by number."""
    query = select(sketches.c.number, sketches.c.sketch)
    rows = (row for some in portions(values) for row in connection.execute(query.where(column.in_(some))))
    return {row.number: Sketch.read(row.sketch) for row in rows}

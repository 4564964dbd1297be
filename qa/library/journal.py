"""What readers asked and how they judged the answers, kept in the catalog's database, in tables of its own.

The journal knows nothing of what an exchange holds: it keeps each as a JSON document beside what it is listed by.
A reader is named by a hash; whoever sees the database cannot take a reader's place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from qa.library.database import Database

Verdict = Literal["good", "bad"]

CONVERSATIONS: Final = 500  # kept for a reader; beyond that the one that rested longest goes

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("reader", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("changed", String(40), nullable=False),
    Index("conversations_of_reader", "reader", "changed"),
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("document", Text, nullable=False),
    Index("exchanges_of_conversation", "conversation", "ordinal"),
)

# Stands by itself: what was judged stays readable when the reader deletes the conversation.
feedback = Table(
    "feedback",
    metadata,
    Column("exchange", String(32), primary_key=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("time", String(40), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation in a reader's list. ``changed`` is when it last grew, UTC, ISO 8601."""

    id: str
    title: str
    changed: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's judgement of one answer. ``time`` is UTC, ISO 8601; ``reason`` may be empty."""

    question: str
    answer: str
    verdict: Verdict
    reason: str
    time: str
    exchange: str


class Journal:
    """Conversations and feedback in one database. Each change is one transaction. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        if not all(database.has_table(name) for name in metadata.tables):
            with database.writing() as connection:
                metadata.create_all(connection)

    def keep(self, reader: str, conversation: str, title: str, exchange: str, question: str, document: str) -> None:
        """Put an exchange last in a conversation, which is begun if need be, or in its own place again.

        Nothing happens when the conversation is another reader's, or was deleted while the exchange was written.
        """
        with self._database.writing() as connection:
            owner = connection.execute(
                select(conversations.c.reader).where(conversations.c.id == conversation)
            ).scalar_one_or_none()
            same = exchanges.c.id == exchange
            if (
                owner == reader
                and connection.execute(
                    update(exchanges).where(same, exchanges.c.conversation == conversation).values(document=document)
                ).rowcount
            ):
                return
            if owner is None:
                row = {"id": conversation, "reader": reader, "title": title, "changed": now()}
                connection.execute(insert(conversations), row)
                _forget_oldest(connection, reader)
            elif owner != reader:
                return
            of_it = exchanges.c.conversation == conversation
            last = connection.execute(select(func.max(exchanges.c.ordinal)).where(of_it)).scalar_one()
            place: dict[str, Any] = {"id": exchange, "conversation": conversation, "ordinal": (last or 0) + 1}
            connection.execute(insert(exchanges), place | {"question": question, "document": document})
            touched = update(conversations).where(conversations.c.id == conversation)
            connection.execute(touched.values(changed=now()))

    def of(self, reader: str) -> list[Kept]:
        """A reader's conversations with their questions, the one that grew last first."""
        mine = conversations.c.reader == reader
        listed = select(conversations).where(mine).order_by(conversations.c.changed.desc(), conversations.c.id)
        asked = select(exchanges.c.conversation, exchanges.c.question).join(conversations).where(mine)
        with self._database.reading() as connection:
            questions: dict[str, list[str]] = {}
            for row in connection.execute(asked.order_by(exchanges.c.conversation, exchanges.c.ordinal)):
                questions.setdefault(row.conversation, []).append(row.question)
            return [
                Kept(row.id, row.title, row.changed, tuple(questions.get(row.id, ())))
                for row in connection.execute(listed)
            ]

    def documents(self, reader: str, conversation: str, newest: int | None = None) -> list[str]:
        """The exchanges of a conversation, or its ``newest`` so many, oldest first; none of another reader's."""
        query = (
            select(exchanges.c.document)
            .join(conversations)
            .where(conversations.c.id == conversation, conversations.c.reader == reader)
            .order_by(exchanges.c.ordinal.desc())
        )
        with self._database.reading() as connection:
            return list(connection.execute(query.limit(newest)).scalars())[::-1]

    def rename(self, reader: str, conversation: str, title: str) -> bool:
        """Give a conversation another title; whether it is there and this reader's."""
        named = update(conversations).where(conversations.c.id == conversation, conversations.c.reader == reader)
        with self._database.writing() as connection:
            return bool(connection.execute(named.values(title=title)).rowcount)

    def delete(self, reader: str, conversation: str) -> bool:
        """Delete a conversation with all that was said in it; whether it was there and this reader's."""
        mine = (conversations.c.id == conversation, conversations.c.reader == reader)
        with self._database.writing() as connection:
            there = connection.execute(select(conversations.c.id).where(*mine)).first() is not None
            if there:
                _delete(connection, [conversation])
        return there

    def judge(self, given: Feedback) -> None:
        """Keep a judgement, in the place of an earlier one of the same answer."""
        row: dict[str, Any] = {
            "question": given.question,
            "answer": given.answer,
            "verdict": given.verdict,
            "reason": given.reason,
            "time": given.time,
        }
        with self._database.writing() as connection:
            connection.execute(delete(feedback).where(feedback.c.exchange == given.exchange))
            connection.execute(insert(feedback), row | {"exchange": given.exchange})

    def withdraw(self, exchange: str) -> None:
        """Drop the judgement of an answer."""
        with self._database.writing() as connection:
            connection.execute(delete(feedback).where(feedback.c.exchange == exchange))

    def feedback(self) -> list[Feedback]:
        """All judgements, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(feedback).order_by(feedback.c.time.desc(), feedback.c.exchange))
            return [Feedback(row.question, row.answer, row.verdict, row.reason, row.time, row.exchange) for row in rows]


def now() -> str:
    """This moment, UTC, ISO 8601 with microseconds, so that it sorts as text."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _forget_oldest(connection: Connection, reader: str) -> None:
    newest = conversations.c.changed.desc()
    query = select(conversations.c.id).where(conversations.c.reader == reader).order_by(newest)
    _delete(connection, list(connection.execute(query.offset(CONVERSATIONS)).scalars()))


def _delete(connection: Connection, ids: Sequence[str]) -> None:
    """Spelled out, exchanges first: not every database that has these tables enforces the cascade."""
    for id in ids:
        connection.execute(delete(exchanges).where(exchanges.c.conversation == id))
        connection.execute(delete(conversations).where(conversations.c.id == id))

"""Messages in the database, on the hot path: plain SQL through one cursor, on both databases the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from zorgmessenger import clock, sql
from zorgmessenger.conversations.rules import Case
from zorgmessenger.crypto.envelope import Key
from zorgmessenger.messages import stored
from zorgmessenger.realtime.protocol import MessageKind, StoredMessage

_COLUMNS = (
    ("conversation_id", "uuid"),
    ("seq", "bigint"),
    ("client_id", "uuid"),
    ("sender_id", "uuid"),
    ("at", "timestamptz"),
    ("body_sealed", "bytea"),
    ("kind", "text"),
    ("reply_to", "bigint"),
    ("mentions", "text"),
    ("forwarded", "boolean"),
    ("files", "smallint"),
    ("documents", "smallint"),
)


class Row(Struct, frozen=True):
    """A message that is about to be stored; `body` is sealed, `mentions` as a column keeps people."""

    conversation: UUID
    seq: int
    client_id: UUID
    sender: UUID | None
    at: datetime
    body: bytes
    kind: MessageKind = "text"
    reply_to: int | None = None
    mentions: str = ""
    forwarded: bool = False
    files: int = 0
    documents: int = 0


def seal(key: Key, conversation: UUID, seq: int, body: str) -> bytes:
    """Seals a body for its place."""
    return key.seal(body.encode(), stored.body_place(conversation, seq))


def opened(key: Key, conversation: UUID, seq: int, sealed: bytes) -> str:
    """The body that was sealed for this place; empty where there is none."""
    return key.open(sealed, stored.body_place(conversation, seq)).decode() if sealed else ""


def insert(cursor: sql.Cursor, dialect: sql.Dialect, rows: Sequence[Row]) -> None:
    """Stores new messages."""
    identifier = dialect.id
    values = [
        (
            identifier(row.conversation),
            row.seq,
            identifier(row.client_id),
            identifier(row.sender) if row.sender else None,
            dialect.time(row.at),
            row.body,
            row.kind,
            row.reply_to,
            row.mentions,
            row.forwarded,
            row.files,
            row.documents,
        )
        for row in rows
    ]
    dialect.insert(cursor, "messages_message", _COLUMNS, values)


def known(
    cursor: sql.Cursor, dialect: sql.Dialect, client_ids: Collection[UUID]
) -> dict[tuple[UUID, UUID], tuple[UUID, int, datetime]]:
    """What is stored under these ids: by (sender or the nil id, client id) the conversation, number and time."""
    condition, values = dialect.any_of("client_id", "uuid", [dialect.id(identifier) for identifier in client_ids])
    cursor.execute(
        f"SELECT sender_id, client_id, conversation_id, seq, at FROM messages_message WHERE {condition}",  # noqa: S608
        values,
    )
    return {
        (stored.read_sender(dialect, sender), dialect.read_id(client)): (
            dialect.read_id(conversation),
            seq,
            dialect.read_time(at),
        )
        for sender, client, conversation, seq, at in cursor.fetchall()
    }


def set_last(cursor: sql.Cursor, dialect: sql.Dialect, last: dict[UUID, int]) -> None:
    """Records the newest number of each conversation."""
    rows = [(seq, dialect.id(conversation)) for conversation, seq in last.items()]
    dialect.raise_marks(cursor, "conversations_conversation", ["last_seq"], ["id"], rows)


def advance(cursor: sql.Cursor, dialect: sql.Dialect, marks: dict[tuple[UUID, UUID], tuple[int, int]]) -> None:
    """Raises how far people are: by (conversation, person) the numbers delivered and read."""
    rows = [
        (delivered, read, dialect.id(conversation), dialect.id(person))
        for (conversation, person), (delivered, read) in marks.items()
    ]
    names = ["delivered", "read"], ["conversation_id", "person_id"]
    dialect.raise_marks(cursor, "conversations_participant", *names, rows)


def advance_teams(cursor: sql.Cursor, dialect: sql.Dialect, marks: dict[UUID, tuple[int, int]]) -> None:
    """Raises how far teams are, by conversation."""
    rows = [(delivered, read, dialect.id(conversation)) for conversation, (delivered, read) in marks.items()]
    dialect.raise_marks(cursor, "conversations_conversation", ["team_delivered", "team_read"], ["id"], rows)


def set_cases(cursor: sql.Cursor, dialect: sql.Dialect, cases: dict[UUID, Case]) -> None:
    """Records where these conversations stand for the teams that answer in them."""
    cursor.executemany(
        "UPDATE conversations_conversation SET assignee_id = %s, waiting_since = %s, answer_by = %s, handled_at = %s"
        " WHERE id = %s",
        [
            (
                dialect.id(case.assignee) if case.assignee else None,
                dialect.time(case.waiting_since) if case.waiting_since else None,
                dialect.time(case.answer_by) if case.answer_by else None,
                dialect.time(case.handled_at) if case.handled_at else None,
                dialect.id(conversation),
            )
            for conversation, case in cases.items()
        ],
    )


def marks(
    cursor: sql.Cursor, dialect: sql.Dialect, conversations: Collection[UUID]
) -> dict[tuple[UUID, UUID], tuple[int, int]]:
    """How far everybody in these conversations is: by (conversation, person) delivered and read."""
    condition, values = dialect.any_of(
        "conversation_id", "uuid", [dialect.id(identifier) for identifier in conversations]
    )
    cursor.execute(
        f"SELECT conversation_id, person_id, delivered, read FROM conversations_participant"  # noqa: S608
        f" WHERE {condition} AND left_at IS NULL AND (until IS NULL OR until > %s)",
        [*values, dialect.time(clock.now())],
    )
    return {
        (dialect.read_id(conversation), dialect.read_id(person)): (delivered, read)
        for conversation, person, delivered, read in cursor.fetchall()
    }


def between(
    cursor: sql.Cursor,
    dialect: sql.Dialect,
    key: Key,
    conversation: UUID,
    *,
    above: int,
    below: int,
    limit: int,
    newest: bool,
) -> list[StoredMessage]:
    """Messages with `above` < seq < `below`, at most `limit`: the newest or the oldest of them, oldest first."""
    cursor.execute(
        f"SELECT {stored.COLUMNS} FROM messages_message"  # noqa: S608
        f" WHERE conversation_id = %s AND seq > %s AND seq < %s ORDER BY seq {'DESC' if newest else 'ASC'} LIMIT %s",
        [dialect.id(conversation), above, below, limit],
    )
    rows = cursor.fetchall()
    if newest:
        rows.reverse()
    return stored.told(cursor, dialect, key, conversation, rows)


class Span(Struct, frozen=True):
    """Messages of a conversation with `above` < seq <= `until`."""

    conversation: UUID
    above: int
    until: int


def spans(
    cursor: sql.Cursor, dialect: sql.Dialect, keys: Mapping[UUID, Key], wanted: Sequence[Span]
) -> dict[UUID, list[StoredMessage]]:
    """Messages of many conversations by one question, oldest first; `keys` holds each conversation's."""
    rows: dict[UUID, list[Sequence[Any]]] = {}
    if wanted:
        table, values = _span_table(dialect, wanted)
        columns = ", ".join(f"m.{column.strip()}" for column in stored.COLUMNS.split(","))
        cursor.execute(f"{table} SELECT m.conversation_id, {columns} {_IN_SPANS} ORDER BY m.seq", values)
        for conversation, *row in cursor.fetchall():
            rows.setdefault(dialect.read_id(conversation), []).append(row)
    return {one: stored.told(cursor, dialect, keys[one], one, found) for one, found in rows.items()}


def count_of_others(cursor: sql.Cursor, dialect: sql.Dialect, person: UUID, wanted: Sequence[Span]) -> dict[UUID, int]:
    """How many messages that others than `person` wrote are in each span where there are any; by conversation."""
    if not wanted:
        return {}
    table, values = _span_table(dialect, wanted)
    cursor.execute(
        f"{table} SELECT m.conversation_id, COUNT(*) {_IN_SPANS}"
        " AND m.kind = 'text' AND (m.sender_id IS NULL OR m.sender_id <> %s) GROUP BY m.conversation_id",
        [*values, dialect.id(person)],
    )
    return {dialect.read_id(conversation): count for conversation, count in cursor.fetchall()}


_IN_SPANS = (
    "FROM span CROSS JOIN messages_message m"  # the order in which SQLite is to go: by its index, not through all
    " WHERE m.conversation_id = span.conversation AND m.seq > span.above AND m.seq <= span.until"
)


def _span_table(dialect: sql.Dialect, wanted: Sequence[Span]) -> tuple[str, list[Any]]:
    columns = (("conversation", "uuid"), ("above", "bigint"), ("until", "bigint"))
    return dialect.given("span", columns, [(dialect.id(one.conversation), one.above, one.until) for one in wanted])

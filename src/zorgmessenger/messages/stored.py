"""A message's row as the protocol tells it: the body opened, and what happened to the message since it was sent.

A withdrawn message has no body in its row, so it is told with an empty one. Reactions are in a table of their own and
are asked for only where a message was altered at all: most pages cost one question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from zorgmessenger import sql
from zorgmessenger.access.facts import MessageFacts
from zorgmessenger.crypto.envelope import Key, place
from zorgmessenger.messages import reactions
from zorgmessenger.realtime.protocol import StoredMessage

COLUMNS = (
    "seq, client_id, sender_id, at, body_sealed, reply_to, mentions, forwarded, rev, edited_at, withdrawn_at, seen_by"
)


def body_place(conversation: UUID, seq: int) -> bytes:
    """Where a body is sealed for."""
    return place("messages_message", f"body:{conversation.hex}", seq)


def told(
    cursor: sql.Cursor, dialect: sql.Dialect, key: Key, conversation: UUID, rows: Sequence[Sequence[Any]]
) -> list[StoredMessage]:
    """The messages of `rows`, each read as `COLUMNS`."""
    messages = [_told(dialect, key, conversation, row) for row in rows]
    found = reactions.of(cursor, dialect, key, conversation, [m.seq for m in messages if m.rev and not m.withdrawn_at])
    if not found:
        return messages
    return [msgspec.structs.replace(m, reactions=found[m.seq]) if m.seq in found else m for m in messages]


def altered(
    cursor: sql.Cursor, dialect: sql.Dialect, key: Key, conversation: UUID, *, after: int, until: int, limit: int
) -> list[StoredMessage]:
    """Messages up to number `until` that were altered after revision `after`, at most `limit`, in order of revision."""
    cursor.execute(
        f"SELECT {COLUMNS} FROM messages_message"  # noqa: S608  (a constant)
        " WHERE conversation_id = %s AND rev > 0 AND rev > %s AND seq <= %s ORDER BY rev LIMIT %s",
        [dialect.id(conversation), after, until, limit],
    )
    return told(cursor, dialect, key, conversation, cursor.fetchall())


def one(cursor: sql.Cursor, dialect: sql.Dialect, key: Key, conversation: UUID, seq: int) -> StoredMessage | None:
    """Message `seq`; None where there is none."""
    cursor.execute(
        f"SELECT {COLUMNS} FROM messages_message WHERE conversation_id = %s AND seq = %s",  # noqa: S608  (a constant)
        [dialect.id(conversation), seq],
    )
    return next(iter(told(cursor, dialect, key, conversation, cursor.fetchall())), None)


def facts(cursor: sql.Cursor, dialect: sql.Dialect, conversation: UUID, seq: int) -> MessageFacts | None:
    """What the access rules ask about message `seq`; None where there is none."""
    cursor.execute(
        "SELECT sender_id, at, withdrawn_at FROM messages_message WHERE conversation_id = %s AND seq = %s",
        [dialect.id(conversation), seq],
    )
    row = cursor.fetchone()
    if row is None:
        return None
    sender, at, withdrawn = row
    return MessageFacts(seq, dialect.read_id(sender), dialect.read_time(at), withdrawn=withdrawn is not None)


def write_people(people: Iterable[UUID]) -> str:
    """People as a column keeps them: ids in hexadecimal with spaces between."""
    return " ".join(sorted(person.hex for person in people))


def read_people(column: str) -> list[UUID]:
    """People as read from such a column."""
    return [UUID(person) for person in column.split()]


def _told(dialect: sql.Dialect, key: Key, conversation: UUID, row: Sequence[Any]) -> StoredMessage:
    seq, client, sender, at, body, reply_to, mentions, forwarded, rev, edited, withdrawn, seen_by = row
    return StoredMessage(
        seq=seq,
        id=dialect.read_id(client),
        sender=dialect.read_id(sender),
        at=dialect.read_time(at),
        body="" if withdrawn else key.open(bytes(body), body_place(conversation, seq)).decode(),
        reply_to=reply_to,
        mentions=read_people(mentions),
        forwarded=bool(forwarded),
        rev=rev,
        edited_at=_moment(dialect, edited),
        withdrawn_at=_moment(dialect, withdrawn),
        seen_by=read_people(seen_by),
    )


def _moment(dialect: sql.Dialect, value: Any) -> datetime | None:
    return dialect.read_time(value) if value else None

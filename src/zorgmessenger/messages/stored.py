"""A message's row as the protocol tells it: the body opened, and what happened to the message since it was sent.

A withdrawn message has no body in its row, so it is told with an empty one. Reactions, files and lists of documents are
in tables of their own and are asked for only where a message was altered, or has such, at all: most pages cost one
question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from zorgmessenger import sql
from zorgmessenger.access.facts import ConversationFacts, Member, MessageFacts
from zorgmessenger.crypto.envelope import Key, place
from zorgmessenger.files import cards
from zorgmessenger.ids import NIL
from zorgmessenger.messages import documents, reactions
from zorgmessenger.realtime.protocol import Message, StoredMessage

COLUMNS = (
    "seq, client_id, sender_id, at, body_sealed, reply_to, mentions, forwarded, rev, edited_at, withdrawn_at, seen_by,"
    " kind, files, documents"
)


def body_place(conversation: UUID, seq: int) -> bytes:
    """Where a body is sealed for."""
    return place("messages_message", _body_column(conversation), seq)


def _body_column(conversation: UUID) -> str:
    return f"body:{conversation.hex}"


def told(
    cursor: sql.Cursor, dialect: sql.Dialect, key: Key, conversation: UUID, rows: Sequence[Sequence[Any]]
) -> list[StoredMessage]:
    """The messages of `rows`, each read as `COLUMNS`."""
    where = partial(place, "messages_message", _body_column(conversation))
    messages = [_told(dialect, key, where, row) for row in rows]
    present = {message.seq for message in messages if not message.withdrawn_at}
    files = cards.of(cursor, dialect, key, conversation, [r[0] for r in rows if r[-2] and r[0] in present])
    asked = documents.of(cursor, dialect, key, conversation, [r[0] for r in rows if r[-1] and r[0] in present])
    reacted = reactions.of(cursor, dialect, key, conversation, [m.seq for m in messages if m.rev and m.seq in present])
    if not (files or asked or reacted):
        return messages
    return [
        msgspec.structs.replace(
            m, reactions=reacted.get(m.seq, []), files=files.get(m.seq, []), documents=asked.get(m.seq, [])
        )
        if m.seq in reacted or m.seq in files or m.seq in asked
        else m
        for m in messages
    ]


def altered(
    cursor: sql.Cursor,
    dialect: sql.Dialect,
    key: Key,
    conversation: UUID,
    *,
    after: int,
    above: int,
    until: int,
    limit: int,
) -> list[StoredMessage]:
    """Messages with `above` < seq <= `until` altered after revision `after`, at most `limit`, in order of revision."""
    cursor.execute(
        f"SELECT {COLUMNS} FROM messages_message"  # noqa: S608  (a constant)
        " WHERE conversation_id = %s AND rev > 0 AND rev > %s AND seq > %s AND seq <= %s ORDER BY rev LIMIT %s",
        [dialect.id(conversation), after, above, until, limit],
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
    """What the access rules ask about message `seq` that somebody wrote; None where there is none."""
    cursor.execute(
        "SELECT sender_id, at, withdrawn_at FROM messages_message"
        " WHERE conversation_id = %s AND seq = %s AND kind = 'text'",
        [dialect.id(conversation), seq],
    )
    row = cursor.fetchone()
    if row is None:
        return None
    sender, at, withdrawn = row
    return MessageFacts(seq, dialect.read_id(sender), dialect.read_time(at), withdrawn=withdrawn is not None)


def unanswered_since(
    cursor: sql.Cursor, dialect: sql.Dialect, conversation: UUID, client: UUID | None
) -> datetime | None:
    """When the first message came that a client wrote after the last answer; withdrawn ones do not count."""
    if client is None:
        return None
    standing = "conversation_id = %s AND kind = 'text' AND withdrawn_at IS NULL"
    mine = [dialect.id(conversation), dialect.id(client)]
    cursor.execute(
        f"SELECT at FROM messages_message WHERE {standing} AND sender_id = %s AND seq > COALESCE("  # noqa: S608  (a constant)
        f"(SELECT MAX(seq) FROM messages_message WHERE {standing} AND sender_id <> %s), 0) ORDER BY seq LIMIT 1",
        mine + mine,
    )
    row = cursor.fetchone()
    return dialect.read_time(row[0]) if row else None


def write_people(people: Iterable[UUID]) -> str:
    """People as a column keeps them: ids in hexadecimal with spaces between."""
    return " ".join(sorted(person.hex for person in people))


def read_people(column: str) -> list[UUID]:
    """People as read from such a column."""
    return [UUID(person) for person in column.split()] if column else []


def read_sender(dialect: sql.Dialect, sender: object) -> UUID:
    """A sender as read; the nil id for nobody."""
    return dialect.read_id(sender) if sender else NIL


def seen_from(
    member: Member, conversation: ConversationFacts, messages: Iterable[StoredMessage]
) -> list[StoredMessage]:
    """The messages as `member` may see them: of others' files what they may, and a team as one to its client."""
    seen = [to_others(message) if message.sender != member.person else message for message in messages]
    if conversation.team is None or member.role.staff:
        return seen
    return [to_client(message, conversation.team, conversation.client) for message in seen]


Told = TypeVar("Told", StoredMessage, Message)


def to_others(message: Told) -> Told:
    """A message as everybody but its sender sees it: nothing of files that were not found clean."""
    if all(file.state == "ready" for file in message.files):
        return message
    return msgspec.structs.replace(message, files=[cards.to_others(file) for file in message.files])


def to_client(message: StoredMessage, team: UUID, client: UUID | None) -> StoredMessage:
    """A message as the client of a team sees it."""
    if not (message.seen_by or message.reactions or message.mentions):
        return message

    def as_one(people: Iterable[UUID]) -> list[UUID]:
        return list(dict.fromkeys(person if person == client else team for person in people))

    return msgspec.structs.replace(
        message,
        seen_by=as_one(message.seen_by),
        mentions=as_one(message.mentions),
        reactions=[msgspec.structs.replace(one, people=as_one(one.people)) for one in message.reactions],
    )


def _told(dialect: sql.Dialect, key: Key, where: Callable[[int], bytes], row: Sequence[Any]) -> StoredMessage:
    seq, client, sender, at, body, reply_to, mentions, forwarded, rev, edited, withdrawn, seen_by, kind, _, _ = row
    return StoredMessage(
        seq=seq,
        id=dialect.read_id(client),
        sender=read_sender(dialect, sender),
        at=dialect.read_time(at),
        body="" if withdrawn else key.open(bytes(body), where(seq)).decode(),
        reply_to=reply_to,
        mentions=read_people(mentions),
        forwarded=bool(forwarded),
        rev=rev,
        edited_at=_moment(dialect, edited),
        withdrawn_at=_moment(dialect, withdrawn),
        seen_by=read_people(seen_by),
        kind=kind,
    )


def _moment(dialect: sql.Dialect, value: Any) -> datetime | None:
    return dialect.read_time(value) if value else None

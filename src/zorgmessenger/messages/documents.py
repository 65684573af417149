"""Documents that staff ask a client for: a list in a message, and which of them have come.

Laws (the rules DOC-1 … are in docs/files.md):
1. The names are sealed for their place; which of them are done is not, so that what is missing in many conversations is
   one question.
2. Whatever changes in a list is an alteration of the message that asks: the conversation's next revision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from zorgmessenger import sql
from zorgmessenger.access.proofs import MayRead
from zorgmessenger.crypto.envelope import Key, place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.realtime.protocol import RequestedDocument

MOST = 1_000
_COLUMNS = (
    ("conversation_id", "uuid"),
    ("seq", "bigint"),
    ("number", "smallint"),
    ("name_sealed", "bytea"),
    ("done", "boolean"),
)


def ask(cursor: sql.Cursor, dialect: sql.Dialect, key: Key, conversation: UUID, seq: int, names: Sequence[str]) -> None:
    """Puts the list of message `seq`, numbered from 1."""
    rows = [
        (dialect.id(conversation), seq, number, key.seal(name.encode(), _place(conversation, seq, number)), False)
        for number, name in enumerate(names, start=1)
    ]
    dialect.insert(cursor, "messages_requesteddocument", _COLUMNS, rows)


def of(
    cursor: sql.Cursor, dialect: sql.Dialect, key: Key, conversation: UUID, seqs: Collection[int]
) -> dict[int, list[RequestedDocument]]:
    """The lists of these messages, by number."""
    if not seqs:
        return {}
    condition, values = dialect.any_of("seq", "bigint", list(seqs))
    cursor.execute(
        f"SELECT seq, number, name_sealed, done, answer FROM messages_requesteddocument"  # noqa: S608  (built of constants)
        f" WHERE conversation_id = %s AND {condition} ORDER BY seq, number",
        [dialect.id(conversation), *values],
    )
    found: dict[int, list[RequestedDocument]] = defaultdict(list)
    for seq, number, sealed, done, answer in cursor.fetchall():
        name = key.open(bytes(sealed), _place(conversation, seq, number)).decode()
        found[seq].append(RequestedDocument(name=name, done=bool(done), answer=answer))
    return found


class Missing(Struct, frozen=True):
    """A document that was asked for and has not come."""

    conversation: UUID
    seq: int
    number: int
    name: str
    sender: UUID
    at: datetime


def missing(cursor: sql.Cursor, dialect: sql.Dialect, proofs: Mapping[UUID, MayRead]) -> list[Missing]:
    """What has not come of all that was asked for in these conversations, the oldest first; at most `MOST`."""
    if not proofs:
        return []
    condition, values = dialect.any_of("d.conversation_id", "uuid", [dialect.id(one) for one in proofs])
    cursor.execute(
        "SELECT d.conversation_id, d.seq, d.number, d.name_sealed, m.sender_id, m.at"  # noqa: S608  (built of constants)
        " FROM messages_requesteddocument d"
        " JOIN messages_message m ON m.conversation_id = d.conversation_id AND m.seq = d.seq"
        f" WHERE {condition} AND d.done = %s AND m.withdrawn_at IS NULL ORDER BY m.at, d.seq, d.number LIMIT {MOST}",
        [*values, False],
    )
    found = []
    for identifier, seq, number, sealed, sender, at in cursor.fetchall():
        proof = proofs[dialect.read_id(identifier)]
        if seq > proof.above:
            here = proof.conversation
            key = keyring().conversation(here.id, here.organisation)
            name = key.open(bytes(sealed), _place(here.id, seq, number)).decode()
            found.append(Missing(here.id, seq, number, name, dialect.read_id(sender), dialect.read_time(at)))
    return found


def is_asked(cursor: sql.Cursor, dialect: sql.Dialect, conversation: UUID, seq: int, number: int) -> bool:
    """Whether message `seq` asks for a document of this number."""
    cursor.execute(
        "SELECT 1 FROM messages_requesteddocument WHERE conversation_id = %s AND seq = %s AND number = %s",
        [dialect.id(conversation), seq, number],
    )
    return cursor.fetchone() is not None


def settle(
    cursor: sql.Cursor,
    dialect: sql.Dialect,
    conversation: UUID,
    seq: int,
    number: int,
    *,
    done: bool,
    answer: int | None = None,
) -> None:
    """Says that a document that is asked for is done, by message `answer` or in another way; or that it is not."""
    cursor.execute(
        "UPDATE messages_requesteddocument SET done = %s, answer = %s"
        " WHERE conversation_id = %s AND seq = %s AND number = %s",
        [done, answer, dialect.id(conversation), seq, number],
    )


def reopen(cursor: sql.Cursor, dialect: sql.Dialect, conversation: UUID, answer: int) -> int | None:
    """DOC-4: asks again for what message `answer` brought; gives which message asks for it, if any."""
    cursor.execute(
        "UPDATE messages_requesteddocument SET done = %s, answer = NULL WHERE conversation_id = %s AND answer = %s"
        " RETURNING seq",
        [False, dialect.id(conversation), answer],
    )
    row = cursor.fetchone()
    return row[0] if row else None


def _place(conversation: UUID, seq: int, number: int) -> bytes:
    return place("messages_requesteddocument", f"name:{conversation.hex}:{seq}", number)

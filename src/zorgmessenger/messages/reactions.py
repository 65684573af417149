"""Reactions in the database: one for each person and message, sealed for its place.

What somebody feels about a message is content, so a reaction is sealed as a body is, and padded, so that its length
tells nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import get_args
from uuid import UUID

import msgspec

from zorgmessenger import sql
from zorgmessenger.crypto.envelope import Key, place
from zorgmessenger.realtime.protocol import Reacted, Reaction

REACTIONS: tuple[Reaction, ...] = get_args(Reaction)
_WIDTH = max(map(len, REACTIONS))


def put(
    cursor: sql.Cursor,
    dialect: sql.Dialect,
    key: Key,
    *,
    conversation: UUID,
    seq: int,
    person: UUID,
    reaction: Reaction | None,
) -> None:
    """Puts somebody's reaction in place of the one before; None takes it away."""
    where = [dialect.id(conversation), seq, dialect.id(person)]
    cursor.execute("DELETE FROM messages_reaction WHERE conversation_id = %s AND seq = %s AND person_id = %s", where)
    if reaction is not None:
        sealed = key.seal(reaction.ljust(_WIDTH).encode(), _place(conversation, person, seq))
        cursor.execute(
            "INSERT INTO messages_reaction (conversation_id, seq, person_id, reaction_sealed) VALUES (%s, %s, %s, %s)",
            [*where, sealed],
        )


def clear(cursor: sql.Cursor, dialect: sql.Dialect, conversation: UUID, seq: int) -> None:
    """Takes all reactions to a message away."""
    cursor.execute(
        "DELETE FROM messages_reaction WHERE conversation_id = %s AND seq = %s", [dialect.id(conversation), seq]
    )


def of(
    cursor: sql.Cursor, dialect: sql.Dialect, key: Key, conversation: UUID, seqs: Collection[int]
) -> Mapping[int, list[Reacted]]:
    """The reactions to these messages, by number, in the order in which reactions are offered."""
    if not seqs:
        return {}
    condition, values = dialect.any_of("seq", "bigint", list(seqs))
    cursor.execute(
        f"SELECT seq, person_id, reaction_sealed FROM messages_reaction"  # noqa: S608  (built of constants)
        f" WHERE conversation_id = %s AND {condition} ORDER BY id",
        [dialect.id(conversation), *values],
    )
    people: dict[int, dict[Reaction, list[UUID]]] = {}
    for seq, identifier, sealed in cursor.fetchall():
        person = dialect.read_id(identifier)
        name = key.open(bytes(sealed), _place(conversation, person, seq)).decode().strip()
        people.setdefault(seq, {}).setdefault(msgspec.convert(name, Reaction), []).append(person)
    return {
        seq: [Reacted(reaction, found[reaction]) for reaction in REACTIONS if reaction in found]
        for seq, found in people.items()
    }


def _place(conversation: UUID, person: UUID, seq: int) -> bytes:
    return place("messages_reaction", f"reaction:{conversation.hex}:{person.hex}", seq)

"""What the access rules ask about conversations, read afresh each time: a right that was taken away is gone at once.

One question for all conversations of a batch keeps that cheap. With `lock`, the conversations' rows are held until the
transaction ends, in order of id, so that nobody waits in a circle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from zorgmessenger import sql
from zorgmessenger.access.facts import ConversationFacts, Kind, Member, Role
from zorgmessenger.errors import NotFound


@dataclass(frozen=True, slots=True)
class Known:
    """A conversation as it stands: the facts, its participants as members, its newest number."""

    facts: ConversationFacts
    members: Mapping[UUID, Member]
    last_seq: int


def load(conversations: Collection[UUID], *, lock: bool = False) -> dict[UUID, Known]:
    """The conversations among these that exist."""
    dialect = sql.dialect(connection.vendor)
    wanted = [dialect.id(identifier) for identifier in conversations]
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        condition, values = dialect.any_of("id", "uuid", wanted)
        cursor.execute(
            "SELECT id, organisation_id, kind, client_id, last_seq FROM conversations_conversation"  # noqa: S608
            f" WHERE {condition} ORDER BY id{dialect.for_update if lock else ''}",
            values,
        )
        rows = cursor.fetchall()
        members = _members(cursor, dialect, wanted)
    return {known.facts.id: known for known in (_known(dialect, row, members) for row in rows)}


def one(conversation: UUID) -> Known:
    """One conversation.

    Raises:
        NotFound: there is none.
    """
    found = load([conversation])
    if conversation not in found:
        raise NotFound("no such conversation")
    return found[conversation]


def _members(cursor: sql.Cursor, dialect: sql.Dialect, wanted: list[object]) -> dict[object, list[tuple[object, str]]]:
    condition, values = dialect.any_of("p.conversation_id", "uuid", wanted)
    cursor.execute(
        "SELECT p.conversation_id, p.person_id, m.role FROM conversations_participant p"  # noqa: S608
        " JOIN conversations_conversation c ON c.id = p.conversation_id"
        " JOIN organisations_membership m ON m.organisation_id = c.organisation_id AND m.person_id = p.person_id"
        f" JOIN accounts_person a ON a.id = p.person_id"
        f" WHERE {condition} AND p.left_at IS NULL AND m.active AND a.is_active",
        values,
    )
    found: dict[object, list[tuple[object, str]]] = {}
    for conversation, person, role in cursor.fetchall():
        found.setdefault(conversation, []).append((person, role))
    return found


def _known(dialect: sql.Dialect, row: tuple[Any, ...], members: dict[object, list[tuple[object, str]]]) -> Known:
    identifier, organisation, kind, client, last_seq = row
    home = dialect.read_id(organisation)
    people = {
        person: Member(person, home, Role(role))
        for person, role in ((dialect.read_id(raw), role) for raw, role in members.get(identifier, []))
    }
    facts = ConversationFacts(
        id=dialect.read_id(identifier),
        organisation=home,
        kind=Kind(kind),
        participants=frozenset(people),
        client=dialect.read_id(client) if client else None,
    )
    return Known(facts, people, last_seq)

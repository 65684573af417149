"""What the access rules ask about conversations, read afresh each time: a right that was taken away is gone at once.

One question for all conversations of a batch keeps that cheap. With `lock`, the conversations' rows are held until the
transaction ends, in order of id, so that nobody waits in a circle.

Whose time is over does not take part, at once and whatever else runs late. Where it was the only member of staff the
conversation is closed, since nobody would read what the client writes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from msgspec import Struct

from zorgmessenger import clock, sql
from zorgmessenger.access import rules
from zorgmessenger.access.facts import ConversationFacts, Kind, Member, Role
from zorgmessenger.conversations.rules import Case
from zorgmessenger.errors import NotFound

_COLUMNS = (
    "id, organisation_id, kind, client_id, last_seq, last_rev, closed_at, notes_of_id, team_id,"
    " team_delivered, team_read, assignee_id, waiting_since, answer_by, handled_at"
)
_ROLES = {role.value: role for role in Role}


class Known(Struct, frozen=True):
    """A conversation as it stands: the facts, its participants as members, how far each is, its newest numbers."""

    facts: ConversationFacts
    members: Mapping[UUID, Member]
    marks: Mapping[UUID, tuple[int, int]]
    """By person the highest `seq` that was delivered, and that was read."""
    last_seq: int
    last_rev: int
    team_marks: tuple[int, int]
    """The highest `seq` that was delivered to, and read by, anybody who answers or answered for its team."""
    case: Case | None
    """Where it stands for the team that answers in it."""
    notes_of: UUID | None
    """For a team's notes: the conversation they are about."""

    @property
    def clients(self) -> frozenset[UUID]:
        """Who of those who take part is a client."""
        return frozenset(person for person, member in self.members.items() if not member.role.staff)

    def subject(self, writer: UUID) -> UUID | None:
        """The client whose data a message of `writer` is: the one it is with; in a group who wrote it, if a client."""
        return self.facts.client or (writer if writer in self.clients else None)


def load(conversations: Collection[UUID], *, lock: bool = False) -> dict[UUID, Known]:
    """The conversations among these that exist."""
    dialect = sql.dialect(connection.vendor)
    wanted = [dialect.id(identifier) for identifier in conversations]
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        condition, values = dialect.any_of("id", "uuid", wanted)
        cursor.execute(
            f"SELECT {_COLUMNS} FROM conversations_conversation"  # noqa: S608  (names are constants)
            f" WHERE {condition} ORDER BY id{dialect.for_update if lock else ''}",
            values,
        )
        rows = cursor.fetchall()
        members, over = _members(cursor, dialect, wanted)
    return {known.facts.id: known for known in (_known(dialect, row, members, over) for row in rows)}


def one(conversation: UUID, *, lock: bool = False) -> Known:
    """One conversation.

    Raises:
        NotFound: there is none.
    """
    found = load([conversation], lock=lock)
    if conversation not in found:
        raise NotFound("no such conversation")
    return found[conversation]


class _Row(Struct, frozen=True):
    """A participant as read."""

    person: UUID
    role: Role
    marks: tuple[int, int]
    above: int


def _members(
    cursor: sql.Cursor, dialect: sql.Dialect, wanted: list[object]
) -> tuple[dict[object, list[_Row]], set[object]]:
    """By conversation who takes part; and the conversations in which somebody's time is over."""
    condition, values = dialect.any_of("p.conversation_id", "uuid", wanted)
    cursor.execute(
        "SELECT p.conversation_id, p.person_id, m.role, p.delivered, p.read, p.above, p.until"  # noqa: S608
        " FROM conversations_participant p"
        " JOIN conversations_conversation c ON c.id = p.conversation_id"
        " JOIN organisations_membership m ON m.organisation_id = c.organisation_id AND m.person_id = p.person_id"
        f" JOIN accounts_person a ON a.id = p.person_id"
        f" WHERE {condition} AND p.left_at IS NULL AND m.active AND a.is_active",
        values,
    )
    found: dict[object, list[_Row]] = {}
    over: set[object] = set()
    now = clock.now()
    for conversation, person, role, delivered, read, above, until in cursor.fetchall():
        if until is not None and dialect.read_time(until) <= now:
            over.add(conversation)
            continue
        row = _Row(dialect.read_id(person), _ROLES[role], (delivered, read), above)
        found.setdefault(conversation, []).append(row)
    return found, over


def _known(dialect: sql.Dialect, row: tuple[Any, ...], members: dict[object, list[_Row]], over: set[object]) -> Known:
    identifier, organisation, kind, client, last_seq, last_rev, closed_at, notes_of, team, delivered, read, *case = row
    home = dialect.read_id(organisation)
    rows = members.get(identifier, [])
    if client or any(not row.role.staff for row in rows):
        rows = [row for row in rows if rules.meets_clients(row.role)]  # ACC-14
    facts = ConversationFacts(
        id=dialect.read_id(identifier),
        organisation=home,
        kind=Kind(kind),
        participants=frozenset(row.person for row in rows),
        client=dialect.read_id(client) if client else None,
        team=dialect.read_id(team) if team else None,
        closed=closed_at is not None or (identifier in over and not any(row.role.staff for row in rows)),
        above={row.person: row.above for row in rows if row.above},
    )
    people = {row.person: Member(row.person, home, row.role) for row in rows}
    marks = {row.person: row.marks for row in rows}
    return Known(
        facts,
        people,
        marks,
        last_seq,
        last_rev,
        (delivered, read),
        _case(dialect, *case) if team else None,
        dialect.read_id(notes_of) if notes_of else None,
    )


def _case(dialect: sql.Dialect, assignee: Any, waiting_since: Any, answer_by: Any, handled_at: Any) -> Case:
    return Case(
        dialect.read_id(assignee) if assignee else None,
        dialect.read_time(waiting_since) if waiting_since else None,
        dialect.read_time(answer_by) if answer_by else None,
        dialect.read_time(handled_at) if handled_at else None,
    )

"""A conversation as one side of it may see it.

A client sees a team as one: its members do not stand in the list of who takes part, and have come as far as the one who
ever came furthest. Who answered is seen at each answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from zorgmessenger.conversations.facts import Known
from zorgmessenger.conversations.models import Conversation
from zorgmessenger.conversations.rules import Case
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.realtime import protocol

Marks = Mapping[UUID, tuple[int, int]]
"""By person the highest `seq` that was delivered, and that was read."""


def conversation(
    known: Known,
    row: Conversation,
    marks: Marks,
    messages: Sequence[protocol.StoredMessage],
    above: int,
    *,
    to_client: bool,
) -> protocol.Conversation:
    """The conversation for the socket, to who sees its messages above number `above`.

    `marks` are of everybody in it, those who left the organisation included.
    """
    facts = known.facts
    return protocol.Conversation(
        id=facts.id,
        organisation=facts.organisation,
        kind=facts.kind.value,
        created_at=row.created_at,
        last_seq=known.last_seq,
        rev=known.last_rev,
        participants=participants(known, marks, to_client=to_client),
        messages=list(messages),
        client=facts.client,
        team=facts.team,
        notes_of=known.notes_of,
        case=case(known.case) if known.case and not to_client else None,
        title=title(row),
        symbol=row.symbol,
        picture=picture_path(row),
        above=above,
        closed=facts.closed,
    )


def title(row: Conversation) -> str:
    """A group's name; empty for what is no group."""
    if row.title_sealed is None:
        return ""
    return keyring().conversation(row.id, row.organisation_id).open(bytes(row.title_sealed), _place(row.id)).decode()


def picture_path(row: Conversation) -> str:
    """Where who takes part finds a group's picture; empty where it has none."""
    return f"/api/v1/groups/{row.id}/picture?v={row.picture_version}" if row.picture_version else ""


def seal_title(row: Conversation, title: str) -> bytes:
    """A group's name for its row."""
    return keyring().conversation(row.id, row.organisation_id).seal(title.encode(), _place(row.id))


def _place(conversation: UUID) -> bytes:
    return place("conversations_conversation", "title", conversation)


def participants(known: Known, marks: Marks, *, to_client: bool) -> list[protocol.Participant]:
    """Who takes part, and how far each is."""
    facts = known.facts
    if facts.team is None or not to_client:
        return [
            protocol.Participant(person=person, delivered=d, read=r, above=facts.above.get(person, 0))
            for person, (d, r) in marks.items()
        ]
    client = {person: mark for person, mark in marks.items() if person == facts.client}
    delivered, read = known.team_marks
    as_one = {facts.team: (delivered, read)}
    return [protocol.Participant(person=one, delivered=d, read=r) for one, (d, r) in (client | as_one).items()]


def furthest(marks: Marks, but: UUID | None) -> tuple[int, int]:
    """How far those in a team's notes are: as far as the one of them who came furthest."""
    theirs = [mark for person, mark in marks.items() if person != but]
    return max((d for d, _ in theirs), default=0), max((r for _, r in theirs), default=0)


def case(case: Case) -> protocol.Case:
    """Where it stands, for the socket; CASE-3."""
    if case.handled_at is not None:
        return protocol.Case(assignee=case.assignee, handled_at=case.handled_at)
    return protocol.Case(
        assignee=case.assignee,
        waiting_since=case.waiting_since,
        answer_by=case.answer_by,
        handled_at=case.handled_at,
    )

"""Telling everybody in a conversation that it is new or that something about it changed, each what they may see."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from zorgmessenger.access.facts import Role
from zorgmessenger.conversations import facts, views
from zorgmessenger.conversations.facts import Known
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.conversations.people import shown
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import hub


def opened(conversation: UUID) -> None:
    """Tells all who take part of a conversation as it stands; after commit."""
    known = facts.one(conversation)
    staff = known.facts.participants - known.clients
    for people, to_client in ((staff, False), (known.clients, True)):
        if people:
            hub.tell(people, _changed(known, to_client=to_client))


def gone(conversation: UUID, people: Iterable[UUID]) -> None:
    """Tells people that they take part no more; after commit."""
    hub.tell(list(people), protocol.Gone(conversation=conversation))


def _changed(known: Known, *, to_client: bool) -> protocol.Changed:
    row = Conversation.objects.get(pk=known.facts.id)
    marks = {
        one.person_id: (one.delivered, one.read)
        for one in Participant.objects.filter(conversation_id=known.facts.id, left_at=None)
    }
    described = views.conversation(known, marks, row.created_at, [], to_client=to_client)
    seen = {participant.person for participant in described.participants}
    return protocol.Changed(
        conversation=described,
        people=shown(known.facts.organisation, seen, to=Role.CLIENT if to_client else None),
    )

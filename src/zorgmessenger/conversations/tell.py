"""Telling everybody in a conversation that it is new or that something about it changed, each what they may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from zorgmessenger.access.facts import Role
from zorgmessenger.conversations import facts, tell_hours, views
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.conversations.people import shown
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import hub


def changed(conversation: UUID) -> None:
    """Tells all who take part of a conversation as it stands; after commit."""
    known = facts.one(conversation)
    row = Conversation.objects.get(pk=conversation)
    marks = {
        one.person_id: (one.delivered, one.read)
        for one in Participant.objects.present().filter(conversation_id=conversation)
    }
    alike: dict[tuple[bool, int], set[UUID]] = defaultdict(set)
    for person in known.facts.participants:
        alike[person in known.clients, known.facts.above.get(person, 0)].add(person)
    for (to_client, above), people in alike.items():
        described = views.conversation(known, row, marks, [], above, to_client=to_client)
        seen = {participant.person for participant in described.participants}
        to = Role.CLIENT if to_client else None
        frame = protocol.Changed(conversation=described, people=shown(known.facts.organisation, seen, to=to))
        hub.tell(people, frame)
    tell_hours.changed(known)


def gone(conversation: UUID, people: Iterable[UUID]) -> None:
    """Tells people that they take part no more; after commit."""
    hub.tell(list(people), protocol.Gone(conversation=conversation))

"""Telling everybody in a conversation that it is new or that something about it changed, each what they may see.

One telling at a time, and each reads who takes part when it is its turn. So what is told last is how it stands: a
conversation never comes back to who was taken out of it, nor goes from who was brought in again.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from uuid import UUID

from zorgmessenger.access.facts import Kind, Member, Role
from zorgmessenger.conversations import facts, tell_hours, views
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.conversations.people import shown
from zorgmessenger.organisations import members
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import hub

_turn = threading.RLock()
_watching: list[Callable[[UUID], None]] = []


def watch(then: Callable[[UUID], None]) -> None:
    """Has `then` called whenever it may have changed who takes part in a conversation, or whether it is closed."""
    _watching[:] = [then]


def _watched(conversation: UUID) -> None:
    for then in _watching:
        then(conversation)


def changed(conversation: UUID) -> None:
    """Tells all who take part of a conversation as it stands; after commit."""
    with _turn:
        _changed(conversation)
    _watched(conversation)


def gone(conversation: UUID, people: Iterable[UUID]) -> None:
    """Tells those of `people` who take part no more that they do not; after commit."""
    with _turn:
        out = set(people) - facts.one(conversation).facts.participants
        hub.tell(out, protocol.Gone(conversation=conversation))
    _watched(conversation)


def _changed(conversation: UUID) -> None:
    known = facts.one(conversation)
    row = Conversation.objects.get(pk=conversation)
    marks = {
        one.person_id: (one.delivered, one.read)
        for one in Participant.objects.present().filter(conversation_id=conversation)
    }
    cared_for = members.cared_for(known.facts.organisation, known.clients)
    alike: dict[tuple[bool, int, frozenset[UUID]], set[UUID]] = defaultdict(set)
    for person in known.facts.participants:
        to_client, above = person in known.clients, known.facts.above.get(person, 0)
        contacts = frozenset() if to_client else known.members.keys() - known.clients | cared_for.get(person, set())
        alike[to_client, above, frozenset(contacts)].add(person)
    for (to_client, above, contacts), people in alike.items():
        described = views.conversation(known, row, marks, [], above, to_client=to_client)
        seen = {participant.person for participant in described.participants}
        to = Role.CLIENT if to_client else None
        told = shown(known.facts.organisation, seen, to=to)
        frame = protocol.Changed(conversation=described, people=told, contacts=sorted(contacts))
        hub.tell(people, frame)
    tell_hours.changed(known)


def renamed(member: Member) -> None:
    """Tells all who are in a group with somebody what they are called now; after commit."""
    groups = Conversation.objects.filter(organisation_id=member.organisation, kind=Kind.GROUP.value)
    mine = groups.filter(participants__in=Participant.objects.present().filter(person_id=member.person))
    for conversation in mine.values_list("id", flat=True):
        changed(conversation)

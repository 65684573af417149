"""Telling the clients of a conversation when an answer may be expected, as soon as somebody else answers in it.

Of the teams a client can write to they know it from the start.
"""

from __future__ import annotations

from uuid import UUID

from zorgmessenger import clock
from zorgmessenger.conversations import availability, facts
from zorgmessenger.conversations.models import Participant
from zorgmessenger.organisations import members
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import hub


def changed(conversation: facts.Known) -> None:
    """Tells each client who takes part and is connected what a new welcome would tell them; after commit."""
    if conversation.facts.team is not None:
        return
    for person in conversation.clients & frozenset(hub.people()):
        told = availability.of(members.of(person), _conversations(person), clock.now())
        hub.tell([person], protocol.AvailabilityChanged(availability=told.availability, notices=told.notices))


def _conversations(person: UUID) -> list[facts.Known]:
    ids = Participant.objects.present().filter(person_id=person).values_list("conversation_id", flat=True)
    return [one for one in facts.load(list(ids)).values() if person in one.facts.participants]

"""A colleague goes on with what somebody leaves, and the client is told.

HND-1 Handed over is every conversation that a client has with the leaver rather than with a team or with somebody whom
      the leaver stands in for, and every group with clients in which nobody else of the staff takes part.
HND-2 Who goes on sees what the leaver saw, as far read as they had it; the leaver sees nothing more from that moment.
HND-3 Who stood in for the leaver goes on for good, with the care for the client.
HND-4 A conversation is found again under who is in it now: the leaver who comes back starts a new one.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from zorgmessenger import clock
from zorgmessenger.access.facts import Kind
from zorgmessenger.access.proofs import MayHandOver
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log
from zorgmessenger.conversations import actions, facts, joining, tell
from zorgmessenger.conversations.facts import Known
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.organisations.actions import relate
from zorgmessenger.organisations.models import CareRelation, StandIn
from zorgmessenger.origin import Origin


def left_by(person: UUID, organisation: UUID, *, lock: bool = False) -> list[Known]:
    """HND-1: what this person would leave, oldest first."""
    stands_in = set(StandIn.objects.filter(person_id=person, ended_at=None).values_list("conversation", flat=True))
    mine = _of(person, organisation, lock=lock)
    return [known for known in mine if known.facts.id not in stands_in and _needs_somebody(known, person)]


def hand_over(proof: MayHandOver, origin: Origin, log: Log) -> None:
    """HND-2 … HND-4, in the caller's action, with the conversation's row locked; the caller has it told."""
    conversation, organisation, now = proof.conversation, proof.conversation.organisation, clock.now()
    mine = Participant.objects.get(conversation_id=conversation.id, person_id=proof.leaver)
    if proof.to in conversation.participants:
        StandIn.objects.filter(conversation=conversation.id, person_id=proof.to, ended_at=None).update(ended_at=now)
        Participant.objects.filter(conversation_id=conversation.id, person_id=proof.to).update(until=None)
    else:
        joining.begin(conversation.id, proof.to, delivered=mine.delivered, read=mine.read, above=mine.above)
    mine.left_at = now
    mine.save(update_fields=["left_at"])
    if conversation.client is not None:
        _pair_anew(conversation.id, organisation, conversation.kind, {proof.to, conversation.client})
        CareRelation.objects.filter(
            organisation_id=organisation, client_id=conversation.client, staff_id=proof.leaver
        ).delete()
        relate(organisation, conversation.client, proof.to)
        actions.last_as_care(organisation, conversation.client, proof.to)
    log(_entry(proof, origin))


def tell_of_hand_over(conversation: UUID, leaver: UUID) -> None:
    """Tells the leaver that they are out, and everybody in it who takes part now; after commit."""
    tell.gone(conversation, [leaver])
    tell.changed(conversation)


def leave_all(person: UUID, organisation: UUID) -> list[UUID]:
    """Takes somebody out of whatever they still take part in, in the caller's action; gives the groups left empty."""
    known = _of(person, organisation, lock=True)
    ids = [one.facts.id for one in known]
    Participant.objects.filter(conversation_id__in=ids, person_id=person).update(left_at=clock.now())
    empty = [
        one.facts.id
        for one in known
        if one.facts.kind is Kind.GROUP and not one.facts.participants - one.clients - {person}
    ]
    Conversation.objects.filter(pk__in=empty, closed_at=None).update(closed_at=clock.now())

    def told() -> None:
        for identifier in ids:
            tell.gone(identifier, [person])
            tell.changed(identifier)

    transaction.on_commit(told)
    return empty


def _of(person: UUID, organisation: UUID, *, lock: bool) -> list[Known]:
    mine = Participant.objects.filter(person_id=person, left_at=None, conversation__organisation_id=organisation)
    ids = mine.order_by("conversation__created_at").values_list("conversation_id", flat=True)
    found = facts.load(list(ids), lock=lock)
    return [found[identifier] for identifier in found if person in found[identifier].facts.participants]


def _needs_somebody(known: Known, person: UUID) -> bool:
    conversation = known.facts
    if conversation.kind is Kind.GROUP:
        return not conversation.closed and bool(known.clients) and conversation.participants - known.clients == {person}
    return conversation.client is not None and conversation.team is None and known.notes_of is None


def _pair_anew(conversation: UUID, organisation: UUID, kind: Kind, people: set[UUID]) -> None:
    pair = actions.pair_of(organisation, kind, people)
    taken = Conversation.objects.filter(pair=pair).exclude(pk=conversation).exists()
    Conversation.objects.filter(pk=conversation).update(pair=None if taken else pair)


def _entry(proof: MayHandOver, origin: Origin) -> Entry:
    return Entry(
        Tag.CONVERSATION_HANDED_OVER,
        organisation=proof.member.organisation,
        actor=proof.member.person,
        role=proof.member.role.value,
        subject=proof.conversation.client,
        object=str(proof.conversation.id),
        origin=origin,
        detail=f"{proof.leaver} {proof.to}",
    )

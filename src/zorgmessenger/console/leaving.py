"""Somebody leaves: each of their conversations with clients goes to a colleague, and their membership ends with it.

LEA-1 It is one transaction: nothing of it is done where one conversation has nobody to go on with it.
LEA-2 Who left is out within a second: sockets close; sessions end where they belong to no other organisation.
LEA-3 What they had taken for a team is free; their open invitations are withdrawn. Where the organisation's sign-on
      alone opened their account, their own password does from then on: they can be invited again, or elsewhere.
LEA-4 In each conversation an event says who went on, in the words of the reader's language.
LEA-5 An administrator sees that a conversation exists, with which client and of what kind, and nothing that is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from msgspec.structs import replace

from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Kind, Member
from zorgmessenger.access.proofs import MayAdminister
from zorgmessenger.accounts import own_way, signals
from zorgmessenger.accounts.models import Person
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, record
from zorgmessenger.console.administering import administrators, changing, entry
from zorgmessenger.console.people import leave_teams
from zorgmessenger.conversations import handover
from zorgmessenger.conversations.facts import Known
from zorgmessenger.errors import Conflict
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.messages import events
from zorgmessenger.organisations import members, teams
from zorgmessenger.organisations.models import CareRelation, Membership
from zorgmessenger.origin import Origin
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import hub
from zorgmessenger.realtime.protocol import Close

Successors = Mapping[UUID, UUID]
"""By conversation the colleague who goes on with it."""


@dataclass(frozen=True)
class Left:
    """A conversation that needs a colleague: with which client, none for a group; LEA-5."""

    conversation: UUID
    kind: Kind
    client: str


@dataclass(frozen=True)
class Leaving:
    """What somebody would leave."""

    conversations: Sequence[Left]
    invitations: int


def preview(proof: MayAdminister, person: UUID, origin: Origin) -> Leaving:
    """What would be handed over; changes nothing.

    Raises:
        NotFound: no such colleague.
        Refused: `last_administrator`.
    """
    organisation = proof.member.organisation
    other = rules.may_end_membership(proof, members.find(person, organisation), administrators(organisation)).other
    found = handover.left_by(other.person, organisation)
    clients = Person.objects.in_bulk([one.facts.client for one in found if one.facts.client])
    record(entry(Tag.LEAVING_READ, proof, person, origin), *(_seen(proof, one, person, origin) for one in found))
    names = {one.facts.id: clients[one.facts.client].full_name for one in found if one.facts.client}
    left = [Left(one.facts.id, one.facts.kind, names.get(one.facts.id, "")) for one in found]
    return Leaving(left, _open_invitations(organisation, person).count())


def hand_over(proof: MayAdminister, person: UUID, successors: Successors, origin: Origin) -> None:
    """Hands all of somebody's conversations with clients over; they stay.

    Raises:
        NotFound: no such colleague, or nobody to go on.
        Conflict: `hand_over_changed`, the conversations are others than those that were shown.
    """
    with changing(proof) as log:
        found = members.find(person, proof.member.organisation)
        other = rules.may_end_membership(proof, found, administrators(proof.member.organisation)).other
        _hand_over(proof, other, successors, origin, log)


def deactivate(proof: MayAdminister, person: UUID, successors: Successors, origin: Origin) -> None:
    """Ends a membership; LEA-1, LEA-2 and LEA-3.

    Raises:
        NotFound: no such colleague, or nobody to go on.
        Refused: `last_administrator`.
        Conflict: `hand_over_changed`.
    """
    organisation = proof.member.organisation
    with changing(proof) as log:
        found = members.find(person, organisation)
        other = rules.may_end_membership(proof, found, administrators(organisation)).other
        teams.hold(organisation, person)
        _hand_over(proof, other, successors, origin, log)
        end(log, other, lambda tag, what, detail: entry(tag, proof, what, origin, detail))
        _shut_out(person)


def end(log: Log, member: Member, told: Callable[[Tag, UUID, str], Entry]) -> None:
    """Ends a membership that leaves nothing to hand over, in the caller's action, which holds their teams; LEA-3.

    `told` makes what the log says of it.
    """
    organisation, person = member.organisation, member.person
    leave_teams(log, organisation, person)
    for group in handover.leave_all(person, organisation):
        log(told(Tag.GROUP_CLOSED, group, "without staff"))
    CareRelation.objects.filter(organisation_id=organisation, staff_id=person).delete()
    _open_invitations(organisation, person).update(state=Invitation.WITHDRAWN)
    Membership.objects.filter(organisation_id=organisation, person_id=person).update(active=False)
    own_way.give_back(person)
    log(told(Tag.MEMBER_DEACTIVATED, person, ""))


def _hand_over(proof: MayAdminister, other: Member, successors: Successors, origin: Origin, log: Log) -> None:
    organisation = proof.member.organisation
    left = handover.left_by(other.person, organisation, lock=True)
    if {one.facts.id for one in left} != successors.keys():
        raise Conflict("other conversations than were shown", code="hand_over_changed")
    for one in left:
        to = members.find(successors[one.facts.id], organisation)
        handing = rules.may_hand_over(proof, other, to, one.facts)
        handover.hand_over(handing, origin, log)
        event = protocol.EventBody(code="handed_over", person=other.person, stand_in=handing.to)
        events.store_event(one.facts.id, event, clock.now())
        transaction.on_commit(partial(handover.tell_of_hand_over, one.facts.id, other.person))


def _shut_out(person: UUID) -> None:
    """LEA-2, in the caller's action."""
    if members.of(person):
        transaction.on_commit(lambda: hub.close_person(person, Close.RESTART))
    else:
        signals.end_sessions(person)


def _open_invitations(organisation: UUID, person: UUID) -> QuerySet[Invitation]:
    return Invitation.objects.filter(organisation_id=organisation, inviter_id=person, state=Invitation.OPEN)


def _seen(proof: MayAdminister, one: Known, person: UUID, origin: Origin) -> Entry:
    shown = entry(Tag.LEAVING_READ, proof, one.facts.id, origin, str(person))
    return replace(shown, subject=one.facts.client)

"""Telling who is connected that hours, an absence or a notice changed: each is told what a new welcome would tell them.

Called after the commit. What other processes have in memory of hours is read anew within seconds (`hours/lookup.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from zorgmessenger import clock
from zorgmessenger.access.facts import Member, Role
from zorgmessenger.conversations import availability, facts
from zorgmessenger.conversations.models import Participant
from zorgmessenger.organisations.hours import lookup
from zorgmessenger.organisations.models import Membership, Team
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import hub


def changed(organisation: UUID, owner: UUID | None = None) -> None:
    """Tells everybody of the organisation who is connected and depends on `owner`; on None everybody depends."""
    lookup.forget()
    if not hub.people():
        return
    people = _memberships(organisation)
    now = clock.now()
    asked = {team.organisation_id for team in Team.objects.filter(pk__in=[owner] if owner else [])}
    conversations = _conversations(people)
    for person, memberships in people.items():
        mine = [one for one in conversations[person] if person in one.facts.participants]
        can_ask = any(one.role is Role.CLIENT and one.organisation in asked for one in memberships)
        if owner in {None, person} or can_ask or any(owner in availability.owners(one) for one in mine):
            told = availability.of(memberships, mine, now)
            hub.tell([person], protocol.AvailabilityChanged(availability=told.availability, notices=told.notices))


def _memberships(organisation: UUID) -> dict[UUID, list[Member]]:
    """By person who is connected and belongs to the organisation, all memberships."""
    found: dict[UUID, list[Member]] = defaultdict(list)
    rows = Membership.objects.filter(active=True, person__is_active=True, person_id__in=hub.people())
    for row in rows.order_by("since", "id"):
        found[row.person_id].append(Member(row.person_id, row.organisation_id, Role(row.role)))
    return {who: those for who, those in found.items() if any(one.organisation == organisation for one in those)}


def _conversations(people: Collection[UUID]) -> dict[UUID, list[facts.Known]]:
    rows = Participant.objects.filter(person_id__in=list(people), left_at=None)
    found: dict[UUID, list[facts.Known]] = defaultdict(list)
    known = facts.load(set(rows.values_list("conversation_id", flat=True)))
    for person, conversation in rows.values_list("person_id", "conversation_id"):
        if conversation in known:
            found[person].append(known[conversation])
    return found

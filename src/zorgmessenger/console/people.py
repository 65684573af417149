"""Who works in an organisation: names, roles, and the address by which the organisation itself knows them.

PPL-1 Clients are not listed: whom a practitioner treats is no matter of administration.
PPL-2 An address that somebody has from another organisation is not shown: there they may be a client.
PPL-3 A role that changes takes with it what it alone gave: teams, and the care for clients, which is handed over first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from msgspec.structs import replace

from zorgmessenger.access import rules
from zorgmessenger.access.facts import Member, Role
from zorgmessenger.access.proofs import MayAdminister
from zorgmessenger.accounts import addresses
from zorgmessenger.accounts.models import Person
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, record
from zorgmessenger.console.administering import administrators, changing, entry
from zorgmessenger.conversations import handover
from zorgmessenger.conversations import teams as team_conversations
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations import members, teams
from zorgmessenger.organisations.models import CareRelation, Membership, Team
from zorgmessenger.origin import Origin
from zorgmessenger.realtime.hub import hub
from zorgmessenger.realtime.protocol import Close


@dataclass(frozen=True)
class Colleague:
    """Somebody who works here, or did."""

    id: UUID
    first_name: str
    last_name: str
    email: str
    role: Role
    active: bool
    since: datetime


def listed(proof: MayAdminister, origin: Origin) -> list[Colleague]:
    """All who work here or did, by last name; PPL-1 and PPL-2."""
    organisation = proof.member.organisation
    rows = list(Membership.objects.filter(organisation_id=organisation).exclude(role=Role.CLIENT.value))
    record(entry(Tag.MEMBERS_LISTED, proof, organisation, origin))
    people = Person.objects.in_bulk([row.person_id for row in rows])
    known_by = _addresses(organisation, people.keys())
    found = [_colleague(row, people[row.person_id], known_by.get(row.person_id, "")) for row in rows]
    return sorted(found, key=lambda one: (one.last_name.casefold(), one.first_name.casefold()))


def change_role(proof: MayAdminister, person: UUID, role: Role, origin: Origin) -> None:
    """Gives a colleague another role; PPL-3.

    Raises:
        NotFound: no such colleague.
        Refused: `last_administrator`, `hand_over_first`.
    """
    organisation = proof.member.organisation
    with changing(proof) as log:
        other = members.find(person, organisation)
        cares = bool(handover.left_by(person, organisation))
        change = rules.may_change_role(proof, other, role, administrators(organisation), cares=cares)
        if change.role is change.other.role:
            return
        give_role(log, change.other, role)
        log(entry(Tag.ROLE_CHANGED, proof, person, origin, f"{change.other.role.value}>{role.value}"))


def give_role(log: Log, member: Member, role: Role) -> None:
    """Makes a member of staff something else, in the caller's action; PPL-3."""
    organisation, person = member.organisation, member.person
    Membership.objects.filter(organisation_id=organisation, person_id=person).update(role=role.value)
    leave_teams(log, organisation, person, keep=role)
    CareRelation.objects.filter(organisation_id=organisation, staff_id=person).delete()
    team_conversations.join_by_role(log, replace(member, role=role))
    transaction.on_commit(lambda: hub.close_person(person, Close.RESTART))


def leave_teams(log: Log, organisation: UUID, person: UUID, keep: Role | None = None) -> None:
    """Takes somebody out of every team that the role `keep` does not answer for, in the caller's action."""
    rows = Team.objects.filter(organisation_id=organisation, members__person_id=person)
    kind = teams.KINDS.get(keep) if keep else None
    for team in rows.exclude(kind=kind.value) if kind else rows:
        team_conversations.leave(log, team, person)


def _addresses(organisation: UUID, people: Collection[UUID]) -> dict[UUID, str]:
    """PPL-2: the address they were invited by here, else the one of their account where this is all they belong to."""
    accepted = Invitation.objects.filter(organisation_id=organisation, accepted_by__in=people).order_by("sent_at")
    invited = {row.accepted_by_id: addresses.open_address(row.address_sealed) for row in accepted if row.accepted_by_id}
    only_here = Person.objects.filter(pk__in=set(people) - invited.keys()).annotate(n=Count("memberships")).filter(n=1)
    return addresses.primary(list(only_here.values_list("pk", flat=True))) | invited


def _colleague(row: Membership, person: Person, email: str) -> Colleague:
    return Colleague(person.id, person.first_name, person.last_name, email, Role(row.role), row.active, row.since)

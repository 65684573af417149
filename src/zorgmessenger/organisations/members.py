"""Who belongs where: the facts about people that the access rules ask for."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from zorgmessenger import clock
from zorgmessenger.access.facts import Member, Role
from zorgmessenger.organisations.models import CareRelation, Membership


def of(person: UUID) -> list[Member]:
    """A person's active memberships, oldest first."""
    rows = Membership.objects.filter(person_id=person, active=True, person__is_active=True).order_by("since", "id")
    return [Member(row.person_id, row.organisation_id, Role(row.role)) for row in rows]


def find(person: UUID, organisation: UUID) -> Member | None:
    """A person as an active member of one organisation."""
    return next((member for member in of(person) if member.organisation == organisation), None)


def acting(person: UUID, organisation: UUID | None = None) -> Member | None:
    """As whom a person acts: in the organisation named, else as staff where they are staff, else as client."""
    members = [member for member in of(person) if organisation in {None, member.organisation}]
    return next((member for member in members if member.role.staff), members[0] if members else None)


def cares_for(staff: UUID, client: UUID, organisation: UUID) -> bool:
    """Whether this member of staff cares for this client now."""
    relations = CareRelation.objects.filter(organisation_id=organisation, staff_id=staff, client_id=client)
    return relations.filter(_goes_on()).exists()


def contacts(member: Member) -> list[UUID]:
    """Whom a member of staff can start a conversation with: colleagues, and the clients they care for."""
    if not member.role.staff:
        return []
    staff = Membership.objects.filter(organisation_id=member.organisation, active=True, person__is_active=True)
    colleagues = staff.exclude(role=Role.CLIENT).exclude(person_id=member.person).values_list("person_id", flat=True)
    clients = CareRelation.objects.filter(
        _goes_on(),
        organisation_id=member.organisation,
        staff_id=member.person,
        client__memberships__organisation_id=member.organisation,
        client__memberships__active=True,
    ).values_list("client_id", flat=True)
    return [*colleagues, *clients]


def _goes_on() -> Q:
    return Q(until=None) | Q(until__gt=clock.now())


def roles(organisation: UUID, people: Iterable[UUID]) -> dict[UUID, Role]:
    """The roles of `people` in one organisation, those who left included."""
    rows = Membership.objects.filter(organisation_id=organisation, person_id__in=list(people))
    return {row.person_id: Role(row.role) for row in rows}

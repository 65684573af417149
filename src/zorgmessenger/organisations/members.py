"""Who belongs where: the facts about people that the access rules ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Q

from zorgmessenger import clock, sql
from zorgmessenger.access.facts import Member, Role
from zorgmessenger.errors import Refused
from zorgmessenger.organisations import teams
from zorgmessenger.organisations.models import CareRelation, Membership

_OF = (
    "SELECT m.organisation_id, m.role FROM organisations_membership m"
    " JOIN accounts_person a ON a.id = m.person_id"
    " WHERE m.person_id = %s AND m.active AND a.is_active ORDER BY m.since, m.id"
)


def of(person: UUID) -> list[Member]:
    """A person's active memberships, oldest first."""
    dialect = sql.dialect(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(_OF, [dialect.id(person)])
        return [Member(person, dialect.read_id(organisation), Role(role)) for organisation, role in cursor.fetchall()]


def find(person: UUID, organisation: UUID) -> Member | None:
    """A person as an active member of one organisation."""
    return next((member for member in of(person) if member.organisation == organisation), None)


def acting(person: UUID, organisation: UUID | None = None) -> Member | None:
    """As whom a person acts: in the organisation they chose, else where they are staff, else as client.

    Raises:
        Refused: `choose_organisation`, they are staff of several and chose none: that is not for us to guess.
    """
    members = [member for member in of(person) if organisation in {None, member.organisation}]
    staff = [member for member in members if member.role.staff]
    if len(staff) > 1:
        raise Refused("staff of several organisations, and none chosen", code="choose_organisation")
    return next(iter([*staff, *members]), None)


def acting_where_clear(person: UUID, organisation: UUID | None = None) -> Member | None:
    """The same; None also where it is not clear as whom."""
    try:
        return acting(person, organisation)
    except Refused:
        return None


def acting_with(person: UUID, other: UUID, organisation: UUID | None = None) -> Member | None:
    """As whom a person acts towards another: in the organisation they chose, else in the only one of both.

    Raises:
        Refused: `choose_organisation`.
    """
    shared = {member.organisation for member in of(person) if member.role.staff} & {
        one.organisation for one in of(other)
    }
    return acting(person, organisation or (shared.pop() if len(shared) == 1 else None))


def cares_for(staff: UUID, client: UUID, organisation: UUID) -> bool:
    """Whether this member of staff cares for this client now."""
    relations = CareRelation.objects.filter(organisation_id=organisation, staff_id=staff, client_id=client)
    return relations.filter(Q(until=None) | Q(until__gt=clock.now())).exists()


def contacts(member: Member) -> list[UUID]:
    """Whom a member of staff can start a conversation with: colleagues, and the clients of theirs or their teams."""
    if not member.role.staff:
        return []
    staff = Membership.objects.filter(organisation_id=member.organisation, active=True, person__is_active=True)
    colleagues = staff.exclude(role=Role.CLIENT).exclude(person_id=member.person).values_list("person_id", flat=True)
    clients = Membership.objects.filter(
        Q(person__cared_for_by__staff_id=member.person) | Q(person__cared_for_by__team__in=teams.mine(member.person)),
        Q(person__cared_for_by__until=None) | Q(person__cared_for_by__until__gt=clock.now()),
        organisation_id=member.organisation,
        person__cared_for_by__organisation_id=member.organisation,
        active=True,
    ).values_list("person_id", flat=True)
    return [*colleagues, *clients.distinct()]


def cared_for(organisation: UUID, clients: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """By member of staff those of these clients whom they or a team of theirs care for now."""
    relations = CareRelation.objects.filter(organisation_id=organisation, client_id__in=clients)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for name in ("staff_id", "team__members__person_id"):
        now = relations.filter(Q(until=None) | Q(until__gt=clock.now())).exclude(**{name: None})
        for person, client in now.values_list(name, "client_id"):
            found[person].add(client)
    return found


def own_rows(person: UUID) -> list[Membership]:
    """A person's own active memberships."""
    return list(Membership.objects.filter(person_id=person, active=True))


def rows(organisation: UUID, people: Iterable[UUID]) -> list[Membership]:
    """The memberships of `people` in one organisation, of those who left included."""
    return list(Membership.objects.filter(organisation_id=organisation, person_id__in=list(people)))

"""People as others may know them, ready for the socket.

To a client another client is a first name, or what they chose to be called.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.db import connection

from zorgmessenger import sql
from zorgmessenger.access.facts import Role
from zorgmessenger.accounts.models import Person
from zorgmessenger.organisations.models import Membership
from zorgmessenger.realtime import protocol


def shown(organisation: UUID, people: Iterable[UUID], *, to: Role | None) -> list[protocol.Person]:
    """These people, with their role in this organisation, as somebody of the role `to` may know them.

    Who was never in the organisation is left out; `to` is None for all of its staff.
    """
    dialect = sql.dialect(connection.vendor)
    wanted = [dialect.id(person) for person in people]
    if not wanted:
        return []
    condition, values = dialect.any_of("p.id", "uuid", wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.first_name_sealed, p.last_name_sealed, m.role, m.group_name_sealed"  # noqa: S608  (constants)
            " FROM accounts_person p JOIN organisations_membership m ON m.person_id = p.id"
            f" WHERE m.organisation_id = %s AND {condition}",
            [dialect.id(organisation), *values],
        )
        rows = cursor.fetchall()
    return [_person(dialect.read_id(person), organisation, to, *row) for person, *row in rows]


def _person(
    identifier: UUID, organisation: UUID, to: Role | None, first: bytes, last: bytes, role: str, group: bytes | None
) -> protocol.Person:
    person = Person(id=identifier, first_name_sealed=first, last_name_sealed=last)
    first_name, last_name = person.first_name, person.last_name
    if Role(role) is not Role.CLIENT:
        return protocol.Person(id=identifier, first_name=first_name, last_name=last_name, role=role_name(Role(role)))
    in_groups = Membership(organisation_id=organisation, person_id=identifier, group_name_sealed=group)
    group_name = in_groups.group_name or first_name
    if to is Role.CLIENT:
        return protocol.Person(id=identifier, first_name=group_name, last_name="", role="client")
    return protocol.Person(
        id=identifier, first_name=first_name, last_name=last_name, role="client", group_name=group_name
    )


@lru_cache(maxsize=4096)
def author(organisation: UUID, person: UUID) -> protocol.Person | None:
    """A member of staff as the author of an answer. Remembered: a name is asked with each answer of a team."""
    return next(iter(shown(organisation, [person], to=Role.CLIENT)), None)


def role_name(role: Role) -> protocol.RoleName:
    """A role as the protocol writes it."""
    name: protocol.RoleName = role.value
    return name

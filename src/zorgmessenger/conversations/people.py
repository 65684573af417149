"""People as others may know them, ready for the socket.

To a client another client is a first name, or what they chose to be called.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from zorgmessenger.access.facts import Role
from zorgmessenger.accounts.models import Person
from zorgmessenger.organisations import members
from zorgmessenger.organisations.models import Membership
from zorgmessenger.realtime import protocol


def shown(organisation: UUID, people: Iterable[UUID], *, to: Role | None) -> list[protocol.Person]:
    """These people, with their role in this organisation, as somebody of the role `to` may know them.

    Who was never in the organisation is left out; `to` is None for all of its staff.
    """
    rows = {row.person_id: row for row in members.rows(organisation, people)}
    return [_person(person, rows[person.id], to) for person in Person.objects.filter(pk__in=list(rows))]


def _person(person: Person, membership: Membership, to: Role | None) -> protocol.Person:
    first_name, last_name, role = person.first_name, person.last_name, Role(membership.role)
    if role is not Role.CLIENT:
        return protocol.Person(id=person.id, first_name=first_name, last_name=last_name, role=role_name(role))
    group_name = membership.group_name or first_name
    if to is Role.CLIENT:
        return protocol.Person(id=person.id, first_name=group_name, last_name="", role="client")
    return protocol.Person(
        id=person.id, first_name=first_name, last_name=last_name, role="client", group_name=group_name
    )


@lru_cache(maxsize=4096)
def author(organisation: UUID, person: UUID) -> protocol.Person | None:
    """A member of staff as the author of an answer. Remembered: a name is asked with each answer of a team."""
    return next(iter(shown(organisation, [person], to=Role.CLIENT)), None)


def role_name(role: Role) -> protocol.RoleName:
    """A role as the protocol writes it."""
    name: protocol.RoleName = role.value
    return name

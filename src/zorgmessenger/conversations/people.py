"""People as others may know them, ready for the socket. To a client another client is a first name only."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from zorgmessenger.access.facts import Role
from zorgmessenger.accounts.models import Person
from zorgmessenger.organisations import members
from zorgmessenger.realtime import protocol


def shown(organisation: UUID, people: Iterable[UUID], *, to: Role | None) -> list[protocol.Person]:
    """These people, with their role in this organisation, as somebody of the role `to` may know them.

    Who was never in the organisation is left out; `to` is None for all of its staff.
    """
    roles = members.roles(organisation, people)
    to_client = to is Role.CLIENT
    return [
        _person(row, roles[row.id], first_name_only=to_client and roles[row.id] is Role.CLIENT)
        for row in Person.objects.filter(pk__in=list(roles))
    ]


def _person(row: Person, role: Role, *, first_name_only: bool) -> protocol.Person:
    last_name = "" if first_name_only else row.last_name
    return protocol.Person(id=row.id, first_name=row.first_name, last_name=last_name, role=role_name(role))


@lru_cache(maxsize=4096)
def author(organisation: UUID, person: UUID) -> protocol.Person | None:
    """A member of staff as the author of an answer. Remembered: a name is asked with each answer of a team."""
    return next(iter(shown(organisation, [person], to=Role.CLIENT)), None)


def role_name(role: Role) -> protocol.RoleName:
    """A role as the protocol writes it."""
    name: protocol.RoleName = role.value
    return name

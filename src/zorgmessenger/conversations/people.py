"""People as others may know them, ready for the socket."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from zorgmessenger.access.facts import Role
from zorgmessenger.accounts.models import Person
from zorgmessenger.organisations import members
from zorgmessenger.realtime import protocol


def shown(organisation: UUID, people: Iterable[UUID]) -> list[protocol.Person]:
    """These people, with their role in this organisation; who was never in it is left out."""
    roles = members.roles(organisation, people)
    return [
        protocol.Person(id=row.id, first_name=row.first_name, last_name=row.last_name, role=role_name(roles[row.id]))
        for row in Person.objects.filter(pk__in=list(roles))
    ]


def role_name(role: Role) -> protocol.RoleName:
    """A role as the protocol writes it."""
    name: protocol.RoleName = role.value
    return name

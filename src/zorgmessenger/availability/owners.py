"""Whose hours an id names: the organisation's own, a team's or a person's."""

from __future__ import annotations

from uuid import UUID

from zorgmessenger.access.facts import HoursOwner, Member, OwnerKind
from zorgmessenger.organisations import members, teams


def find(identifier: UUID, member: Member | None) -> HoursOwner | None:
    """What has hours under this id in the organisation of `member`; None where nothing has."""
    if member is None:
        return None
    kind = _kind(identifier, member.organisation)
    return HoursOwner(identifier, member.organisation, kind) if kind else None


def _kind(identifier: UUID, organisation: UUID) -> OwnerKind | None:
    if identifier == organisation:
        return OwnerKind.ORGANISATION
    person = members.find(identifier, organisation)
    if person is not None:
        return OwnerKind.PERSON if person.role.staff else None
    team = teams.find(identifier)
    return OwnerKind.TEAM if team is not None and team.organisation == organisation else None

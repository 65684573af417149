"""Whose hours an id names: the organisation's own, a team's or a person's."""

from __future__ import annotations

from uuid import UUID

from django.apps import apps

from zorgmessenger.access.facts import HoursOwner, Member, OwnerKind
from zorgmessenger.organisations import members


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
    return OwnerKind.TEAM if _is_team(identifier, organisation) else None


def _is_team(identifier: UUID, organisation: UUID) -> bool:
    """Teams are another feature's: without it there are none."""
    teams = apps.all_models["organisations"].get("team")
    return teams is not None and teams._default_manager.filter(pk=identifier, organisation_id=organisation).exists()  # noqa: SLF001

"""Telling who may have a plan open that there is a newer version; after commit, and not what it says."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from zorgmessenger import clock
from zorgmessenger.access.facts import Role
from zorgmessenger.organisations.models import Membership
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import hub


def changed(organisation: UUID, client: UUID, version: int) -> None:
    """Tells the client, and the practitioners who care for them now."""
    practitioners = Membership.objects.filter(
        Q(person__cares_for__until=None) | Q(person__cares_for__until__gt=clock.now()),
        organisation_id=organisation,
        role=Role.PRACTITIONER.value,
        active=True,
        person__is_active=True,
        person__cares_for__organisation_id=organisation,
        person__cares_for__client_id=client,
    ).values_list("person_id", flat=True)
    frame = protocol.PlanChanged(organisation=organisation, client=client, version=version)
    hub.tell({client, *practitioners}, frame)

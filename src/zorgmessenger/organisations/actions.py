"""Founding an organisation, and people coming and going."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from zorgmessenger import clock, ids
from zorgmessenger.access.facts import Kind, Member, Role
from zorgmessenger.accounts import own_way
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.organisations import teams
from zorgmessenger.organisations.models import CareRelation, Membership, Organisation
from zorgmessenger.origin import Origin
from zorgmessenger.realtime.hub import hub
from zorgmessenger.realtime.protocol import Close
from zorgmessenger.texts import text


def create(name: str, accent: str = "#0b6b3a") -> Organisation:
    """Founds an organisation with its planning office and client support. Only the host's commands do this.

    With the first one the installation's own log begins.
    """
    with audited() as log:
        organisation = Organisation(id=ids.new(), accent=accent, created_at=clock.now())
        keyring().create_organisation(organisation.id)
        organisation.name = name
        organisation.save(force_insert=True)
        for chain in (organisation.id, ids.NIL):
            log(Entry(Tag.ORGANISATION_CREATED, organisation=chain, object=str(organisation.id)))
        for kind in (Kind.PLANNING, Kind.SUPPORT):
            teams.found(log, organisation.id, kind, text(f"team.{kind.value}", "nl"))
    return organisation


def add_member(log: Log, organisation: UUID, person: UUID, role: Role) -> Member:
    """Makes a person a member, in the caller's action. Who is one already keeps their role; who comes back gets `role`.

    Whether somebody may change sides is asked before, by `invitations.staff.check_side`.
    """
    membership, new = Membership.objects.get_or_create(
        organisation_id=organisation, person_id=person, defaults={"role": role, "since": clock.now()}
    )
    if new or not membership.active:
        membership.active, membership.role, membership.since = True, role.value, clock.now()
        membership.save(update_fields=["active", "role", "since"])
        if Membership.objects.filter(person_id=person).exclude(organisation_id=organisation).exists():
            own_way.give_back(person)  # no organisation's sign-on opens what is another's
        # A policy may bind them from now on: what their devices may hear is asked anew.
        transaction.on_commit(lambda: hub.close_person(person, Close.RESTART))
        log(Entry(Tag.MEMBER_ADDED, organisation=organisation, actor=person, role=membership.role, object=str(person)))
    return Member(person, organisation, Role(membership.role))


def choose_group_name(memberships: Sequence[Member], name: str, origin: Origin) -> None:
    """What a client is called by other clients in groups from now on; empty for their first name."""
    with audited() as log:
        for member in memberships:
            row = Membership.objects.get(organisation_id=member.organisation, person_id=member.person)
            row.group_name = name
            row.save(update_fields=["group_name_sealed"])
            log(
                Entry(
                    Tag.GROUP_NAME_CHOSEN,
                    organisation=member.organisation,
                    actor=member.person,
                    role=member.role.value,
                    origin=origin,
                )
            )


def relate(organisation: UUID, client: UUID, staff: UUID) -> None:
    """Records that a member of staff cares for a client, for good, in the caller's action."""
    relation, _ = CareRelation.objects.get_or_create(
        organisation_id=organisation, client_id=client, staff_id=staff, defaults={"since": clock.now()}
    )
    if relation.until is not None:
        relation.until = None
        relation.save(update_fields=["until"])


def deactivate(organisation: UUID, person: UUID) -> None:
    """Ends a membership; the person's open sockets close at once. Only the host's commands do this."""
    with audited() as log:
        Membership.objects.filter(organisation_id=organisation, person_id=person).update(active=False)
        own_way.give_back(person)
        log(Entry(Tag.MEMBER_DEACTIVATED, organisation=organisation, object=str(person)))
        transaction.on_commit(lambda: hub.close_person(person))

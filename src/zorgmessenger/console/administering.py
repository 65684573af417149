"""How everything here is done: one transaction under the organisation's row lock, the right asked again inside it.

So two administrators who take each other's right away in the same moment leave one of both, and who lost the right a
moment ago changes nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from zorgmessenger.access import rules
from zorgmessenger.access.facts import Role
from zorgmessenger.access.proofs import MayAdminister
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.organisations import members
from zorgmessenger.organisations.models import Membership, Organisation
from zorgmessenger.origin import Origin
from zorgmessenger.realtime.hub import hub
from zorgmessenger.realtime.protocol import Close


@contextmanager
def changing(proof: MayAdminister) -> Iterator[Log]:
    """One change of an organisation.

    Raises:
        Refused: they are no administrator any more.
    """
    member = proof.member
    with audited() as log:
        Organisation.objects.select_for_update(no_key=True).get(pk=member.organisation)
        rules.may_administer(members.find(member.person, member.organisation))
        yield log


def administrators(organisation: UUID) -> int:
    """How many people run an organisation."""
    rows = Membership.objects.filter(organisation_id=organisation, active=True, person__is_active=True)
    return rows.filter(role=Role.ADMINISTRATOR.value).count()


def welcome_anew(organisation: UUID) -> None:
    """What holds for an organisation changed: its members' devices come back and are welcomed with it; after commit."""
    here = Membership.objects.filter(organisation_id=organisation, active=True).values_list("person_id", flat=True)
    for person in {*here}.intersection(hub.people()):
        hub.close_person(person, Close.RESTART)


def entry(tag: Tag, proof: MayAdminister, what: UUID | str, origin: Origin, detail: str = "") -> Entry:
    """What an administrator did or saw."""
    return Entry(
        tag,
        organisation=proof.member.organisation,
        actor=proof.member.person,
        role=proof.member.role.value,
        object=str(what),
        origin=origin,
        detail=detail,
    )

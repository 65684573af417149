"""Planning, changing and cancelling absences. Who stands in comes and goes at once where the absence goes on now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from zorgmessenger import clock
from zorgmessenger.access.proofs import MayPlanAbsence
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited, record
from zorgmessenger.availability import rules, stand_ins, tell
from zorgmessenger.availability.rules import Plan
from zorgmessenger.organisations import members
from zorgmessenger.organisations.hours import lookup, opening
from zorgmessenger.organisations.models import Absence, Membership
from zorgmessenger.origin import Origin


def listed(proof: MayPlanAbsence, origin: Origin) -> list[Absence]:
    """The person's absences that are not over, soonest first."""
    record(_entry(proof, Tag.ABSENCES_READ, str(proof.person), origin))
    mine = Absence.objects.filter(organisation_id=proof.member.organisation, person_id=proof.person)
    return list(mine.filter(last__gte=_today(proof)).order_by("first"))


def plan(proof: MayPlanAbsence, wanted: Plan, origin: Origin) -> Absence:
    """Plans an absence.

    Raises:
        Invalid: AVL-2, AVL-3.
    """
    with _changing(proof) as log:
        _check(proof, wanted, but=None)
        absence = Absence.objects.create(
            organisation_id=proof.member.organisation,
            person_id=proof.person,
            first=wanted.first,
            last=wanted.last,
            stand_in_id=wanted.stand_in,
        )
        log(_entry(proof, Tag.ABSENCE_PLANNED, str(absence.id), origin))
    return absence


def change(proof: MayPlanAbsence, absence: UUID, wanted: Plan, origin: Origin) -> Absence:
    """Gives an absence other days or another stand-in.

    Raises:
        Invalid: AVL-2, AVL-3.
    """
    with _changing(proof) as log:
        row = Absence.objects.select_for_update().get(pk=absence, person_id=proof.person)
        _check(proof, wanted, but=absence)
        row.first, row.last, row.stand_in_id = wanted.first, wanted.last, wanted.stand_in
        row.save(update_fields=["first", "last", "stand_in"])
        log(_entry(proof, Tag.ABSENCE_CHANGED, str(absence), origin))
    return row


def cancel(proof: MayPlanAbsence, absence: UUID, origin: Origin) -> None:
    """Takes an absence back, or ends one that goes on."""
    with _changing(proof) as log:
        Absence.objects.filter(pk=absence, person_id=proof.person).delete()
        log(_entry(proof, Tag.ABSENCE_CANCELLED, str(absence), origin))


@contextmanager
def _changing(proof: MayPlanAbsence) -> Iterator[Log]:
    """One change of a person's absences, one at a time; then what follows from it."""
    with audited() as log:
        # Two absences planned in the same moment would each find no other to lie over.
        Membership.objects.select_for_update().get(organisation_id=proof.member.organisation, person_id=proof.person)
        yield log
    stand_ins.keep()
    tell.changed(proof.member.organisation, proof.person)


def _check(proof: MayPlanAbsence, wanted: Plan, but: UUID | None) -> None:
    organisation = proof.member.organisation
    stands_in = _given(Absence.objects.filter(organisation_id=organisation, stand_in_id=proof.person))
    rules.check_plan(wanted, _today(proof), _plans(organisation, proof.person, but), stands_in)
    stand_in = members.find(wanted.stand_in, organisation) if wanted.stand_in else None
    theirs = _plans(organisation, wanted.stand_in, None) if wanted.stand_in else []
    rules.check_stand_in(wanted, proof.person, stand_in, theirs)


def _plans(organisation: UUID, person: UUID, but: UUID | None) -> list[Plan]:
    rows = Absence.objects.filter(organisation_id=organisation, person_id=person)
    return _given(row for row in rows if row.pk != but)


def _given(rows: Iterable[Absence]) -> list[Plan]:
    return [Plan(row.first, row.last, row.stand_in_id) for row in rows]


def _today(proof: MayPlanAbsence) -> date:
    organisation, now = proof.member.organisation, clock.now()
    return opening.today(lookup.of(organisation, [], now)[organisation].hours, now)


def _entry(proof: MayPlanAbsence, tag: Tag, what: str, origin: Origin) -> Entry:
    member = proof.member
    return Entry(
        tag,
        organisation=member.organisation,
        actor=member.person,
        role=member.role.value,
        object=what,
        origin=origin,
        detail=str(proof.person),
    )

"""Reading and saving a client's safety plan.

PLN-1 The client themselves, and who treats them, read and save it; nobody else knows whether there is one.
PLN-3 A save names the version it was made from. Where somebody else saved meanwhile, it is not done and nothing
      is lost.
PLN-4 Reading and saving are logged with the client as their subject.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from zorgmessenger import clock
from zorgmessenger.access.facts import Member
from zorgmessenger.access.proofs import MayReadPlan, MayWritePlan
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited, record
from zorgmessenger.errors import Conflict
from zorgmessenger.origin import Origin
from zorgmessenger.plans import rules, tell
from zorgmessenger.plans.models import PlanVersion
from zorgmessenger.plans.rules import SafetyPlan


class SavedMeanwhile(Conflict):
    """The plan has a newer version than the one that was changed."""

    code = "plan_changed"


def read(proof: MayReadPlan, origin: Origin) -> PlanVersion | None:
    """The plan as it stands; None where nobody made one yet.

    Raises:
        Unsealable: it does not open.
    """
    newest = _versions(proof.member.organisation, proof.client).first()
    record(_entry(Tag.PLAN_READ, proof.member, proof.client, newest.version if newest else 0, origin))
    return newest


def save(proof: MayWritePlan, before: int, plan: SafetyPlan, origin: Origin) -> PlanVersion:
    """Saves the plan as the version after `before`; 0 is before the first.

    Raises:
        Invalid: PLN-2.
        SavedMeanwhile: PLN-3.
    """
    rules.check_plan(plan)
    member, client, now = proof.member, proof.client, clock.now()
    row = PlanVersion(
        organisation_id=member.organisation,
        client_id=client,
        version=before + 1,
        changed_at=now,
        changed_by_id=member.person,
    )
    row.plan = plan
    try:
        with audited() as log:
            newest = _versions(member.organisation, client).values_list("version", flat=True).first() or 0
            if newest != before:
                raise SavedMeanwhile("somebody else saved the plan")
            row.save(force_insert=True)
            log(_entry(Tag.PLAN_SAVED, member, client, row.version, origin))
            transaction.on_commit(partial(tell.changed, member.organisation, client, row.version))
    except IntegrityError as taken:
        raise SavedMeanwhile("somebody else saved the plan at the same moment") from taken
    return row


def _versions(organisation: UUID, client: UUID) -> QuerySet[PlanVersion]:
    """The newest first."""
    return PlanVersion.objects.filter(organisation_id=organisation, client_id=client).order_by("-version")


def _entry(tag: Tag, member: Member, client: UUID, version: int, origin: Origin) -> Entry:
    return Entry(
        tag,
        organisation=member.organisation,
        actor=member.person,
        role=member.role.value,
        subject=client,
        object=str(client),
        origin=origin,
        detail=str(version),
    )

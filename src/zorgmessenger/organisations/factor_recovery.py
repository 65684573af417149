"""Who of an organisation has somebody's second factor switched off, and sees whose was; the rest is `accounts`'.

It takes the person's own e-mail address, exactly: there is no list to look through.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from zorgmessenger.access import rules
from zorgmessenger.access.facts import Member
from zorgmessenger.access.proofs import MayRecoverFactor, MayReviewRecoveries
from zorgmessenger.accounts import addresses, factor_recovery, limits, second_factor
from zorgmessenger.accounts.factor_recovery import Asked
from zorgmessenger.accounts.models import FactorRecovery, Person
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import record
from zorgmessenger.errors import Conflict
from zorgmessenger.organisations import members, second_factor_policy
from zorgmessenger.origin import Origin


class Kept(Struct, frozen=True):
    """One recovery, opened."""

    id: UUID
    person: Person
    by: Person
    how: str
    note: str
    at: datetime
    due_at: datetime
    outcome: str


def proof_for(member: Member | None, address: str) -> MayRecoverFactor:
    """The right to do it for who has this address.

    Raises:
        ZorgError: as `rules.may_recover_factor`.
        TooMany: too many in a day.
    """
    helper = rules.may_help_who_lost_a_factor(member)
    limits.check(limits.FACTOR_RECOVERIES, str(helper.person))
    owner = addresses.verified_owner(address)
    return rules.may_recover_factor(helper, members.find(owner, helper.organisation) if owner else None)


def ask(proof: MayRecoverFactor, how: str, note: str, origin: Origin) -> FactorRecovery:
    """Begins the waiting time that the organisation chose; where one goes on already, that one.

    Raises:
        Conflict: `no_second_factor`, there is none to switch off.
    """
    if not second_factor.is_on(proof.other.person):
        raise Conflict("no factor", code="no_second_factor")
    member = proof.member
    wait = timedelta(hours=second_factor_policy.policy_of(member.organisation).recovery_hours)
    asked = Asked(member.organisation, member.person, member.role.value, how, note, wait)
    return factor_recovery.ask(Person.objects.get(pk=proof.other.person), asked, origin)


def listed(proof: MayReviewRecoveries, origin: Origin) -> list[Kept]:
    """Each that the organisation asked for, the newest first, at most 100."""
    member = proof.member
    record(
        Entry(
            Tag.FACTOR_RECOVERIES_LISTED,
            organisation=member.organisation,
            actor=member.person,
            role=member.role.value,
            origin=origin,
        )
    )
    rows = list(factor_recovery.of(member.organisation))
    people = Person.objects.in_bulk([row.asked_by for row, _ in rows])
    return [
        Kept(row.id, row.person, people[row.asked_by], row.how, note, row.at, row.due_at, row.outcome)
        for row, note in rows
    ]

"""Of whom an organisation requires a second factor, and how many days of grace they have.

Grace begins when the policy comes to bind a person: when it was set for their side, or when they joined, whichever is
later. It lasts to the end of the last day in Dutch time; without days there is none. Of several organisations the
strictest counts. Who has a second factor owes nothing, and cannot switch it off while one of them requires it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import connection, models
from django.utils.timezone import get_default_timezone
from msgspec import Struct

from zorgmessenger import clock, sql
from zorgmessenger.access.facts import Role
from zorgmessenger.accounts import second_factor
from zorgmessenger.accounts.sessions import has_given_factor
from zorgmessenger.organisations.models import Membership

MOST_DAYS = 60
USUAL_DAYS = 14
MOST_HOURS = 72
USUAL_HOURS = 24
_BINDING = (
    "SELECT m.role, m.since, p.staff_since, p.clients_since, p.days FROM organisations_membership m"
    " JOIN organisations_secondfactorpolicy p ON p.organisation_id = m.organisation_id"
    " WHERE m.person_id = %s AND m.active"
)


class SecondFactorPolicy(models.Model):
    """An organisation's choice, and since when it holds for each side. Without a row nothing is required."""

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.CASCADE, primary_key=True, related_name="second_factor_policy"
    )
    staff_since = models.DateTimeField(null=True)
    clients_since = models.DateTimeField(null=True)
    days = models.IntegerField()
    recovery_hours = models.IntegerField(default=24)
    """Hours that somebody who lost their factor has to wait, and whoever it is in truth to stop it."""


class Policy(Struct, frozen=True):
    """Of whom it is required, the days of grace, and the hours of waiting for who lost theirs."""

    staff: bool = False
    clients: bool = False
    days: int = USUAL_DAYS
    recovery_hours: int = USUAL_HOURS


class Count(Struct, frozen=True):
    """How many people there are of a side, and how many of them have a second factor."""

    people: int
    having: int


def policy_of(organisation: UUID) -> Policy:
    """What holds now."""
    row = SecondFactorPolicy.objects.filter(pk=organisation).first()
    return (
        Policy(row.staff_since is not None, row.clients_since is not None, row.days, row.recovery_hours)
        if row
        else Policy()
    )


def set_policy(organisation: UUID, policy: Policy) -> None:
    """Holds from now on, in the caller's action; for a side of which it was required already, since then."""
    row = SecondFactorPolicy.objects.filter(pk=organisation).first() or SecondFactorPolicy(organisation_id=organisation)
    now = clock.now()
    row.staff_since = (row.staff_since or now) if policy.staff else None
    row.clients_since = (row.clients_since or now) if policy.clients else None
    row.days, row.recovery_hours = policy.days, policy.recovery_hours
    row.save()


def count(organisation: UUID, *, staff: bool) -> Count:
    """How a side of the organisation does; of nobody by name."""
    rows = Membership.objects.filter(organisation_id=organisation, active=True, person__is_active=True)
    side = rows.exclude(role=Role.CLIENT.value) if staff else rows.filter(role=Role.CLIENT.value)
    having = Authenticator.objects.filter(type__in=second_factor.KINDS, user_id__in=side.values("person_id"))
    return Count(side.count(), having.values("user_id").distinct().count())


def required_from(person: UUID) -> datetime | None:
    """From when on this person needs a second factor; None where nobody requires it of them."""
    return min(_ends(person), default=None)


def owed_from(person: UUID, session: str) -> datetime | None:
    """The same, of who has none yet; in a session whose maker asked one nothing is owed."""
    due = required_from(person)
    return None if due is None or second_factor.is_on(person) or has_given_factor(session) else due


def is_barred(person: UUID, session: str) -> bool:
    """Whether every door is closed to this person, in this session, but that of setting a second factor up."""
    due = owed_from(person, session)
    return due is not None and due <= clock.now()


def end_of_grace(since: datetime, days: int) -> datetime:
    """When grace is over that began at `since`: at the end of the last day, or at once where there are no days."""
    if not days:
        return since
    day = since.astimezone(get_default_timezone()) + timedelta(days=days + 1)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def last_day(end: datetime) -> date:
    """The day in Dutch time that ends at `end`."""
    return (end - timedelta(microseconds=1)).astimezone(get_default_timezone()).date()


def _ends(person: UUID) -> Iterator[datetime]:
    dialect = sql.dialect(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(_BINDING, [dialect.id(person)])
        rows = cursor.fetchall()
    for role, joined, staff, clients, days in rows:
        since = clients if role == Role.CLIENT.value else staff
        if since is not None:
            yield end_of_grace(max(dialect.read_time(since), dialect.read_time(joined)), days)

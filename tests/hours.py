"""Hours for tests: the organisations of the test world never close, unless a test says so."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zorgmessenger import clock
from zorgmessenger.organisations.hours import lookup, opening
from zorgmessenger.organisations.hours.notice import Words
from zorgmessenger.organisations.hours.opening import DAY, Block, Hours
from zorgmessenger.organisations.models import Notice, Schedule

ALWAYS = Hours(week=((Block(0, DAY),),) * 7, holidays=frozenset())
NEVER = Hours(week=((),) * 7)


def today() -> date:
    """The present day where the organisations of the test world are; late in the evening that is not UTC's."""
    return opening.today(ALWAYS, clock.now())


def set_hours(organisation: UUID, hours: Hours, owner: UUID | None = None, kind: str = "person") -> None:
    """Sets the hours of the organisation, or of a person or a team of it."""
    row = Schedule(
        organisation_id=organisation, owner=owner or organisation, owner_kind=kind if owner else "organisation"
    )
    row.hours = hours
    Schedule.objects.filter(organisation_id=organisation, owner=row.owner).delete()
    row.save()
    lookup.forget()


def set_words(organisation: UUID, words: Words) -> None:
    """Sets what the organisation says."""
    row = Notice(organisation_id=organisation)
    row.words = words
    row.save()
    lookup.forget()

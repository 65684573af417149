"""What time itself changes: who stands in, and at midnight what people are told of each other's hours.

An absence begins and ends at midnight, and a welcome tells the openings of two weeks: so each new day everybody who is
connected is told anew.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zorgmessenger import clock
from zorgmessenger.availability import stand_ins, tell
from zorgmessenger.organisations.hours import lookup, opening
from zorgmessenger.organisations.models import Organisation

_days: dict[UUID, date] = {}
"""By organisation the day on which everybody was told last."""


def keep() -> None:
    """Brings everything in line with this moment; to be called every few seconds, on any number of processes."""
    for organisation, absent in stand_ins.keep():
        tell.changed(organisation, absent)
    now = clock.now()
    for organisation in Organisation.objects.values_list("id", flat=True):
        today = opening.today(lookup.of(organisation, [], now)[organisation].hours, now)
        if _days.setdefault(organisation, today) != today:
            _days[organisation] = today
            tell.changed(organisation)

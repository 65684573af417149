"""What time itself changes: who stands in, whose break-glass is over, and at midnight what is told of people's hours.

An absence begins and ends at midnight, and a welcome tells the openings of two weeks: so each new day everybody who is
connected is told anew.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zorgmessenger import clock
from zorgmessenger.availability import stand_ins, tell
from zorgmessenger.conversations import actions
from zorgmessenger.organisations import break_glass
from zorgmessenger.organisations.hours import lookup, opening
from zorgmessenger.organisations.models import Organisation

_days: dict[UUID, date] = {}
"""By organisation the day on which everybody was told last."""


def keep() -> None:
    """Brings everything in line with this moment; to be called every few seconds, on any number of processes."""
    for organisation, absent in stand_ins.keep():
        tell.changed(organisation, absent)
    for use in break_glass.end_over():
        actions.tell_care_is_over(use.organisation_id, use.client_id, use.staff_id)
    now, organisations = clock.now(), Organisation.objects.values_list("id", flat=True)
    for organisation, hours in lookup.of_organisations(organisations).items():
        today = opening.today(hours, now)
        if _days.setdefault(organisation, today) != today:
            _days[organisation] = today
            tell.changed(organisation)

"""What is asked about a person before they are told: whether it is quiet where they are.

Quiet hours are times on the clock of the organisation that the person has belonged to longest: people live where they
are cared for and work, and a zone of their own would be one more thing to set wrongly.
"""

from __future__ import annotations

from datetime import datetime

from zorgmessenger.accounts.models import Person
from zorgmessenger.notifications import rules
from zorgmessenger.organisations import members
from zorgmessenger.organisations.hours import lookup


def quiet_until(person: Person, at: datetime) -> datetime | None:
    """When somebody's quiet hours end that it is now; None where it is none."""
    if not person.quiet:
        return None
    home = next(iter(members.of(person.id)), None)
    if home is None:
        return None
    zone = lookup.of(home.organisation, [], at)[home.organisation].hours.zone
    return rules.end_of_quiet(person.quiet, zone, at)

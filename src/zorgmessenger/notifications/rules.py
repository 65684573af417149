"""When somebody is told, as pure functions.

NOT-1 Who is in their quiet hours is told when these end, if it is still unread then.
NOT-2 A mail goes once something was unread for as long as the person chose; at once means after `GRACE`.
NOT-3 After a mail there is no other before the person opened the app, nor within the time they chose, `GAP` at least.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from zorgmessenger.organisations.hours import opening

GRACE = timedelta(seconds=20)
"""What is read within it is told by no notification."""
GAP = timedelta(minutes=15)


def end_of_quiet(quiet: Sequence[int], zone: str, at: datetime) -> datetime | None:
    """When the quiet hours end that it is now; None where it is none.

    `quiet` are from and until when, in minutes from midnight on the clocks of `zone`, or empty.
    """
    if not quiet:
        return None
    begin, end = quiet
    today = at.astimezone(opening.zone(zone)).date()
    for day in (today - timedelta(1), today):
        until = opening.moment(day + timedelta(end <= begin), end, zone)
        if opening.moment(day, begin, zone) <= at < until:
            return until
    return None


def wait(minutes: int) -> timedelta:
    """NOT-2: for how long something is unread before a mail goes."""
    return max(timedelta(minutes=minutes), GRACE)


def next_mail(minutes: int, mailed_at: datetime | None, *, opened: bool) -> datetime | None:
    """NOT-3: the earliest moment for another mail; None where none is to go before the app was opened."""
    if mailed_at is None:
        return datetime.min.replace(tzinfo=opening.zone("UTC"))
    return mailed_at + max(timedelta(minutes=minutes), GAP) if opened else None

"""A session is asked about before its request or connection is let in, where that is due. SON-14 and SON-17.

One of its requests asks; the others wait for that answer. Who finds too many asking waits for a turn.
"""

from __future__ import annotations

from datetime import timedelta

from zorgmessenger import clock
from zorgmessenger.errors import Unavailable
from zorgmessenger.signon import asking, checks
from zorgmessenger.signon.models import Check

BEFORE_LETTING_IN = timedelta(seconds=40)
NOT_WITHOUT = timedelta(minutes=1)
"""From here on nothing is let in before the provider has answered."""


def is_due(session: str) -> bool:
    """Whether the provider has to be asked before the session of this digest is let in."""
    return Check.objects.filter(pk=session, good_at__lte=clock.now() - BEFORE_LETTING_IN).exists()


def let_in(session: str) -> bool:
    """Asks about a session first where that is due; gives whether it goes on. SON-14 and SON-17.

    Raises:
        Unavailable: it cannot be told now.
    """
    row, now = checks.find(session), clock.now()
    if row is None or row.good_at > now - BEFORE_LETTING_IN:
        return row is not None
    if _is_out_of_reach(row):
        checks.end_over(row)
    elif not _ask(row, patient=row.good_at <= now - NOT_WITHOUT):
        raise Unavailable("the organisation's provider is being asked")
    return Check.objects.filter(pk=session).exists()


def _is_out_of_reach(row: Check) -> bool:
    return asking.is_out_of_reach(row.identity.connection_id, row.pk)


def _ask(row: Check, *, patient: bool) -> bool:
    """Gives whether there is an answer, or it can do without one."""
    if not checks.is_under_way(row):
        with asking.queue(row.identity.connection_id).turn(patient=patient) as mine:
            claim = checks.claim(row) if mine else None
            if claim is not None:
                checks.settle(claim, outcome := checks.ask(claim))
                if outcome is None:
                    checks.end_over(row)
                return True
    return not patient or _wait_for(row)


def _wait_for(row: Check) -> bool:
    """Waits until somebody else's question about this session is answered; gives whether it was."""
    with asking.queue(row.identity.connection_id).wait() as may, checks.answered:
        return may and checks.answered.wait_for(lambda: _is_answered(row), asking.PATIENCE)


def _is_answered(row: Check) -> bool:
    return _is_out_of_reach(row) or not Check.objects.filter(pk=row.pk, good_at=row.good_at).exists()

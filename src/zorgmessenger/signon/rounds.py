"""Sessions are asked about again and again by themselves: those in use all the time, the others now and then.

SON-14 A session with an open socket, or a file under way, is asked about when `DUE` has gone by, by `keep`, every
       `EVERY` seconds; any other at its next request or connection, before that is let in. So who leaves is out within
       a minute: 30 + 10 seconds, and what asking takes. With `AT_ONCE` questions under way, each of two requests,
       1,600 sessions are asked about in 20 seconds where a provider takes a tenth of a second, 320 where it takes half
       a one; it never gets more. A round begins nothing after `EVERY` seconds, and takes organisations by turns.
SON-20 Whoever does not come back is asked about every `SELDOM` all the same: their membership ends with their groups.
       That the provider cannot be asked ends no such session.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta
from uuid import UUID

import structlog

from zorgmessenger import clock
from zorgmessenger.accounts import in_use
from zorgmessenger.accounts.sessions import close_ended
from zorgmessenger.realtime.hub import hub
from zorgmessenger.signon import checks
from zorgmessenger.signon.checks import Claim, Outcome
from zorgmessenger.signon.models import Check

_log = structlog.get_logger()
EVERY = 10.0
DUE = timedelta(seconds=30)
AT_ONCE = 8
SELDOM_EVERY = 600.0
SELDOM = timedelta(minutes=10)
SELDOM_AT_ONCE = 2
SELDOM_MOST = 500


def keep() -> None:
    """Asks about every session that is due and in use on this process. SON-14.

    A session that ended elsewhere has no socket here from then on, of whoever it was: the host switches sign-on off in
    a process of its own.
    """
    close_ended()
    here = {session for person in hub.people() for session in hub.sessions(person)} | in_use.lately()
    due = Check.objects.filter(tried_at__lte=clock.now() - DUE).order_by("tried_at") if here else Check.objects.none()
    rows = [row for row in due.values_list("pk", "identity__connection_id") if row[0] in here]
    for claim in _asked(rows, AT_ONCE, EVERY):
        checks.end_over(claim.row)


def keep_all() -> None:
    """Asks about sessions that nobody asked about for long, used or not. SON-20."""
    long_ago = Check.objects.filter(tried_at__lte=clock.now() - SELDOM).order_by("tried_at")
    for _ in _asked(
        list(long_ago.values_list("pk", "identity__connection_id")[:SELDOM_MOST]), SELDOM_AT_ONCE, SELDOM_EVERY
    ):
        pass


def _asked(rows: Iterable[tuple[str, UUID]], at_once: int, seconds: float) -> list[Claim]:
    """Asks, `at_once` at a time, beginning none after so many `seconds`; gives what came to nothing."""
    waiting: dict[UUID, deque[str]] = {}
    for session, organisation in rows:
        waiting.setdefault(organisation, deque()).append(session)
    under_way: dict[Future[Outcome], Claim] = {}
    until = time.monotonic() + seconds
    nothing: list[Claim] = []
    with ThreadPoolExecutor(at_once, thread_name_prefix="sign-on") as threads:
        while True:
            while len(under_way) < at_once and time.monotonic() < until and (claim := _next(waiting, under_way)):
                under_way[threads.submit(checks.ask, claim)] = claim
            if not under_way:
                return nothing
            for answer in wait(under_way, return_when=FIRST_COMPLETED).done:
                claim = under_way.pop(answer)
                if _settled(claim, answer.result()) is None:
                    nothing.append(claim)


def _next(waiting: dict[UUID, deque[str]], under_way: dict[Future[Outcome], Claim]) -> Claim | None:
    """A session of the organisation that is asked least just now."""
    while waiting:
        asked = Counter(claim.provider.organisation for claim in under_way.values())
        organisation = min(waiting, key=lambda one: asked[one])
        row = checks.find(waiting[organisation].popleft())
        if not waiting[organisation]:
            del waiting[organisation]
        claim = checks.claim(row) if row is not None else None
        if claim is not None:
            return claim
    return None


def _settled(claim: Claim, outcome: Outcome) -> Outcome:
    try:
        checks.settle(claim, outcome)
    except Exception:  # noqa: BLE001  (the others' new refresh tokens are to be kept all the same)
        _log.exception("a check of sign-on")
    return outcome

"""The queue of pushes: a row for each device and kind, taken by one process at a time, tried again later each time.

A push of what is new is asked for its count when it goes, and dropped where nothing is unread any more; where quiet
hours began it waits for their end. The network is waited for by a few threads, which ask nothing of the database.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import QuerySet
from msgspec import Struct

from zorgmessenger import clock, sql
from zorgmessenger.crypto.envelope import Unsealable
from zorgmessenger.errors import Invalid
from zorgmessenger.notifications import devices, unread, webpush
from zorgmessenger.notifications.models import Push, Subscription
from zorgmessenger.notifications.people import quiet_until
from zorgmessenger.notifications.webpush import Device, Note, Outcome

_log = structlog.get_logger()
Kind = Literal["new", "call", "test"]
NEW: Kind = "new"
CALL: Kind = "call"
TEST: Kind = "test"
LASTS = {NEW: timedelta(hours=12), CALL: timedelta(seconds=60), TEST: timedelta(seconds=60)}
"""How long a push is worth being brought."""
AT_ONCE = 200
THREADS = 8
_SOON = timedelta(seconds=20)
_LONGEST = timedelta(hours=1)


def put(person: UUID, kind: Kind, *, session: str | None = None) -> int:
    """Queues a push to somebody's devices, or to that of one session; in the caller's transaction. Gives how many."""
    now = clock.now()
    to = Subscription.objects.filter(person_id=person)
    mine = list(to.filter(session_id=session) if session is not None else to)
    for row in mine:
        values = {"due": now, "expires": now + LASTS[kind], "attempts": 0}
        Push.objects.update_or_create(subscription=row, kind=kind, defaults=values)
    return len(mine)


def send() -> None:
    """Sends all that is due."""
    now = clock.now()
    rows = Push.objects.filter(due__lte=now).select_related("subscription__person").order_by("due")[:AT_ONCE]
    taken = [one for one in (_take(row, now) for row in rows) if one is not None]
    if not taken:
        return
    with ThreadPoolExecutor(min(THREADS, len(taken)), thread_name_prefix="push") as threads:
        outcomes = list(threads.map(_sent, taken))
    for one, outcome in zip(taken, outcomes, strict=True):
        _settle(one.row, outcome)


class _Taken(Struct, frozen=True):
    """A push that is this process's to send."""

    row: Push
    device: Device
    note: Note
    authorization: str


def _take(row: Push, now: datetime) -> _Taken | None:
    person, kind = row.subscription.person, row.kind
    count = unread.count(person.id) if kind == NEW else 0
    stale = row.expires <= now or not person.is_active or (kind == NEW and not count)
    quiet = quiet_until(person, now) if kind != TEST else None
    if stale or (quiet is not None and kind == CALL):
        _mine(row).delete()
        return None
    if quiet is not None:
        _mine(row).update(due=quiet, expires=quiet + LASTS[NEW])
        return None
    again = now + min(_SOON * 2**row.attempts, _LONGEST)
    with sql.dialect(connection.vendor).writing(), transaction.atomic():
        if not _mine(row).update(attempts=row.attempts + 1, due=again):
            return None
    row.attempts, row.due = row.attempts + 1, again
    try:
        device = devices.opened(row.subscription)
        left = int((row.expires - now).total_seconds())
        note = Note(kind, count, left, "high" if kind == CALL else "normal")  # type: ignore[arg-type]  # as `put` wrote it
        return _Taken(row, device, note, webpush.authorization(device))
    except (Unsealable, Invalid):
        _log.exception("a device cannot be pushed to", device=str(row.subscription_id))
        return None


def _sent(one: _Taken) -> Outcome:
    try:
        return webpush.push(one.device, one.note, one.authorization)
    except Exception:  # noqa: BLE001  (one device's trouble is not the others')
        _log.exception("pushing", device=str(one.row.subscription_id))
        return Outcome.FAILED


def _settle(row: Push, outcome: Outcome) -> None:
    if outcome is Outcome.GONE:
        devices.forget(row.subscription)
    elif outcome is Outcome.TAKEN:
        _mine(row).delete()


def _mine(row: Push) -> QuerySet[Push]:
    """The row as it was read: a newer push in its place is left alone."""
    return Push.objects.filter(pk=row.pk, attempts=row.attempts, due=row.due)

"""Tells those who were noted what is still unread when their time has come: devices by push, the person by mail.

Each telling moves the row's moment on from where it was read and hands over in the same transaction, to the queue of
pushes and the outbox of mail. So of several processes one tells, and a crash tells neither twice nor never.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from zorgmessenger import clock, sql
from zorgmessenger.accounts import addresses, limits
from zorgmessenger.delivery import outbox, refused
from zorgmessenger.notifications import pushes, rules, unread
from zorgmessenger.notifications.models import Recipient
from zorgmessenger.notifications.people import quiet_until

_log = structlog.get_logger()
AGAIN = timedelta(seconds=30)
"""Until somebody who is at their screen is looked at again."""
AT_ONCE = 500


def tell(attends: Callable[[UUID], bool]) -> None:
    """Tells whoever is due; `attends` says who has the app before them in this moment."""
    now = clock.now()
    due = Recipient.objects.filter(Q(push_at__lte=now) | Q(mail_at__lte=now)).select_related("person")
    for row in due.order_by("pk")[:AT_ONCE]:
        try:
            _tell(row, now, attending=attends(row.person_id))
        except Exception:  # noqa: BLE001  (one person's trouble is not the others'; the next round tries again)
            _log.exception("notifying", person=str(row.person_id))


def _tell(row: Recipient, now: datetime, *, attending: bool) -> None:
    count = unread.count(row.person_id) if row.person.is_active else 0
    later = quiet_until(row.person, now) or (now + AGAIN if attending else None)
    with sql.dialect(connection.vendor).writing(), transaction.atomic():
        when = later if count else None
        if row.push_at is not None and row.push_at <= now and _moved(row, "push_at", when) and count and later is None:
            pushes.put(row.person_id, pushes.NEW)
        if row.mail_at is not None and row.mail_at <= now:
            _mail(row, now, when, due=bool(count) and later is None)


def _mail(row: Recipient, now: datetime, later: datetime | None, *, due: bool) -> None:
    address = addresses.primary([row.person_id]).get(row.person_id) if due else None
    if address is None or row.mail_after == Recipient.NEVER or refused.is_refused(address):
        _moved(row, "mail_at", later)
        return
    marks = unread.marks(row.person_id)
    before = row.mailed_at if row.mailed_at is not None and row.mailed_at <= now else None  # else the clock was ahead
    earliest = rules.next_mail(row.mail_after, before, opened=marks != row.marks_when_mailed)
    if earliest is None or earliest > now:
        _moved(row, "mail_at", earliest)
        return
    if _moved(row, "mail_at", None, mailed_at=now, marks_when_mailed=marks):
        counted, _ = limits.count(limits.DIGESTS, str(row.person_id))
        if counted <= limits.DIGESTS.times:
            values = {"installation": settings.ZORG.installation_name, "link": settings.ZORG.address + "/"}
            outbox.put(address, "new_messages", row.person.language, values)


def _moved(row: Recipient, column: str, moment: datetime | None, **more: object) -> bool:
    """Moves a moment on; False where another process did."""
    mine = Recipient.objects.filter(pk=row.pk, **{column: getattr(row, column)})
    return bool(mine.update(**{column: moment}, **more))

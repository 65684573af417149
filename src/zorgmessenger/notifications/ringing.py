"""A call that started rings on the devices of those who may come in: once, within a minute, and by push alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zorgmessenger import clock, sql
from zorgmessenger.accounts.models import Person
from zorgmessenger.calls.models import Call, CallStay
from zorgmessenger.conversations import facts
from zorgmessenger.conversations.models import Participant
from zorgmessenger.notifications import pushes
from zorgmessenger.notifications.models import Rung
from zorgmessenger.notifications.people import quiet_until


def ring(attends: Callable[[UUID], bool]) -> None:
    """Queues the pushes of calls that just started; of several processes one does."""
    now = clock.now()
    fresh = Call.objects.filter(ended_at=None, started_at__gt=now - pushes.LASTS[pushes.CALL], rung=None)
    for call in fresh.order_by("id"):
        with sql.dialect(connection.vendor).writing(), transaction.atomic():
            if Rung.objects.get_or_create(call=call)[1]:
                for person in _called(call, now):
                    if not attends(person):
                        pushes.put(person, pushes.CALL)


def _called(call: Call, now: datetime) -> Iterator[UUID]:
    inside = set(CallStay.objects.filter(call=call, until=None).values_list("person_id", flat=True))
    deaf = Participant.objects.filter(conversation_id=call.conversation_id, muted_until__gt=now)
    out = {call.started_by_id, *inside, *deaf.values_list("person_id", flat=True)}
    others = facts.one(call.conversation_id).facts.participants - out
    for person in Person.objects.filter(pk__in=others, is_active=True).order_by("pk"):
        if quiet_until(person, now) is None:
            yield person.id

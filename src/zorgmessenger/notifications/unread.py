"""What somebody has not read, as the database has it now: nothing is remembered, so a restart forgets nothing."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, Sum

from zorgmessenger import clock
from zorgmessenger.conversations import facts
from zorgmessenger.conversations.models import Participant
from zorgmessenger.messages.models import Message

MOST = 99
"""More than that is not counted."""


def count(person: UUID) -> int:
    """How many messages of others somebody has not read, where they take part and have not muted it."""
    rows = Participant.objects.present().filter(person_id=person, conversation__last_seq__gt=F("read"))
    heard = rows.exclude(muted_until__gt=clock.now()).values_list("conversation_id", "read")
    known, total = facts.load([conversation for conversation, _ in heard]), 0
    for conversation, read in heard:
        if conversation not in known or person not in known[conversation].facts.participants:
            continue
        above = max(read, known[conversation].facts.above.get(person, 0))
        news = Message.objects.filter(conversation_id=conversation, seq__gt=above, kind="text", withdrawn_at=None)
        total += len(news.exclude(sender_id=person).values_list("seq")[:MOST])
        if total >= MOST:
            return MOST
    return total


def marks(person: UUID) -> int:
    """All receipts of somebody added up: it changes when a device of theirs takes or shows a message."""
    rows = Participant.objects.filter(person_id=person).aggregate(all=Sum("delivered") + Sum("read"))
    return int(rows["all"] or 0)

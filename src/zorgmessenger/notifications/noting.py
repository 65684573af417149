"""Notes whom new messages are to be told, by comparing each conversation's newest number with the one noted before.

Sending a message knows nothing of this: no queue, no hook, not a column more. `note` reads without a lock, and writes
its outcome in one short transaction: a conversation's number is moved on only from where it was read, so that of
several processes one alone notes it. After any pause, a crash too, it goes on from what is stored.

Laws:
1. What is noted is that a person is to be looked at, and when. Whether anything is unread is asked then.
2. Automatic replies and events are no news, nor is what somebody wrote themselves or has muted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import reduce
from operator import or_
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Max, Q

from zorgmessenger import clock, sql
from zorgmessenger.conversations import facts
from zorgmessenger.conversations.facts import Known
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.messages.models import Message
from zorgmessenger.notifications import rules
from zorgmessenger.notifications.models import Noted, Recipient

AT_ONCE = 100
"""Conversations of one transaction."""

Marks = Mapping[UUID, int]
_MAILED = (0, 15, 60)


def note() -> None:
    """Notes all there is."""
    while _note_some() == AT_ONCE:
        pass


def _note_some() -> int:
    new = Q(noted=None, last_seq__gt=0) | Q(last_seq__gt=F("noted__seq"))
    marks = dict(Conversation.objects.filter(new).order_by("id").values_list("id", "noted__seq")[:AT_ONCE])
    if not marks:
        return 0
    before = {conversation: seq or 0 for conversation, seq in marks.items()}
    known = facts.load(before)
    told = _told(known, before)
    with sql.dialect(connection.vendor).writing(), transaction.atomic():
        people: set[UUID] = set()
        for conversation, one in sorted(known.items()):
            if _moved(conversation, marks[conversation], one.last_seq):
                people |= told[conversation]
        _look_at(people)
    return len(marks)


def _told(known: Mapping[UUID, Known], before: Marks) -> dict[UUID, set[UUID]]:
    """By conversation whom its new messages are to be told (law 2)."""
    newest: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    new = reduce(or_, (Q(conversation_id=one, seq__gt=seq) for one, seq in before.items()))
    rows = Message.objects.filter(new, kind="text", withdrawn_at=None).values_list("conversation_id", "sender_id")
    for conversation, sender, seq in rows.annotate(Max("seq")):
        newest[conversation][sender] = seq
    muting = Participant.objects.filter(conversation_id__in=list(before), muted_until__gt=clock.now())
    deaf = set(muting.values_list("conversation_id", "person_id"))
    return {
        conversation: {
            person
            for person in one.facts.participants
            if (conversation, person) not in deaf
            and any(
                seq > max(one.marks[person][1], one.facts.above.get(person, 0))
                for sender, seq in newest[conversation].items()
                if sender != person
            )
        }
        for conversation, one in known.items()
    }


def _moved(conversation: UUID, before: int | None, seq: int) -> bool:
    """Moves the number on; False where another process did."""
    if before is None:
        _, new = Noted.objects.get_or_create(conversation_id=conversation, defaults={"seq": seq})
        return new
    return bool(Noted.objects.filter(pk=conversation, seq=before).update(seq=seq))


def _look_at(people: set[UUID]) -> None:
    """Who is to be looked at already, is so no later."""
    if not people:
        return
    now = clock.now()
    Recipient.objects.bulk_create([Recipient(person_id=one) for one in sorted(people)], ignore_conflicts=True)
    mine = Recipient.objects.filter(pk__in=people)
    mine.filter(push_at=None).update(push_at=now + rules.GRACE)
    for minutes in _MAILED:
        mine.filter(mail_at=None, mail_after=minutes).update(mail_at=now + rules.wait(minutes))

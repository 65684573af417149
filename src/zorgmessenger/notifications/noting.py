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
from collections.abc import Collection, Mapping
from itertools import islice
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from zorgmessenger import clock, sql
from zorgmessenger.conversations import facts
from zorgmessenger.conversations.facts import Known
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.notifications import rules
from zorgmessenger.notifications.models import Recipient

AT_ONCE = 100
"""Conversations of one transaction."""
EACH_ROUND = 10_000

_MAILED = (0, 15, 60)


def note() -> None:
    """Notes what is new now; what comes meanwhile is the next round's."""
    new = Q(noted=None, last_seq__gt=0) | Q(last_seq__gt=F("noted__seq"))
    rows = iter(Conversation.objects.filter(new).values_list("id", "noted__seq")[:EACH_ROUND])
    while some := dict(islice(rows, AT_ONCE)):
        _note({conversation: seq or 0 for conversation, seq in some.items()})


def _note(before: Mapping[UUID, int]) -> None:
    """One transaction; `before` is by conversation up to where it was noted."""
    dialect = sql.dialect(connection.vendor)
    known = facts.load(before)
    told = _told(known, dialect)
    with dialect.writing(), transaction.atomic(), connection.cursor() as cursor:
        people: set[UUID] = set()
        for conversation, one in sorted(known.items()):
            cursor.execute(_MOVE, [dialect.id(conversation), one.last_seq, before[conversation]])
            if cursor.rowcount:  # else another process noted it
                people |= told[conversation]
        _look_at(people)


_MOVE = (
    "INSERT INTO notifications_noted (conversation_id, seq) VALUES (%s, %s) ON CONFLICT (conversation_id)"
    " DO UPDATE SET seq = excluded.seq WHERE notifications_noted.seq = %s"
)


def _told(known: Mapping[UUID, Known], dialect: sql.Dialect) -> dict[UUID, set[UUID]]:
    """By conversation whom its new messages are to be told (law 2)."""
    muting = Participant.objects.filter(conversation_id__in=list(known), muted_until__gt=clock.now())
    deaf = set(muting.values_list("conversation_id", "person_id"))
    newest = _newest(known, dialect)
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


def _newest(conversations: Collection[UUID], dialect: sql.Dialect) -> dict[UUID, dict[UUID, int]]:
    """By conversation, by sender the number of the newest of their messages that are not noted yet."""
    found: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    condition, values = dialect.any_of("c.id", "uuid", [dialect.id(one) for one in conversations])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.conversation_id, m.sender_id, MAX(m.seq) FROM conversations_conversation c"  # noqa: S608  (no value)
            " LEFT JOIN notifications_noted n ON n.conversation_id = c.id"
            " JOIN messages_message m ON m.conversation_id = c.id AND m.seq > COALESCE(n.seq, 0)"
            f" WHERE {condition} AND m.kind = 'text' AND m.withdrawn_at IS NULL"
            " GROUP BY m.conversation_id, m.sender_id",
            values,
        )
        for conversation, sender, seq in cursor.fetchall():
            found[dialect.read_id(conversation)][dialect.read_id(sender)] = seq
    return found


def _look_at(people: set[UUID]) -> None:
    """Who is to be looked at already, is so no later, but sooner where what they chose since asks for it."""
    if not people:
        return
    now = clock.now()
    Recipient.objects.bulk_create([Recipient(person_id=one) for one in sorted(people)], ignore_conflicts=True)
    mine = Recipient.objects.filter(pk__in=people)
    soon = now + rules.GRACE
    mine.filter(Q(push_at=None) | Q(push_at__gt=soon)).update(push_at=soon)
    for minutes in _MAILED:
        soon = now + rules.wait(minutes)
        mine.filter(Q(mail_at=None) | Q(mail_at__gt=soon), mail_after=minutes).update(mail_at=soon)

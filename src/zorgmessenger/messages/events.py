"""What happened in a conversation, stored as one of its messages: a code and ids, which the reader's app puts in words.

Written in the transaction of the action that it tells of, under the conversation's lock like any message, and told
after the commit. It has no sender, is nobody's to send, and calls for no automatic reply.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from django.db import connection, transaction

from zorgmessenger import ids, sql
from zorgmessenger.conversations import facts
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.messages import store
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import hub


def store_event(conversation: UUID, event: protocol.EventBody, at: datetime) -> int:
    """Stores `event` as the newest message, in the caller's transaction; gives its number.

    Raises:
        NotFound: there is no such conversation.
        Unsealable: its key does not open.
    """
    known = facts.one(conversation, lock=True)
    seq, identifier = known.last_seq + 1, ids.new()
    key = keyring().conversation(conversation, known.facts.organisation)
    body = protocol.encode(event).decode()
    row = store.Row(conversation, seq, identifier, None, at, store.seal(key, conversation, seq, body), "event")
    dialect = sql.dialect(connection.vendor)
    with connection.cursor() as cursor:
        store.insert(cursor, dialect, [row])
        store.set_last(cursor, dialect, {conversation: seq})
    frame = protocol.Message(
        conversation=conversation, seq=seq, id=identifier, sender=ids.NIL, at=at, body=body, kind="event"
    )
    transaction.on_commit(lambda: hub.tell(known.facts.participants, frame))
    return seq


def named_in(message: protocol.StoredMessage) -> frozenset[UUID]:
    """Whom an event is about; of any other message nobody."""
    if message.kind != "event":
        return frozenset()
    event = msgspec.json.decode(message.body, type=protocol.EventBody)
    return frozenset({event.person, *event.people, *([event.stand_in] if event.stand_in else [])})

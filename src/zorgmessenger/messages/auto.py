"""The automatic reply to what a client writes while nobody answers: when an answer comes, and where to call instead.

The committer stores it right behind the client's message, in the same transaction and under the conversation's lock, so
on any number of processes:

AUT-1 There is one at most in each closed period.
AUT-2 There is no other before the opening that it told, whoever begins or ends to answer and whatever hours change
      meanwhile: what counts now may say that it was open this evening, when it was not. That holds for a day at most.

Nothing but a message of the client whom the conversation is about causes one: no message of staff,
no event, no other reply, so that two of them can never answer each other; and none in a group.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import structlog
from msgspec import Struct

from zorgmessenger.accounts.models import Person
from zorgmessenger.conversations import availability, facts
from zorgmessenger.conversations.models import Conversation
from zorgmessenger.crypto.envelope import Unsealable
from zorgmessenger.ids import NIL
from zorgmessenger.organisations.hours import lookup, notice, opening
from zorgmessenger.realtime import protocol

_log = structlog.get_logger()
QUIET = timedelta(days=1)


class Due(Struct, frozen=True):
    """A reply that is to be there in this closed period of a conversation."""

    id: UUID
    client: UUID
    closed: lookup.Closed


class Reply(Struct, frozen=True):
    """A reply as number `seq` of its conversation."""

    id: UUID
    seq: int
    at: datetime
    body: str

    def frame(self, conversation: UUID) -> protocol.Message:
        """What every socket is told of it."""
        return protocol.Message(
            conversation=conversation, seq=self.seq, id=self.id, sender=NIL, at=self.at, body=self.body, kind="auto"
        )


def due(known: Mapping[UUID, facts.Known], sends: Collection[tuple[UUID, UUID]], at: datetime) -> dict[UUID, Due]:
    """By conversation the replies that these messages, told as (conversation, person), call for at `at`.

    Where the organisation's words do not open, nothing is called for: the client's message comes first.
    """
    found: dict[UUID, Due] = {}
    for identifier, person in sends:
        conversation = known.get(identifier)
        member = conversation.members.get(person) if conversation else None
        if conversation is None or member is None or conversation.facts.client != person or identifier in found:
            continue
        owners = availability.owners(conversation)
        try:
            closed = lookup.closed(member.organisation, owners, at) if owners else None
        except Unsealable:
            _log.exception("an organisation's notice does not open", organisation=str(member.organisation))
            continue
        if closed is not None and closed.words.replies and not _replied(identifier, closed.since, at):
            found[identifier] = Due(uuid5(identifier, f"closed since {closed.since.isoformat()}"), person, closed)
    return found


def written(due: Due, conversation: UUID, seq: int, at: datetime) -> Reply:
    """The reply in the client's language; noted for AUT-1 and AUT-2 in the caller's transaction."""
    opens = opening.next_opening(due.closed.who, at) or at + QUIET
    Conversation.objects.filter(pk=conversation).update(replied_at=at, quiet_until=min(opens, at + QUIET))
    language = Person.objects.values_list("language", flat=True).get(pk=due.client)
    return Reply(due.id, seq, at, notice.reply(due.closed.words, due.closed.who, at, language))


def _replied(conversation: UUID, since: datetime, at: datetime) -> bool:
    replied, quiet = Conversation.objects.values_list("replied_at", "quiet_until").get(pk=conversation)
    return replied is not None and (replied >= since or (quiet is not None and at < quiet))

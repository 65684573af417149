"""Altering a message that is stored, in the committer's transaction.

Laws (the rules MSG-1 … are in docs/messages.md):
1. An alteration takes the next revision of its conversation under the row lock, and stands in the message's row. New
   messages take none. So a device that knows revision r asks for what was altered above r.
2. It is logged in the same transaction. What changes nothing takes no revision, is not logged and is told to nobody
   but the one who asked.
3. What a message said before is moved, sealed for its new place, to a table of its own, and is told to nobody again.
   Its words are no longer found either.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol
from uuid import UUID

from msgspec import Struct, structs

from zorgmessenger import sql
from zorgmessenger.access import rules
from zorgmessenger.access.facts import ConversationFacts, Member, MessageFacts
from zorgmessenger.access.proofs import MayAskDocuments, MayEdit, MayReact, MayWithdraw
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations import availability
from zorgmessenger.conversations import rules as cases
from zorgmessenger.conversations.facts import Known
from zorgmessenger.conversations.joining import has_read
from zorgmessenger.conversations.rules import Case
from zorgmessenger.crypto.envelope import Key, place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import NotFound, RequestError
from zorgmessenger.files import openers
from zorgmessenger.messages import documents, reactions, segments, stored
from zorgmessenger.messages.bodies import is_blank
from zorgmessenger.origin import Origin
from zorgmessenger.realtime import protocol

Proof = MayAskDocuments | MayEdit | MayReact | MayWithdraw


class Altered(Struct, frozen=True):
    """A message as it stands after revision `rev`. `new`: just now, rather than so already."""

    conversation: UUID
    rev: int
    message: protocol.StoredMessage
    participants: frozenset[UUID]
    """Who is told: everybody who may see the message."""
    new: bool
    team: UUID | None = None
    client: UUID | None = None
    """Of a team's conversation."""
    case: Case | None = None
    """Of a team's conversation, where it changed."""
    also: Altered | None = None
    """Another message that was altered by it: the one that asks for a document."""

    def seen_by(self, person: UUID) -> protocol.StoredMessage:
        """The message as one of `participants` may see it."""
        message = self.message if person == self.message.sender else stored.to_others(self.message)
        if self.team is None or person != self.client:
            return message
        return stored.to_client(message, self.team, self.client)


class AlterJob(Struct, frozen=True):
    """Alter a message as `frame` asks, for `person`."""

    person: UUID
    origin: Origin
    frame: protocol.Edit | protocol.Withdraw | protocol.React | protocol.Settle
    then: Callable[..., None]

    @property
    def conversation(self) -> UUID:
        """Where the message is."""
        return self.frame.conversation

    @property
    def detail(self) -> str:
        """What is logged of a refusal."""
        return str(self.frame.__struct_config__.tag)


class Batch(Protocol):
    """What the committer's transaction lends: its cursor and moment, and what it has done so far."""

    cursor: sql.Cursor
    dialect: sql.Dialect
    at: datetime
    known: dict[UUID, Known]
    revs: dict[UUID, int]
    marks: dict[tuple[UUID, UUID], tuple[int, int]]
    cases: dict[UUID, Case]
    entries: list[Entry]


def alter(batch: Batch, member: Member | None, known: Known | None, job: AlterJob) -> Altered:
    """Does `job`. Every message of the batch that is to be altered must be in its table.

    Raises:
        NotFound: they do not take part, or there is no such message.
        Refused: it is not theirs to do, or too late.
        Conflict: it was withdrawn.
        RequestError: nothing in its new text can be read.
        Unsealable: the conversation's key does not open.
    """
    conversation = rules.may_read(member, known.facts if known else None).conversation
    key = keyring().conversation(conversation.id, conversation.organisation)
    before = stored.one(batch.cursor, batch.dialect, key, conversation.id, job.frame.seq)
    if before is None or before.kind != "text":
        raise NotFound("no such message in this conversation")
    message = MessageFacts(before.seq, before.sender, before.at, withdrawn=before.withdrawn_at is not None)
    if isinstance(job.frame, protocol.Edit):
        may_edit = rules.may_edit(member, conversation, message, batch.at)
        return _edit(batch, may_edit, key, before, job.frame.body, job.origin)
    if isinstance(job.frame, protocol.Settle):
        return _settle(batch, rules.may_ask_documents(member, conversation), key, before, job.frame, job.origin)
    if isinstance(job.frame, protocol.React):
        may_react = rules.may_react(member, conversation, message)
        return _react(batch, may_react, key, before, job.frame.reaction, job.origin)
    return _withdraw(batch, rules.may_withdraw(member, conversation, message), key, before, job.origin)


def _settle(
    batch: Batch,
    proof: MayAskDocuments,
    key: Key,
    before: protocol.StoredMessage,
    frame: protocol.Settle,
    origin: Origin,
) -> Altered:
    """DOC-3; a list that nobody asks any more has nothing to be settled."""
    if before.withdrawn_at or len(before.documents) < frame.number:
        raise NotFound("no such document was asked for there", code="no_such_document")
    known = before.documents[frame.number - 1]
    if known.done == frame.done:
        return altered(proof.conversation, before, new=False)
    documents.settle(batch.cursor, batch.dialect, proof.conversation.id, before.seq, frame.number, done=frame.done)
    touch(batch, proof.conversation.id, before.seq)
    return _done(batch, proof, key, before.seq, Tag.DOCUMENT_SETTLED, origin)


def _react(
    batch: Batch,
    proof: MayReact,
    key: Key,
    before: protocol.StoredMessage,
    reaction: protocol.Reaction | None,
    origin: Origin,
) -> Altered:
    person, conversation = proof.member.person, proof.conversation.id
    if reaction == next((one.reaction for one in before.reactions if person in one.people), None):
        return _unchanged(proof, before)
    reactions.put(
        batch.cursor,
        batch.dialect,
        key,
        conversation=conversation,
        seq=before.seq,
        person=person,
        reaction=reaction,
    )
    touch(batch, conversation, before.seq)
    return _done(batch, proof, key, before.seq, Tag.MESSAGE_REACTED, origin)


def _edit(batch: Batch, proof: MayEdit, key: Key, before: protocol.StoredMessage, body: str, origin: Origin) -> Altered:
    if is_blank(body):
        raise RequestError("nothing in it can be read", code="empty_body")
    if before.body == body:
        return _unchanged(proof, before)
    conversation = proof.conversation.id
    rev = next_rev(batch, conversation)
    _keep_version(batch, key, conversation, before, rev)
    batch.cursor.execute(
        "UPDATE messages_message SET body_sealed = %s, rev = %s, edited_at = %s"
        " WHERE conversation_id = %s AND seq = %s",
        [
            key.seal(body.encode(), stored.body_place(conversation, before.seq)),
            rev,
            batch.dialect.time(batch.at),
            batch.dialect.id(conversation),
            before.seq,
        ],
    )
    return _done(batch, proof, key, before.seq, Tag.MESSAGE_EDITED, origin)


def _withdraw(batch: Batch, proof: MayWithdraw, key: Key, before: protocol.StoredMessage, origin: Origin) -> Altered:
    if before.withdrawn_at:
        return _unchanged(proof, before)
    rev = next_rev(batch, proof.conversation.id)
    _keep_version(batch, key, proof.conversation.id, before, rev)
    reactions.clear(batch.cursor, batch.dialect, proof.conversation.id, before.seq)
    batch.cursor.execute(
        "UPDATE messages_message SET body_sealed = %s, rev = %s, withdrawn_at = %s, seen_by = %s, mentions = ''"
        " WHERE conversation_id = %s AND seq = %s",
        [
            b"",
            rev,
            batch.dialect.time(batch.at),
            stored.write_people(_readers(batch, proof.conversation.id, before)),
            batch.dialect.id(proof.conversation.id),
            before.seq,
        ],
    )
    done = _done(batch, proof, key, before.seq, Tag.MESSAGE_WITHDRAWN, origin)
    return structs.replace(
        done,
        case=_unanswered(batch, proof) if proof.conversation.team else None,
        also=asked_again(batch, key, proof.conversation, before.seq),
    )


def _unanswered(batch: Batch, proof: MayWithdraw) -> Case | None:
    """CASE-4: where the case stands when what was withdrawn was the team's last answer; None where nothing changes."""
    if not proof.member.role.staff:
        return None
    identifier = proof.conversation.id
    known = batch.known[identifier]
    before = batch.cases.get(identifier) or known.case or Case()
    since = stored.unanswered_since(batch.cursor, batch.dialect, identifier, proof.conversation.client)
    after = cases.unanswered(before, since, partial(availability.answer_by, known))
    if after == before:
        return None
    batch.cases[identifier] = after
    return after


def touch(batch: Batch, conversation: UUID, seq: int) -> None:
    """Gives message `seq` the next revision, for what was altered beside its row."""
    batch.cursor.execute(
        "UPDATE messages_message SET rev = %s WHERE conversation_id = %s AND seq = %s",
        [next_rev(batch, conversation), batch.dialect.id(conversation), seq],
    )


def asked_again(batch: Batch, key: Key, conversation: ConversationFacts, answer: int) -> Altered | None:
    """DOC-4: what message `answer` brought is asked for again; gives the message that asks, if there is one."""
    seq = documents.reopen(batch.cursor, batch.dialect, conversation.id, answer)
    return asking(batch, key, conversation, seq) if seq is not None else None


def asking(batch: Batch, key: Key, conversation: ConversationFacts, seq: int) -> Altered:
    """The message that asks for documents, as it stands after one of them was settled."""
    touch(batch, conversation.id, seq)
    message = stored.one(batch.cursor, batch.dialect, key, conversation.id, seq)
    assert message is not None  # noqa: S101  (it has a row of its documents)
    return altered(conversation, message, new=True)


def next_rev(batch: Batch, conversation: UUID) -> int:
    """The next revision of a conversation."""
    rev = batch.revs.get(conversation, batch.known[conversation].last_rev) + 1
    batch.revs[conversation] = rev
    batch.cursor.execute(
        "UPDATE conversations_conversation SET last_rev = %s WHERE id = %s", [rev, batch.dialect.id(conversation)]
    )
    return rev


def _keep_version(batch: Batch, key: Key, conversation: UUID, before: protocol.StoredMessage, rev: int) -> None:
    segments.forget(batch.cursor, batch.dialect, conversation, before.seq)
    at = place("messages_messageversion", f"body:{conversation.hex}:{before.seq}", rev)
    batch.cursor.execute(
        "INSERT INTO messages_messageversion (conversation_id, seq, rev, at, body_sealed) VALUES (%s, %s, %s, %s, %s)",
        [
            batch.dialect.id(conversation),
            before.seq,
            rev,
            batch.dialect.time(before.edited_at or before.at),
            key.seal(before.body.encode(), at),
        ],
    )


def _readers(batch: Batch, conversation: UUID, message: protocol.StoredMessage) -> set[UUID]:
    """Who had read it, those who take part no longer included, and not who began above it (JOI-1)."""
    batch.cursor.execute(
        "SELECT person_id, read, read_from, read_earlier FROM conversations_participant WHERE conversation_id = %s",
        [batch.dialect.id(conversation)],
    )
    people: set[UUID] = set()
    for identifier, stored_read, read_from, read_earlier in batch.cursor.fetchall():
        person = batch.dialect.read_id(identifier)
        read = max(stored_read, batch.marks.get((conversation, person), (0, 0))[1])
        if has_read(message.seq, read=read, read_from=read_from, read_earlier=read_earlier):
            people.add(person)
    if message.files:
        people |= openers.of(batch.cursor, batch.dialect, conversation, message.seq)
    return people - {message.sender}


def _done(batch: Batch, proof: Proof, key: Key, seq: int, tag: Tag, origin: Origin) -> Altered:
    """Logs it, and gives the message as it stands now."""
    member, conversation = proof.member, proof.conversation
    message = stored.one(batch.cursor, batch.dialect, key, conversation.id, seq)
    assert message is not None  # noqa: S101  (it was just written)
    batch.entries.append(
        Entry(
            tag,
            organisation=member.organisation,
            actor=member.person,
            role=member.role.value,
            subject=batch.known[conversation.id].subject(message.sender),
            object=str(conversation.id),
            origin=origin,
            detail=str(seq),
            at=batch.at,
        )
    )
    return altered(conversation, message, new=True)


def _unchanged(proof: Proof, message: protocol.StoredMessage) -> Altered:
    return altered(proof.conversation, message, new=False)


def altered(conversation: ConversationFacts, message: protocol.StoredMessage, *, new: bool) -> Altered:
    """Who came later and does not see the message is not told; their devices find a gap, and nothing in it."""
    late = {person for person, above in conversation.above.items() if above >= message.seq}
    return Altered(
        conversation.id,
        message.rev,
        message,
        conversation.participants - late,
        new,
        conversation.team,
        conversation.client,
    )

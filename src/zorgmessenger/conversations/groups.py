"""Groups: made and managed by staff, of colleagues and the clients they care for.

GRP-1 Somebody new sees older messages only where who added them chose so.
GRP-2 Who was removed or left gets nothing more from that moment.
GRP-3 A group without staff is closed: it can be read, and nothing is written in it any more.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction

from zorgmessenger import clock, ids
from zorgmessenger.access.facts import Kind, Member
from zorgmessenger.access.proofs import MayAddToGroup, MayMakeGroup, MayManageGroup, MayRead
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.conversations import actions, facts, joining, tell, views
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import NotFound
from zorgmessenger.origin import Origin

MOST_PEOPLE = 250


def make(proof: MayMakeGroup, title: str, symbol: str, origin: Origin) -> UUID:
    """Makes a group of `proof.people` and who makes it."""
    member = proof.member
    row = Conversation(
        id=ids.new(),
        organisation_id=member.organisation,
        kind=Kind.GROUP.value,
        symbol=symbol,
        created_at=clock.now(),
    )
    with audited() as log:
        keyring().create_conversation(row.id, member.organisation)
        row.title_sealed = views.seal_title(row, title)
        row.save(force_insert=True)
        people = proof.people | {member.person}
        Participant.objects.bulk_create(Participant(conversation=row, person_id=person) for person in people)
        log(actions.started(row, member, origin, row.created_at))
        for person in sorted(proof.people - {member.person}):
            log(_entry(Tag.GROUP_PERSON_ADDED, member, row.id, origin, str(person)))
        transaction.on_commit(partial(tell.changed, row.id))
    return row.id


def rename(proof: MayManageGroup, title: str, symbol: str, origin: Origin) -> None:
    """Gives a group another name and symbol."""
    with audited() as log:
        row = _locked(proof.conversation.id)
        row.title_sealed, row.symbol = views.seal_title(row, title), symbol
        row.save(update_fields=["title_sealed", "symbol"])
        log(_entry(Tag.GROUP_RENAMED, proof.member, row.id, origin))
        transaction.on_commit(partial(tell.changed, row.id))


def add(proof: MayAddToGroup, origin: Origin, *, history: bool) -> None:
    """Brings somebody in, with what was written before or without it; GRP-1. Who is in it already stays as they are."""
    with audited() as log:
        row = _locked(proof.conversation.id)
        before = Participant.objects.filter(conversation=row, person_id=proof.person).first()
        if before is not None and before.left_at is None:
            return
        above = 0 if history else row.last_seq
        joining.begin(row.id, proof.person, delivered=row.last_seq, read=row.last_seq, above=above)
        detail = f"{proof.person} above={above}"
        log(_entry(Tag.GROUP_PERSON_ADDED, proof.member, row.id, origin, detail))
        transaction.on_commit(partial(tell.changed, row.id))


def remove(proof: MayManageGroup, person: UUID, origin: Origin) -> None:
    """Takes somebody out; GRP-2.

    Raises:
        NotFound: they are not in it.
    """
    with audited() as log:
        _take_out(proof.member, proof.conversation.id, person, log)
        log(_entry(Tag.GROUP_PERSON_REMOVED, proof.member, proof.conversation.id, origin, str(person)))


def leave(proof: MayRead, origin: Origin) -> None:
    """Somebody leaves; GRP-2 and GRP-3."""
    with audited() as log:
        _take_out(proof.member, proof.conversation.id, proof.member.person, log)
        log(_entry(Tag.GROUP_LEFT, proof.member, proof.conversation.id, origin))


def close(proof: MayManageGroup, origin: Origin) -> None:
    """Closes a group; GRP-3."""
    with audited() as log:
        _close(_locked(proof.conversation.id))
        log(_entry(Tag.GROUP_CLOSED, proof.member, proof.conversation.id, origin))
        transaction.on_commit(partial(tell.changed, proof.conversation.id))


def _take_out(member: Member, conversation: UUID, person: UUID, log: Log) -> None:
    row = _locked(conversation)
    present = Participant.objects.filter(conversation=row, person_id=person, left_at=None)
    if not present.update(left_at=clock.now()):
        raise NotFound("not in this group")
    known = facts.one(conversation)
    if not known.facts.participants - known.clients and not known.facts.closed:
        _close(row)
        log(_entry(Tag.GROUP_CLOSED, member, conversation, Origin(), "without staff"))
    transaction.on_commit(partial(tell.gone, conversation, [person]))
    transaction.on_commit(partial(tell.changed, conversation))


def _close(row: Conversation) -> None:
    row.closed_at = row.closed_at or clock.now()
    row.save(update_fields=["closed_at"])


def _locked(conversation: UUID) -> Conversation:
    return Conversation.objects.select_for_update().get(pk=conversation)


def _entry(tag: Tag, member: Member, group: UUID, origin: Origin, detail: str = "") -> Entry:
    return Entry(
        tag,
        organisation=member.organisation,
        actor=member.person,
        role=member.role.value,
        object=str(group),
        origin=origin,
        detail=detail,
    )

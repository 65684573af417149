"""Groups: made and managed by staff, of colleagues and the clients they care for.

GRP-1 Somebody new sees older messages only where who added them chose so, and then no more of them than who added them
      sees: nobody shows others, nor by them themselves, what was before they came.
GRP-2 Who was removed or left gets nothing more from that moment.
GRP-3 A group without staff is closed: it can be read, and nothing is written in it any more.

Each right is asked again in the transaction, with the group's row locked: who lost it a moment ago does nothing more.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction

from zorgmessenger import clock, ids
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Kind, Member
from zorgmessenger.access.proofs import MayAddToGroup, MayMakeGroup, MayManageGroup, MayRead
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.conversations import actions, facts, joining, tell, views
from zorgmessenger.conversations.facts import Known
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import Conflict, NotFound
from zorgmessenger.organisations import members
from zorgmessenger.origin import Origin

MOST_PEOPLE = 250


def make(proof: MayMakeGroup, title: str, symbol: str, origin: Origin) -> UUID:
    """Makes a group of `proof.people` and who makes it.

    Raises:
        Conflict: `group_full`, they are more than `MOST_PEOPLE`.
    """
    member = proof.member
    row = Conversation(
        id=ids.new(),
        organisation_id=member.organisation,
        kind=Kind.GROUP.value,
        symbol=symbol,
        created_at=clock.now(),
    )
    with audited() as log:
        contacts = set(members.contacts(member))
        others = {one: (members.find(one, member.organisation), one in contacts) for one in proof.people}
        proof = rules.may_make_group(members.find(member.person, member.organisation), others)
        keyring().create_conversation(row.id, member.organisation)
        row.title_sealed = views.seal_title(row, title)
        row.save(force_insert=True)
        people = proof.people | {member.person}
        if len(people) > MOST_PEOPLE:
            raise Conflict("more people than a group has", code="group_full")
        Participant.objects.bulk_create(Participant(conversation=row, person_id=person) for person in people)
        log(actions.started(row, member, origin, row.created_at))
        for person in sorted(proof.people - {member.person}):
            client = _client(others[person][0])
            log(entry(Tag.GROUP_PERSON_ADDED, member, row.id, origin, str(person), client))
        transaction.on_commit(partial(tell.changed, row.id))
    return row.id


def rename(proof: MayManageGroup, title: str, symbol: str, origin: Origin) -> None:
    """Gives a group another name and symbol."""
    with audited() as log:
        known = managed(proof)
        row = Conversation.objects.get(pk=known.facts.id)
        row.title_sealed, row.symbol = views.seal_title(row, title), symbol
        row.save(update_fields=["title_sealed", "symbol"])
        log(entry(Tag.GROUP_RENAMED, proof.member, row.id, origin))
        transaction.on_commit(partial(tell.changed, row.id))


def add(proof: MayAddToGroup, origin: Origin, *, history: bool) -> None:
    """Brings somebody in, with what was written before or without it; GRP-1. Who is in it already stays as they are.

    Raises:
        Conflict: `group_full`, there are `MOST_PEOPLE` in it.
    """
    with audited() as log:
        known = _locked(proof.conversation.id)
        manages = rules.may_manage_group(known.members.get(proof.member.person), known.facts)
        other = members.find(proof.person, manages.member.organisation)
        cares = proof.person in members.contacts(manages.member)
        proof = rules.may_add_to_group(manages, other, known.members.values(), care_relation=cares)
        conversation, last_seq = known.facts.id, known.last_seq
        before = Participant.objects.filter(conversation_id=conversation, person_id=proof.person).first()
        if before is not None and before.left_at is None:
            return
        if Participant.objects.filter(conversation_id=conversation, left_at=None).count() >= MOST_PEOPLE:
            raise Conflict("no more people in a group", code="group_full")
        above = known.facts.above.get(proof.member.person, 0) if history else last_seq
        joining.begin(conversation, proof.person, delivered=last_seq, read=last_seq, above=above)
        detail = f"{proof.person} above={above}"
        log(entry(Tag.GROUP_PERSON_ADDED, proof.member, conversation, origin, detail, _client(other)))
        transaction.on_commit(partial(tell.changed, conversation))


def remove(proof: MayManageGroup, person: UUID, origin: Origin) -> None:
    """Takes somebody out; GRP-2.

    Raises:
        NotFound: they are not in it.
    """
    with audited() as log:
        known = managed(proof)
        _take_out(known, proof.member, person, log)
        client = _client(known.members.get(person))
        log(entry(Tag.GROUP_PERSON_REMOVED, proof.member, known.facts.id, origin, str(person), client))


def leave(proof: MayRead, origin: Origin) -> None:
    """Somebody leaves; GRP-2 and GRP-3."""
    with audited() as log:
        known = _locked(proof.conversation.id)
        rules.may_leave_group(known.members.get(proof.member.person), known.facts)
        _take_out(known, proof.member, proof.member.person, log)
        log(entry(Tag.GROUP_LEFT, proof.member, known.facts.id, origin, subject=_client(proof.member)))


def close(proof: MayManageGroup, origin: Origin) -> None:
    """Closes a group; GRP-3."""
    with audited() as log:
        _close(managed(proof).facts.id)
        log(entry(Tag.GROUP_CLOSED, proof.member, proof.conversation.id, origin))
        transaction.on_commit(partial(tell.changed, proof.conversation.id))


def _take_out(known: Known, member: Member, person: UUID, log: Log) -> None:
    conversation = known.facts.id
    present = Participant.objects.filter(conversation_id=conversation, person_id=person, left_at=None)
    if not present.update(left_at=clock.now()):
        raise NotFound("not in this group")
    if not known.facts.participants - known.clients - {person} and not known.facts.closed:
        _close(conversation)
        log(entry(Tag.GROUP_CLOSED, member, conversation, Origin(), "without staff"))
    transaction.on_commit(partial(tell.gone, conversation, [person]))
    transaction.on_commit(partial(tell.changed, conversation))


def _close(conversation: UUID) -> None:
    Conversation.objects.filter(pk=conversation, closed_at=None).update(closed_at=clock.now())


def _locked(conversation: UUID) -> Known:
    return facts.one(conversation, lock=True)


def managed(proof: MayManageGroup) -> Known:
    """The group as it is now, its row locked and the right asked again."""
    known = _locked(proof.conversation.id)
    rules.may_manage_group(known.members.get(proof.member.person), known.facts)
    return known


def _client(member: Member | None) -> UUID | None:
    return member.person if member and not member.role.staff else None


def entry(
    tag: Tag, member: Member, group: UUID, origin: Origin, detail: str = "", subject: UUID | None = None
) -> Entry:
    """What is logged of a group that somebody manages or leaves."""
    return Entry(
        tag,
        organisation=member.organisation,
        actor=member.person,
        role=member.role.value,
        subject=subject,
        object=str(group),
        origin=origin,
        detail=detail,
    )

"""Starting a conversation."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import IntegrityError, transaction

from zorgmessenger import clock, ids
from zorgmessenger.access.proofs import MayStart
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.conversations.people import shown
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.origin import Origin
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import hub


def start(proof: MayStart, origin: Origin) -> UUID:
    """Gives the conversation of these two people, and starts it where there is none yet."""
    with audited() as log:
        return open_pair(proof, origin, log)


def open_pair(proof: MayStart, origin: Origin, log: Log) -> UUID:
    """The same, in the caller's action."""
    pair = _pair(proof)
    conversations = Conversation.objects.filter(pair=pair).values_list("id", flat=True)
    existing = conversations.first()
    if existing is not None:
        return existing
    member = proof.member
    now = clock.now()
    try:
        with transaction.atomic():
            conversation = Conversation.objects.create(
                id=ids.new(),
                organisation_id=member.organisation,
                kind=proof.kind.value,
                client_id=proof.client,
                pair=pair,
                created_at=now,
            )
    except IntegrityError:  # the other started it in the same moment, and was first
        return conversations.get()
    keyring().create_conversation(conversation.id, member.organisation)
    Participant.objects.bulk_create(
        Participant(conversation=conversation, person_id=person) for person in (member.person, proof.other)
    )
    log(
        Entry(
            Tag.CONVERSATION_STARTED,
            organisation=member.organisation,
            actor=member.person,
            role=member.role.value,
            subject=proof.client,
            object=str(conversation.id),
            origin=origin,
            at=now,
        )
    )
    transaction.on_commit(lambda: _tell(conversation, proof))
    return conversation.id


def _tell(conversation: Conversation, proof: MayStart) -> None:
    both = (proof.member.person, proof.other)
    frame = protocol.Changed(
        conversation=protocol.Conversation(
            id=conversation.id,
            organisation=proof.member.organisation,
            kind=proof.kind.value,
            created_at=conversation.created_at,
            last_seq=0,
            participants=[protocol.Participant(person=person, delivered=0, read=0) for person in both],
            messages=[],
        ),
        people=shown(proof.member.organisation, both),
    )
    hub.tell(both, frame)


def _pair(proof: MayStart) -> str:
    people = sorted((proof.member.person.hex, proof.other.hex))
    return hashlib.sha256("|".join([proof.member.organisation.hex, proof.kind.value, *people]).encode()).hexdigest()
